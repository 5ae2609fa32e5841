/** Abandoned checkouts. The Admin API knows neither their address nor their token nor their language: webhooks do. */
import { z } from 'zod';
import type { CheckoutLine } from '../../../domain/checkout';
import type { CheckoutSnapshot } from '../../../domain/snapshot';
import { address, amount, country, id, text, time, whole } from '../fields';
import { webAddress } from '../payloads/checkout';
import { type AdminDocument, type Page, readConnection, readPage } from './document';

const LINE_FIELDS = `
  id
  title
  variantTitle
  quantity
  product { id }
  variant { id }
  originalUnitPriceSet { presentmentMoney { amount } }`;

const CHECKOUT_FIELDS = `
  id
  abandonedCheckoutUrl
  createdAt
  updatedAt
  completedAt
  customer { id locale defaultEmailAddress { emailAddress } }
  shippingAddress { countryCodeV2 }
  billingAddress { countryCodeV2 }
  totalPriceSet { presentmentMoney { amount currencyCode } }`;

const reference = z.object({ id }).nullish();
const place = z.object({ countryCodeV2: country }).nullish();

const lineNode = z.object({
  title: text,
  variantTitle: text,
  quantity: whole.pipe(z.number()),
  product: reference,
  variant: reference,
  originalUnitPriceSet: z.object({ presentmentMoney: z.object({ amount: amount.pipe(z.string()) }) }),
});

const checkoutNode = z.object({
  id: id.pipe(z.string()),
  abandonedCheckoutUrl: text,
  createdAt: time.pipe(z.date()),
  updatedAt: time.pipe(z.date()),
  completedAt: time,
  customer: z
    .object({ id, locale: text, defaultEmailAddress: z.object({ emailAddress: address }).nullish() })
    .nullish(),
  shippingAddress: place,
  billingAddress: place,
  totalPriceSet: z.object({
    presentmentMoney: z.object({ amount: amount.pipe(z.string()), currencyCode: z.string() }),
  }),
});

export function readCheckoutLineNode(data: unknown): CheckoutLine {
  const told = lineNode.parse(data);
  return {
    title: told.title ?? '',
    variantTitle: told.variantTitle,
    quantity: told.quantity,
    productId: told.product?.id ?? null,
    variantId: told.variant?.id ?? null,
    price: told.originalUnitPriceSet.presentmentMoney.amount,
  };
}

/** @param lines read apart: inside a page they are a connection, in a bulk result they follow their checkout */
export function readCheckoutNode(data: unknown, lines: CheckoutLine[], seenAt: string): CheckoutSnapshot {
  const told = checkoutNode.parse(data);
  const recoveryUrl = webAddress(told.abandonedCheckoutUrl);
  return {
    id: told.id,
    token: recoveryUrl && tokenIn(recoveryUrl),
    customerId: told.customer?.id ?? null,
    email: told.customer?.defaultEmailAddress?.emailAddress ?? null,
    locale: told.customer?.locale ?? null,
    country: told.shippingAddress?.countryCodeV2 ?? told.billingAddress?.countryCodeV2 ?? null,
    currency: told.totalPriceSet.presentmentMoney.currencyCode,
    total: told.totalPriceSet.presentmentMoney.amount,
    lines,
    recoveryUrl,
    acceptsMarketing: false,
    createdAt: told.createdAt,
    updatedAt: told.updatedAt,
    seenAt,
    completedAt: told.completedAt,
  };
}

/** The recovery address carries the token: `…/checkouts/<token>/recover?key=…`, with `cn` or `ac` between in newer ones. */
export function tokenIn(recoveryUrl: string): string | null {
  return /\/checkouts\/(?:[a-z]{2}\/)?([\w-]{6,})\/recover/.exec(recoveryUrl)?.[1] ?? null;
}

/** Checkouts changed since a moment. Variables: `{ query, after }`. More than twenty lines are cut: an e-mail shows fewer. */
export function checkoutsDocument(seenAt: string): AdminDocument<Page<CheckoutSnapshot>> {
  return {
    name: 'AbandonedCheckouts',
    text: `query AbandonedCheckouts($query: String!, $after: String) {
      abandonedCheckouts(first: 10, after: $after, query: $query, sortKey: ID) {
        nodes { ${CHECKOUT_FIELDS} lineItems(first: 20) { nodes { ${LINE_FIELDS} } pageInfo { hasNextPage endCursor } } }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    read: (data) =>
      readPage(data, 'abandonedCheckouts', (node) => {
        const { lineItems } = z.object({ lineItems: z.unknown() }).parse(node);
        return readCheckoutNode(node, readConnection(lineItems, readCheckoutLineNode).rows, seenAt);
      }),
  };
}

/** Every abandoned checkout Shopify still keeps, for the import. */
export const CHECKOUTS_IN_BULK = `{
  abandonedCheckouts { edges { node { ${CHECKOUT_FIELDS} lineItems { edges { node { ${LINE_FIELDS} } } } } } }
}`;
