/** Reads the checkouts/* payloads. Amounts are in the currency the shopper sees. */
import { z } from 'zod';
import type { CheckoutLine } from '../../../domain/checkout';
import type { CheckoutSnapshot, StoreChange } from '../../../domain/snapshot';
import { address, amount, anything, country, flag, id, idOf, key, listOf, maybe, text, time, whole } from '../fields';
import { readCustomer } from './customer';

const lineShape = z.looseObject({
  variant_id: id,
  product_id: id,
  title: text,
  presentment_title: text,
  variant_title: text,
  quantity: whole,
  price: amount,
});

const place = maybe(z.looseObject({ country_code: country }));

const checkoutShape = z.looseObject({
  id: anything,
  name: text,
  token: key,
  email: address,
  customer_locale: text,
  currency: text,
  presentment_currency: text,
  total_price: amount,
  abandoned_checkout_url: text,
  buyer_accepts_marketing: flag,
  created_at: time,
  updated_at: time,
  completed_at: time,
  shipping_address: place,
  billing_address: place,
  line_items: listOf(lineShape),
  customer: anything,
});

/** Null when there is no id, currency or date to keep: then it is no checkout. */
export function readCheckout(payload: unknown, seenAt: string): CheckoutSnapshot | null {
  const read = checkoutShape.safeParse(payload);
  if (!read.success) return null;
  const told = read.data;
  const checkoutId = checkoutIdOf(told);
  const currency = told.presentment_currency ?? told.currency;
  const createdAt = told.created_at ?? told.updated_at;
  const updatedAt = told.updated_at ?? told.created_at;
  if (checkoutId === null || currency === null || !createdAt || !updatedAt) return null;
  const customer = readCustomer(told.customer, seenAt, updatedAt);
  return {
    id: checkoutId,
    token: told.token,
    customerId: customer?.id ?? null,
    email: told.email ?? customer?.email ?? null,
    locale: told.customer_locale,
    country: told.shipping_address?.country_code ?? told.billing_address?.country_code ?? customer?.country ?? null,
    currency,
    total: told.total_price ?? '0',
    lines: told.line_items.flatMap(readLine),
    recoveryUrl: webAddress(told.abandoned_checkout_url),
    acceptsMarketing: told.buyer_accepts_marketing,
    createdAt,
    updatedAt,
    seenAt,
    completedAt: told.completed_at,
    ...(customer ? { customer } : {}),
  };
}

/** Shopify names a checkout `#` and its id, and leaves the id itself out of some payloads. */
function checkoutIdOf(told: { id?: unknown; name: string | null }): string | null {
  return idOf(told.id) ?? idOf(told.name?.replace(/^#/, ''));
}

function readLine(told: z.output<typeof lineShape>): CheckoutLine[] {
  if (told.quantity === null || told.quantity <= 0) return [];
  return [
    {
      variantId: told.variant_id,
      productId: told.product_id,
      title: told.presentment_title ?? told.title ?? '',
      variantTitle: told.variant_title,
      quantity: told.quantity,
      price: told.price ?? '0',
    },
  ];
}

/** An http(s) address, or null: it ends up behind a button. */
export function webAddress(value: string | null): string | null {
  const url = value === null ? null : URL.parse(value);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

const deleteShape = z.looseObject({ id, presentment_currency: text, total_price: amount });

/** checkouts/delete: an id and no token. */
export function readCheckoutDelete(payload: unknown): StoreChange | null {
  const read = deleteShape.safeParse(payload);
  if (!read.success || read.data.id === null) return null;
  const { id: checkoutId, presentment_currency: currency, total_price: total } = read.data;
  return { kind: 'checkout-deleted', checkoutId, currency: currency ?? 'XXX', total: total ?? '0' };
}
