/** Orders: what changed since a moment, and everything for the import. */
import { z } from 'zod';
import type { OrderChange, OrderLineSnapshot, OrderSnapshot } from '../../../domain/snapshot';
import { address, amount, country, flag, gid, id, key, text, time, whole } from '../fields';
import { type AdminDocument, type Page, readConnection, readPage } from './document';

const LINE_FIELDS = `
  id
  title
  quantity
  product { id }
  variant { id }
  originalUnitPriceSet { shopMoney { amount } }`;

const ORDER_FIELDS = `
  id
  name
  email
  customer { id defaultEmailAddress { emailAddress } }
  customerLocale
  shippingAddress { countryCodeV2 }
  billingAddress { countryCodeV2 }
  checkoutToken
  currencyCode
  totalPriceSet { shopMoney { amount } }
  displayFinancialStatus
  customerAcceptsMarketing
  discountCodes
  customerJourneySummary { lastVisit { landingPage } }
  processedAt
  cancelledAt
  updatedAt
  refunds { id createdAt processedAt totalRefundedSet { shopMoney { amount } } }`;

const shopMoney = z.object({ shopMoney: z.object({ amount: amount.pipe(z.string()) }) });
const reference = z.object({ id }).nullish();

const place = z.object({ countryCodeV2: country }).nullish();

const lineNode = z.object({
  id: id.pipe(z.string()),
  title: text,
  quantity: whole.pipe(z.number()),
  product: reference,
  variant: reference,
  originalUnitPriceSet: shopMoney,
});

const orderNode = z.object({
  id: id.pipe(z.string()),
  name: text,
  email: address,
  customer: z.object({ id, defaultEmailAddress: z.object({ emailAddress: address }).nullish() }).nullish(),
  customerLocale: text,
  shippingAddress: place,
  billingAddress: place,
  checkoutToken: key,
  currencyCode: z.string(),
  totalPriceSet: shopMoney,
  displayFinancialStatus: text,
  customerAcceptsMarketing: flag,
  discountCodes: z.array(z.string()),
  customerJourneySummary: z.object({ lastVisit: z.object({ landingPage: text }).nullish() }).nullish(),
  processedAt: time.pipe(z.date()),
  cancelledAt: time,
  updatedAt: time,
  refunds: z.array(
    z.object({ id: id.pipe(z.string()), createdAt: time, processedAt: time, totalRefundedSet: shopMoney }),
  ),
});

export function readLineNode(data: unknown): OrderLineSnapshot {
  const told = lineNode.parse(data);
  return {
    id: told.id,
    title: told.title ?? '',
    quantity: told.quantity,
    productId: told.product?.id ?? null,
    variantId: told.variant?.id ?? null,
    price: told.originalUnitPriceSet.shopMoney.amount,
  };
}

/** @param lines read apart: inside a page they are a connection, in a bulk result they follow their order */
export function readOrderNode(data: unknown, lines: OrderLineSnapshot[], seenAt: string): OrderSnapshot {
  const told = orderNode.parse(data);
  const landing = told.customerJourneySummary?.lastVisit?.landingPage;
  return {
    id: told.id,
    name: told.name ?? `#${told.id}`,
    customerId: told.customer?.id ?? null,
    email: told.email ?? told.customer?.defaultEmailAddress?.emailAddress ?? null,
    locale: told.customerLocale,
    country: told.shippingAddress?.countryCodeV2 ?? told.billingAddress?.countryCodeV2 ?? null,
    checkoutToken: told.checkoutToken,
    checkoutId: null,
    currency: told.currencyCode,
    total: told.totalPriceSet.shopMoney.amount,
    financialStatus: told.displayFinancialStatus?.toLowerCase() ?? null,
    acceptsMarketing: told.customerAcceptsMarketing,
    discountCodes: told.discountCodes,
    ...(landing ? { landingSite: landing } : {}),
    processedAt: told.processedAt,
    cancelledAt: told.cancelledAt,
    updatedAt: told.updatedAt,
    seenAt,
    lines,
    refunds: told.refunds.flatMap((refund) => {
      const createdAt = refund.createdAt ?? refund.processedAt;
      return createdAt
        ? { id: refund.id, orderId: told.id, amount: refund.totalRefundedSet.shopMoney.amount, createdAt }
        : [];
    }),
  };
}

export interface OrderPageRow {
  order: OrderSnapshot;
  /** Where its further lines begin; null when all are there. */
  moreLines: string | null;
}

const changeNode = z.object({ id: id.pipe(z.string()), updatedAt: time.pipe(z.date()) });

/** Which orders changed since a moment, oldest change first: a point each, where an order itself is ten. Variables: `{ query, after }`. */
export const CHANGED_ORDERS: AdminDocument<Page<OrderChange>> = {
  name: 'ChangedOrders',
  text: `query ChangedOrders($query: String!, $after: String) {
    orders(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { id updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  read: (data) => readPage(data, 'orders', (node) => changeNode.parse(node)),
};

/** So many together cost less than the thousand points a question may cost at most. */
export const MOST_ORDERS_ASKED = 10;

/** Orders by their ids, without those that are gone. Variables: `{ ids: gid[] }`, at most `MOST_ORDERS_ASKED`. */
export function ordersDocument(seenAt: string): AdminDocument<OrderPageRow[]> {
  return {
    name: 'Orders',
    text: `query Orders($ids: [ID!]!) {
      nodes(ids: $ids) {
        ... on Order { ${ORDER_FIELDS} lineItems(first: 20) { nodes { ${LINE_FIELDS} } pageInfo { hasNextPage endCursor } } }
      }
    }`,
    read(data) {
      const { nodes } = z
        .object({ nodes: z.array(z.object({ lineItems: z.unknown() }).loose().nullable()) })
        .parse(data);
      return nodes.flatMap((node) => {
        if (!node) return [];
        const lines = readConnection(node.lineItems, readLineNode);
        return [{ order: readOrderNode(node, lines.rows, seenAt), moreLines: lines.next }];
      });
    },
  };
}

/** Further lines of a long order. Variables: `{ id: gid, after }`. */
export const ORDER_LINES: AdminDocument<Page<OrderLineSnapshot>> = {
  name: 'OrderLines',
  text: `query OrderLines($id: ID!, $after: String) {
    order(id: $id) { lineItems(first: 100, after: $after) { nodes { ${LINE_FIELDS} } pageInfo { hasNextPage endCursor } } }
  }`,
  read(data) {
    const { order } = z.object({ order: z.unknown() }).parse(data);
    return order ? readPage(order, 'lineItems', readLineNode) : { rows: [], next: null };
  },
};

export const orderGid = (orderId: string) => gid('Order', orderId);

/** Every order we may see (60 days without read_all_orders), for the import. */
export const ORDERS_IN_BULK = `{
  orders { edges { node { ${ORDER_FIELDS} lineItems { edges { node { ${LINE_FIELDS} } } } } } }
}`;
