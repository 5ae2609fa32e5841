/** A store of one's own: its products, its shoppers, its merchant in the admin, and what the app holds of it. */
import type { ScenarioKey } from '../../app/domain/scenario';
import type {
  CheckoutRecord,
  CustomerRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
} from '../../sandbox/shopify/records';
import { type Admin, adminOf } from './admin';
import type { JsonDoor } from './json-door';
import type { Mail, Mailbox } from './mailbox';
import type { DecisionRow, MessageRow, Rows } from './rows';
import { type Shopper, type ShopperInput, shopperOf } from './shopper';

/** What a verb of the sandbox answers with, by its name. */
interface VerbResults {
  createProduct: ProductRecord;
  createCustomer: CustomerRecord;
  updateCustomer: CustomerRecord;
  setConsent: CustomerRecord;
  mergeCustomers: CustomerRecord;
  startCheckout: CheckoutRecord;
  updateCheckout: CheckoutRecord;
  payCheckout: OrderRecord;
  createOrder: OrderRecord;
  refundOrder: RefundRecord;
}

export interface ProductWish {
  title: string;
  price: string;
  compareAtPrice?: string;
  stock?: number;
  /** Titles of its variants; one without a name when absent. */
  variants?: string[];
  picture?: string;
}

/** A product on the shelf, as short as a story needs it. */
export interface Product {
  id: string;
  title: string;
  handle: string;
  variantId: string;
  variantIds: string[];
}

export interface Store {
  /** `<handle>.myshopify.com` */
  readonly domain: string;
  /** Where its shoppers go. */
  readonly url: string;
  /** The app's number for it; known once it is installed. */
  shopId(): number;
  admin: Admin;
  /** Changes something in the store as the sandbox does; the webhooks follow. */
  act<V extends keyof VerbResults>(verb: V, body?: object): Promise<VerbResults[V]>;
  act(verb: string, body?: object): Promise<unknown>;
  /** What the sandbox has: `checkouts?customerId=7`, `customers/7`. */
  look<T>(path: string): Promise<T>;
  /** Installs the app and opens it as the merchant's first visit does. */
  install(): Promise<void>;
  uninstall(): Promise<void>;
  stock(wish: ProductWish): Promise<Product>;
  /** A person known to the store, or a stranger with nothing but an address. */
  shopper(input: ShopperInput): Promise<Shopper>;
  stranger(input: ShopperInput): Shopper;
  /** E-mails that arrived, oldest first. */
  mails(): Promise<Mail[]>;
  decisions(): Promise<DecisionRow[]>;
  messages(): Promise<MessageRow[]>;
  /** Any question to its rows. */
  ask<T extends object>(query: string, values?: (string | number)[]): Promise<T[]>;
}

export interface StoreParts {
  sandbox: JsonDoor;
  rows: Rows;
  mailbox: Mailbox;
  domain: string;
  url: string;
}

/** The store behind a domain that the sandbox has opened already. */
export function storeOf({ sandbox, rows, mailbox, domain, url }: StoreParts): Store {
  let shopId: number | null = null;
  const known = () => {
    if (shopId === null) throw new Error(`Relance was never installed in ${domain}.`);
    return shopId;
  };
  const act = async (verb: string, body: object = {}) =>
    (await sandbox.post<{ result: never }>(`/control/api/shops/${domain}/actions/${verb}`, body)).result;
  const store: Store = {
    domain,
    url,
    shopId: known,
    admin: adminOf(sandbox, domain),
    act,
    look: (path) => sandbox.get(`/control/api/shops/${domain}/${path}`),
    async install() {
      const opened = await sandbox.post<{ ok: boolean; status: number; callStatus: number; html?: string }>(
        `/control/api/shops/${domain}/install`,
      );
      if (!opened.ok) throw new Error(`The app did not open in ${domain}: ${JSON.stringify(opened)}`);
      shopId = await rows.shopIdOf(domain);
    },
    uninstall: async () => void (await act('uninstallApp')),
    stock: (wish) => stock(store, wish),
    shopper: async (input) => {
      const shopper = shopperOf({ store, mailbox, input });
      await shopper.register();
      return shopper;
    },
    stranger: (input) => shopperOf({ store, mailbox, input }),
    mails: () => mailbox.list({ shopId: known() }),
    decisions: () => rows.decisions(known()),
    messages: () => rows.messages(known()),
    ask: (query, values) => rows.ask(known(), query, values),
  };
  return store;
}

async function stock(store: Store, wish: ProductWish): Promise<Product> {
  const { title, price, compareAtPrice, stock: inventoryQuantity = 50, variants, picture = 'candle-3' } = wish;
  const shared = { price, inventoryQuantity, ...(compareAtPrice ? { compareAtPrice } : {}) };
  const made = await store.act('createProduct', {
    title,
    images: [{ url: `/pictures/${picture}.png`, alt: title, width: 600, height: 600 }],
    variants: variants ? variants.map((name) => ({ ...shared, title: name, optionValues: [name] })) : [shared],
  });
  const [variantId = ''] = made.variantIds;
  return { id: made.id, title: made.title, handle: made.handle, variantId, variantIds: made.variantIds };
}

/** The scenarios that have something to start here, switched on as the merchant does. */
export async function switchOn(store: Store, ...keys: ScenarioKey[]): Promise<void> {
  for (const key of keys) await store.admin.switchScenario(key, true);
}
