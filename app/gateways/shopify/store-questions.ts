/** What we ask of a shop beyond one document: things whole, and everything changed since a moment, page by page. */
import type { BirthDateReading } from '../../domain/birth-date-source';
import type {
  CheckoutSnapshot,
  CustomerSnapshot,
  DiscountSnapshot,
  OrderChange,
  OrderSnapshot,
  ProductSnapshot,
  ShopSnapshot,
} from '../../domain/snapshot';
import type { AdminClient } from './admin-client';
import { checkoutsDocument } from './documents/checkout';
import { customerDocument, customerGid, customersDocument } from './documents/customer';
import { DISCOUNT_STATE } from './documents/discount';
import type { AdminDocument, Page } from './documents/document';
import {
  CHANGED_ORDERS,
  MOST_ORDERS_ASKED,
  ORDER_LINES,
  type OrderPageRow,
  orderGid,
  ordersDocument,
} from './documents/order';
import {
  PRODUCT_VARIANTS,
  type ProductPageRow,
  productDocument,
  productGid,
  productsDocument,
} from './documents/product';
import { shopDocument } from './documents/shop';

/** Whom is asked, and the moment (exact time) the answers count as told. */
export interface Asked {
  shopDomain: string;
  seenAt: string;
  /** How birth dates are read; where none are asked for, absent. */
  birthDates?: BirthDateReading;
}

/** Answers which of these changes the mirror has not, in their order. Asked once a page. */
export type FindUnknown = (changes: readonly OrderChange[]) => Promise<readonly OrderChange[]>;

export interface NewsOfOrders {
  orders: OrderSnapshot[];
  /** Every order changed before this moment was told by now. */
  until: Date;
}

export interface StoreQuestions {
  shop(asked: Asked): Promise<ShopSnapshot>;
  customer(asked: Asked, id: string): Promise<CustomerSnapshot | null>;
  product(asked: Asked, id: string): Promise<ProductSnapshot | null>;
  /** By Shopify's whole id; one that is gone has ended. */
  discount(asked: Asked, id: string): Promise<DiscountSnapshot>;
  customersSince(asked: Asked, since: Date): AsyncGenerator<CustomerSnapshot[]>;
  /** Of the orders changed since, those the mirror has not, oldest change first. */
  newsOfOrders(asked: Asked, since: Date, findUnknown: FindUnknown): AsyncGenerator<NewsOfOrders>;
  productsSince(asked: Asked, since: Date): AsyncGenerator<ProductSnapshot[]>;
  checkoutsSince(asked: Asked, since: Date): AsyncGenerator<CheckoutSnapshot[]>;
}

/** Every question may throw an AdminError. */
export function makeStoreQuestions(admin: AdminClient): StoreQuestions {
  return {
    shop: ({ shopDomain, seenAt }) => admin.run(shopDomain, shopDocument(seenAt)),
    customer: ({ shopDomain, seenAt, birthDates }, id) =>
      admin.run(shopDomain, customerDocument(seenAt, birthDates), { id: customerGid(id) }),
    async product({ shopDomain, seenAt }, id) {
      const row = await admin.run(shopDomain, productDocument(seenAt), { id: productGid(id) });
      return row && wholeProduct(admin, shopDomain, row);
    },
    async discount({ shopDomain }, id) {
      const state = await admin.run(shopDomain, DISCOUNT_STATE, { id });
      if (!state) return { id, state: 'ended' };
      return { id, state: state.status === 'expired' ? 'ended' : 'active', endsAt: state.endsAt };
    },
    customersSince: ({ shopDomain, seenAt, birthDates }, since) =>
      pages(admin, { shopDomain, document: customersDocument(seenAt, birthDates), since }),
    async *newsOfOrders({ shopDomain, seenAt }, since, findUnknown) {
      for await (const changes of pages(admin, { shopDomain, document: CHANGED_ORDERS, since })) {
        const unknown = await findUnknown(changes);
        for (let from = 0; from < unknown.length; from += MOST_ORDERS_ASKED) {
          const asked = unknown.slice(from, from + MOST_ORDERS_ASKED);
          const ids = asked.map(({ id }) => orderGid(id));
          const rows = await admin.run(shopDomain, ordersDocument(seenAt), { ids });
          const orders: OrderSnapshot[] = [];
          for (const row of rows) orders.push(await wholeOrder(admin, shopDomain, row));
          yield { orders, until: asked.at(-1)?.updatedAt ?? since };
        }
        yield { orders: [], until: changes.at(-1)?.updatedAt ?? since };
      }
    },
    async *productsSince({ shopDomain, seenAt }, since) {
      for await (const rows of pages(admin, { shopDomain, document: productsDocument(seenAt), since })) {
        const products: ProductSnapshot[] = [];
        for (const row of rows) products.push(await wholeProduct(admin, shopDomain, row));
        yield products;
      }
    },
    checkoutsSince: ({ shopDomain, seenAt }, since) =>
      pages(admin, { shopDomain, document: checkoutsDocument(seenAt), since }),
  };
}

async function wholeOrder(admin: AdminClient, shopDomain: string, row: OrderPageRow): Promise<OrderSnapshot> {
  const id = orderGid(row.order.id);
  const rest = await further(admin, { shopDomain, document: ORDER_LINES, id, after: row.moreLines });
  return { ...row.order, lines: [...row.order.lines, ...rest] };
}

async function wholeProduct(admin: AdminClient, shopDomain: string, row: ProductPageRow): Promise<ProductSnapshot> {
  const id = productGid(row.product.id);
  const rest = await further(admin, { shopDomain, document: PRODUCT_VARIANTS, id, after: row.moreVariants });
  return { ...row.product, variants: [...row.product.variants, ...rest] };
}

interface Pages<T> {
  shopDomain: string;
  document: AdminDocument<Page<T>>;
  since: Date;
}

async function* pages<T>(admin: AdminClient, { shopDomain, document, since }: Pages<T>): AsyncGenerator<T[]> {
  const query = `updated_at:>='${since.toISOString().slice(0, 19)}Z'`;
  for (let after: string | null = null; ; ) {
    const page: Page<T> = await admin.run(shopDomain, document, { query, after });
    if (page.rows.length > 0) yield page.rows;
    if (page.next === null) return;
    after = page.next;
  }
}

interface Further<T> {
  shopDomain: string;
  document: AdminDocument<Page<T>>;
  id: string;
  after: string | null;
}

async function further<T>(admin: AdminClient, { shopDomain, document, id, after }: Further<T>): Promise<T[]> {
  const rows: T[] = [];
  for (let next = after; next !== null; ) {
    const page: Page<T> = await admin.run(shopDomain, document, { id, after: next });
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}
