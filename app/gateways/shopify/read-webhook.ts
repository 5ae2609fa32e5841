/** From a topic and a body to one change in our words. Called by `pipeline/route-event`; shopify.app.toml subscribes to exactly these topics. */
import type { StoreChange } from '../../domain/snapshot';
import { parseExactJson } from './exact-json';
import { readCheckout, readCheckoutDelete } from './payloads/checkout';
import { readConsentChange, readCustomer, readCustomerDelete, readMerge } from './payloads/customer';
import { readDiscount, readDiscountDelete } from './payloads/discount';
import { readOrder, readRefund } from './payloads/order';
import { readProduct, readProductDelete } from './payloads/product';
import {
  readBulkFinish,
  readCustomerRedact,
  readDataRequest,
  readScopes,
  readShop,
  readShopRedact,
  readUninstall,
} from './payloads/shop';

type Reader = (payload: unknown, seenAt: string) => StoreChange | null;

const customer: Reader = (payload, seenAt) => {
  const read = readCustomer(payload, seenAt);
  return read && { kind: 'customer-changed', customer: read };
};
const order: Reader = (payload, seenAt) => {
  const read = readOrder(payload, seenAt);
  return read && { kind: 'order-changed', order: read };
};
const refund: Reader = (payload) => {
  const read = readRefund(payload);
  return read && { kind: 'order-refunded', refund: read };
};
const checkout: Reader = (payload, seenAt) => {
  const read = readCheckout(payload, seenAt);
  return read && { kind: 'checkout-changed', checkout: read };
};
const product: Reader = (payload, seenAt) => {
  const read = readProduct(payload, seenAt);
  return read && { kind: 'product-changed', product: read };
};

const READERS: Record<string, Reader> = {
  'app/uninstalled': readUninstall,
  'app/scopes_update': readScopes,
  'bulk_operations/finish': readBulkFinish,
  'checkouts/create': checkout,
  'checkouts/update': checkout,
  'checkouts/delete': readCheckoutDelete,
  'customers/create': customer,
  'customers/update': customer,
  'customers/delete': readCustomerDelete,
  'customers/merge': readMerge,
  'customers_email_marketing_consent/update': readConsentChange,
  'orders/create': order,
  'orders/updated': order,
  'orders/paid': order,
  'orders/cancelled': order,
  'orders/fulfilled': order,
  'refunds/create': refund,
  'products/create': product,
  'products/update': product,
  'products/delete': readProductDelete,
  'discounts/update': readDiscount,
  'discounts/delete': readDiscountDelete,
  'shop/update': readShop,
  'customers/data_request': readDataRequest,
  'customers/redact': readCustomerRedact,
  'shop/redact': readShopRedact,
};

/** The topics we listen to. */
export const TOPICS = Object.keys(READERS);

/**
 * @param webhook.seenAt when Shopify told it, else when we received it
 * @returns null when the body is not what the topic says it is: it is kept and named malformed
 */
export function readWebhook(webhook: { topic: string; body: string; seenAt: string }): StoreChange | null {
  const reader = READERS[webhook.topic];
  if (!reader) return { kind: 'nothing', why: 'topic-not-listened-to' };
  let payload: unknown;
  try {
    payload = parseExactJson(webhook.body);
  } catch {
    return null;
  }
  return reader(payload, webhook.seenAt);
}
