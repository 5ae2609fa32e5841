/** Reads the payloads about the shop itself, the app's installation and the privacy topics. */
import { z } from 'zod';
import type { Person, ShopSnapshot, StoreChange } from '../../../domain/snapshot';
import { address, country, id, listOf, maybe, text, time } from '../fields';

const shopShape = z.looseObject({
  id,
  name: text,
  email: address,
  customer_email: address,
  domain: text,
  myshopify_domain: text,
  currency: text,
  iana_timezone: text,
  country_code: country,
  primary_locale: text,
  address1: text,
  address2: text,
  zip: text,
  city: text,
  province: text,
  updated_at: time,
});

/** shop/update. What is null in it was not told. */
export function readShop(payload: unknown, seenAt: string): StoreChange | null {
  const read = shopShape.safeParse(payload);
  if (!read.success || read.data.id === null) return null;
  const told = read.data;
  const email = told.customer_email ?? told.email;
  const shop: ShopSnapshot = {
    shopifyId: read.data.id,
    updatedAt: told.updated_at,
    seenAt,
    ...(told.name === null ? {} : { name: told.name }),
    ...(email === null ? {} : { email }),
    ...(told.currency === null ? {} : { currency: told.currency }),
    ...(told.iana_timezone === null ? {} : { timeZone: told.iana_timezone }),
    ...(told.country_code === null ? {} : { country: told.country_code }),
    ...(told.primary_locale === null ? {} : { locale: told.primary_locale }),
    ...(told.address1 === null ? {} : { address: addressOf(told) }),
  };
  return { kind: 'shop-changed', shop, shopDomain: told.myshopify_domain };
}

function addressOf(told: z.output<typeof shopShape>) {
  return {
    company: told.name ?? '',
    line1: told.address1 ?? '',
    line2: told.address2 ?? '',
    postalCode: told.zip ?? '',
    city: told.city ?? '',
    region: told.province ?? '',
    country: told.country_code ?? '',
  };
}

/** app/uninstalled */
export function readUninstall(payload: unknown): StoreChange | null {
  const read = z.looseObject({ id, myshopify_domain: text }).safeParse(payload);
  if (!read.success) return null;
  return { kind: 'app-uninstalled', shopifyId: read.data.id, shopDomain: read.data.myshopify_domain };
}

/** app/scopes_update */
export function readScopes(payload: unknown): StoreChange | null {
  const read = z.looseObject({ current: z.array(z.string()) }).safeParse(payload);
  return read.success ? { kind: 'scopes-changed', scopes: read.data.current } : null;
}

/** bulk_operations/finish. How it ended is asked, never believed. */
export function readBulkFinish(payload: unknown): StoreChange | null {
  const read = z.looseObject({ admin_graphql_api_id: text }).safeParse(payload);
  const operationId = read.success ? read.data.admin_graphql_api_id : null;
  return operationId === null ? null : { kind: 'bulk-finished', operationId };
}

const privacyShape = z.looseObject({
  shop_id: id,
  shop_domain: text,
  customer: maybe(z.looseObject({ id, email: address })),
  orders_requested: listOf(id),
  orders_to_redact: listOf(id),
  data_request: maybe(z.looseObject({ id })),
});

/** customers/data_request */
export function readDataRequest(payload: unknown): StoreChange | null {
  const read = privacyShape.safeParse(payload);
  const requestId = read.success ? (read.data.data_request?.id ?? null) : null;
  if (!read.success || requestId === null) return null;
  const { customer, orders_requested, shop_domain: shopDomain } = read.data;
  return { kind: 'data-requested', requestId, person: personOf(customer, orders_requested), shopDomain };
}

/** customers/redact */
export function readCustomerRedact(payload: unknown): StoreChange | null {
  const read = privacyShape.safeParse(payload);
  if (!read.success || !read.data.customer) return null;
  const { customer, orders_to_redact, shop_domain: shopDomain } = read.data;
  return { kind: 'customer-redacted', person: personOf(customer, orders_to_redact), shopDomain };
}

/** shop/redact */
export function readShopRedact(payload: unknown): StoreChange | null {
  const read = privacyShape.safeParse(payload);
  if (!read.success || (read.data.shop_id === null && read.data.shop_domain === null)) return null;
  return { kind: 'shop-redacted', shopifyId: read.data.shop_id, shopDomain: read.data.shop_domain };
}

function personOf(customer: { id: string | null; email: string | null } | null, orders: (string | null)[]): Person {
  return {
    customerId: customer?.id ?? null,
    email: customer?.email ?? null,
    orderIds: orders.filter((one) => one !== null),
  };
}
