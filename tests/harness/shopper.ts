/** A shopper's verbs: subscribe, fill a cart and leave it, come back, pay, write to nobody. */
import type { CheckoutRecord, OrderRecord } from '../../sandbox/shopify/records';
import type { Mail, Mailbox } from './mailbox';
import type { DecisionRow } from './rows';
import type { Product, Store } from './store';

export interface ShopperInput {
  email: string;
  firstName?: string | null;
  locale?: string;
  country?: string;
  tags?: string[];
  /** Has consented before the story: history, no webhook's news. */
  subscribedAt?: string;
  /** `YYYY-MM-DD`, in the metafield the app reads. */
  birthDate?: string;
}

/** Products by piece; `[candle, 2]` is two of it. */
export type Wish = Product | readonly [Product, number];

export interface CartOptions {
  /** Asks for e-mails in the checkout; given when it is paid. */
  acceptsMarketing?: boolean;
  presentmentCurrency?: string;
  presentmentRate?: number;
  locale?: string;
  /** Types another spelling of the address. */
  email?: string;
  /** When it was last touched, if not now. */
  at?: string;
}

export interface OrderOptions {
  email?: string;
  anonymous?: boolean;
  at?: string;
  /** A discount code typed at the till. */
  code?: string;
}

export interface Cart {
  readonly id: string;
  readonly record: CheckoutRecord;
  change(...wishes: Wish[]): Promise<void>;
  empty(): Promise<void>;
  /** Deletes the checkout itself. */
  discard(): Promise<void>;
  pay(): Promise<OrderRecord>;
}

export interface Shopper {
  readonly email: string;
  /** Shopify's id; throws before the store knows the person. */
  id(): string;
  /** Becomes a customer of the store, without consent unless it was given before. */
  register(): Promise<void>;
  /** Signs up for e-mails: in the form at the foot of the store, or in the account. */
  subscribe(options?: { pending?: boolean; at?: string }): Promise<void>;
  /** Confirms a sign-up that waits for it. */
  confirm(): Promise<void>;
  /** Withdraws consent in the store, not in an e-mail. */
  withdraw(): Promise<void>;
  abandon(wishes: Wish[], options?: CartOptions): Promise<Cart>;
  /** Orders without the checkout we know of: another device, the counter, the telephone. */
  order(wishes: Wish[], options?: OrderOptions): Promise<OrderRecord>;
  /** The store writes down their birthday. */
  tellBirthDate(birthDate: string): Promise<void>;
  mails(): Promise<Mail[]>;
  decisions(): Promise<DecisionRow[]>;
}

const birthDateField = (value: string) => ({ namespace: 'facts', key: 'birth_date', type: 'date', value });

const linesOf = (wishes: readonly Wish[]) =>
  wishes.map((wish) => {
    const [product, quantity] = 'id' in wish ? [wish, 1] : wish;
    return { variantId: product.variantId, quantity };
  });

export function shopperOf({ store, mailbox, input }: { store: Store; mailbox: Mailbox; input: ShopperInput }): Shopper {
  const { email, firstName, locale, country, tags, subscribedAt, birthDate } = input;
  let id: string | null = null;
  const known = () => {
    if (id === null) throw new Error(`${email} is nobody's customer yet.`);
    return id;
  };
  const about = {
    email,
    ...(firstName === undefined ? {} : { firstName }),
    ...(locale === undefined ? {} : { locale }),
  };
  const create = async (consent?: object) => {
    const customer = await store.act('createCustomer', {
      ...about,
      ...(tags ? { tags } : {}),
      ...(birthDate ? { metafields: [birthDateField(birthDate)] } : {}),
      ...(country ? { address: { countryCode: country } } : {}),
      ...(consent ? { consent } : {}),
    });
    id = customer.id;
  };
  const consent = (state: string, at?: string) => ({ state, ...(at ? { updatedAt: at } : {}) });
  const give = async (state: string, at?: string) => {
    if (id === null) await create(consent(state, at));
    else await store.act('setConsent', { id, ...consent(state, at) });
  };
  return {
    email,
    id: known,
    register: () => create(subscribedAt ? consent('SUBSCRIBED', subscribedAt) : undefined),
    subscribe: ({ pending, at } = {}) => give(pending ? 'PENDING' : 'SUBSCRIBED', at),
    confirm: async () => {
      await store.act('setConsent', { id: known(), state: 'SUBSCRIBED', optInLevel: 'CONFIRMED_OPT_IN' });
    },
    withdraw: () => give('UNSUBSCRIBED'),
    async abandon(wishes, { acceptsMarketing, ...options } = {}) {
      const record = await store.act('startCheckout', {
        ...about,
        ...(id ? { customerId: id } : {}),
        ...(acceptsMarketing ? { buyerAcceptsMarketing: true } : {}),
        ...(country ? { shippingAddress: { countryCode: country } } : {}),
        lines: linesOf(wishes),
        ...options,
      });
      id ??= record.customerId;
      return cartOf(store, record);
    },
    order: (wishes, { email: typed, anonymous, at, code } = {}) =>
      store.act('createOrder', {
        ...(id && !anonymous ? { customerId: id } : {}),
        email: typed ?? email,
        lines: linesOf(wishes),
        ...(code ? { discountCodes: [{ code }] } : {}),
        ...(at ? { at } : {}),
      }),
    tellBirthDate: async (date) => {
      await store.act('updateCustomer', { id: known(), metafields: [birthDateField(date)] });
    },
    mails: () => mailbox.list({ to: email, shopId: store.shopId() }),
    decisions: async () => (await store.decisions()).filter((row) => row.customerId === id),
  };
}

function cartOf(store: Store, record: CheckoutRecord): Cart {
  const { id } = record;
  return {
    id,
    record,
    change: async (...wishes) => void (await store.act('updateCheckout', { id, lines: linesOf(wishes) })),
    empty: async () => void (await store.act('updateCheckout', { id, lines: [] })),
    discard: async () => void (await store.act('deleteCheckout', { id })),
    pay: () => store.act('payCheckout', { id }),
  };
}
