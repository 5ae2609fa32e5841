/** Reads the orders/* payloads and refunds/create. */
import { z } from 'zod';
import type { OrderLineSnapshot, OrderSnapshot, RefundSnapshot } from '../../../domain/snapshot';
import { address, amount, anything, country, flag, id, key, listOf, maybe, rootId, text, time, whole } from '../fields';
import { readCustomer } from './customer';
import { refundAmount, refundShape } from './refund';

const lineShape = z.looseObject({
  id: anything,
  admin_graphql_api_id: anything,
  product_id: id,
  variant_id: id,
  title: text,
  quantity: whole,
  price: amount,
});

const money = z.object({ amount, currency_code: text });
const moneySet = maybe(z.object({ shop_money: money, presentment_money: money }));

const place = maybe(z.looseObject({ country_code: country }));

const orderShape = z.looseObject({
  id: anything,
  admin_graphql_api_id: anything,
  name: text,
  email: address,
  contact_email: address,
  customer_locale: text,
  shipping_address: place,
  billing_address: place,
  checkout_token: key,
  checkout_id: id,
  currency: text,
  total_price: amount,
  total_price_set: moneySet,
  financial_status: text,
  buyer_accepts_marketing: flag,
  discount_codes: listOf(z.looseObject({ code: text })),
  landing_site: text,
  created_at: time,
  processed_at: time,
  cancelled_at: time,
  updated_at: time,
  line_items: listOf(lineShape),
  refunds: listOf(refundShape),
  customer: anything,
});

/** Null when there is no id, currency, total or date to keep: then it is no order. */
export function readOrder(payload: unknown, seenAt: string): OrderSnapshot | null {
  const read = orderShape.safeParse(payload);
  if (!read.success) return null;
  const told = read.data;
  const orderId = rootId(told);
  const processedAt = told.processed_at ?? told.created_at;
  if (orderId === null || told.currency === null || told.total_price === null || !processedAt) return null;
  const customer = readCustomer(told.customer, seenAt, told.updated_at);
  return {
    id: orderId,
    name: told.name ?? `#${orderId}`,
    customerId: customer?.id ?? null,
    email: told.email ?? told.contact_email ?? customer?.email ?? null,
    locale: told.customer_locale,
    country: told.shipping_address?.country_code ?? told.billing_address?.country_code ?? null,
    checkoutToken: told.checkout_token,
    checkoutId: told.checkout_id,
    currency: told.currency,
    total: told.total_price,
    financialStatus: told.financial_status?.toLowerCase() ?? null,
    acceptsMarketing: told.buyer_accepts_marketing,
    discountCodes: told.discount_codes.flatMap(({ code }) => code ?? []),
    landingSite: told.landing_site,
    processedAt,
    cancelledAt: told.cancelled_at,
    updatedAt: told.updated_at,
    seenAt,
    lines: told.line_items.flatMap(readLine),
    refunds: told.refunds.flatMap((refund) => readRefundOf(orderId, refund, told) ?? []),
    ...(customer ? { customer } : {}),
  };
}

function readLine(told: z.output<typeof lineShape>): OrderLineSnapshot[] {
  const lineId = rootId(told);
  if (lineId === null || told.quantity === null) return [];
  const { product_id: productId, variant_id: variantId, quantity } = told;
  return [{ id: lineId, productId, variantId, title: told.title ?? '', quantity, price: told.price ?? '0' }];
}

function readRefundOf(
  orderId: string,
  refund: z.output<typeof refundShape>,
  order: z.output<typeof orderShape>,
): RefundSnapshot | null {
  const refundId = rootId(refund);
  const createdAt = refund.created_at ?? refund.processed_at;
  if (refundId === null || !createdAt) return null;
  return { id: refundId, orderId, amount: refundAmount(refund, order.currency, order.total_price_set), createdAt };
}

/** refunds/create: the refund alone, without its order. */
export function readRefund(payload: unknown): RefundSnapshot | null {
  const read = refundShape.safeParse(payload);
  if (!read.success) return null;
  const refundId = rootId(read.data);
  const createdAt = read.data.created_at ?? read.data.processed_at;
  if (refundId === null || read.data.order_id === null || !createdAt) return null;
  return { id: refundId, orderId: read.data.order_id, amount: refundAmount(read.data, null, null), createdAt };
}
