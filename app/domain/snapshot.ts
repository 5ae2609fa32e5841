/**
 * What Shopify said an object was at one moment, in our words: the gateway makes these from webhooks, queries and bulk
 * results alike, the mirror keeps the newest of each. Ids are Shopify's digits as text; money is a decimal string.
 */
import type { CheckoutLine } from './checkout';
import type { ConsentState, OptInLevel } from './customer';
import type { PostalAddress } from './shop';

/** Which of two tellings is newer: the source's own timestamp, then when it was told. */
export interface Version {
  /** The object's own `updated_at`; null where the telling carries none. */
  updatedAt: Date | null;
  /** When Shopify told it (X-Shopify-Triggered-At) or we asked: UTC with nine decimals, so that text order is time order. */
  seenAt: string;
}

/** `2026-11-22T10:00:00.877041743Z` from any ISO 8601 time; null when it is none. */
export function exactTime(iso: string): string | null {
  const match = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:Z|[+-]\d{2}:?\d{2})$/.exec(iso);
  const time = match ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(time)) return null;
  return `${new Date(time).toISOString().slice(0, 19)}.${(match?.[1] ?? '').padEnd(9, '0')}Z`;
}

/** A moment of our own clock in the same writing. */
export function exactTimeOf(date: Date): string {
  return date.toISOString().replace('Z', '000000Z');
}

/** Positive when `a` is the newer telling. */
export function compareVersions(a: Version, b: Version): number {
  const source =
    (a.updatedAt?.getTime() ?? Number.NEGATIVE_INFINITY) - (b.updatedAt?.getTime() ?? Number.NEGATIVE_INFINITY);
  if (source > 0 || source < 0) return source;
  return a.seenAt < b.seenAt ? -1 : Number(a.seenAt > b.seenAt);
}

/** One telling per object, the newest: a batch must not name a row twice. */
export function newestOfEach<T extends Version & { id: string }>(tellings: readonly T[]): T[] {
  const newest = new Map<string, T>();
  for (const one of tellings) {
    const known = newest.get(one.id);
    if (!known || compareVersions(one, known) > 0) newest.set(one.id, one);
  }
  return [...newest.values()];
}

export interface ConsentSnapshot {
  state: ConsentState;
  level: OptInLevel;
  updatedAt: Date | null;
  seenAt: string;
}

/** Webhooks leave out locale, tags, consent, birth date and order count: absent means "not told", never "none". */
export interface CustomerSnapshot extends Version {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  country: string | null;
  createdAt: Date | null;
  locale?: string | null;
  tags?: string[];
  birthDate?: string | null;
  ordersCount?: number;
  openTracking?: string;
  consent?: ConsentSnapshot;
}

/** That an order was changed last at this moment. */
export interface OrderChange {
  id: string;
  updatedAt: Date;
}

export interface OrderSnapshot extends Version {
  id: string;
  name: string;
  /** Shopify's customer, if the order has one. */
  customerId: string | null;
  email: string | null;
  locale: string | null;
  country: string | null;
  checkoutToken: string | null;
  checkoutId: string | null;
  /** The shop's currency; `total` and the lines are in it. */
  currency: string;
  total: string;
  financialStatus: string | null;
  acceptsMarketing: boolean;
  discountCodes: string[];
  /** Undefined: not told. */
  landingSite?: string | null;
  processedAt: Date;
  cancelledAt: Date | null;
  lines: OrderLineSnapshot[];
  refunds: RefundSnapshot[];
  /** The customer as the order's webhook carries it. */
  customer?: CustomerSnapshot;
}

export interface OrderLineSnapshot {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  quantity: number;
  price: string;
}

export interface RefundSnapshot {
  id: string;
  orderId: string;
  /** In the shop's currency. */
  amount: string;
  createdAt: Date;
}

export interface CheckoutSnapshot extends Version {
  id: string;
  token: string | null;
  customerId: string | null;
  email: string | null;
  locale: string | null;
  country: string | null;
  /** The currency the shopper sees; `total` and the lines are in it. */
  currency: string;
  total: string;
  lines: CheckoutLine[];
  recoveryUrl: string | null;
  acceptsMarketing: boolean;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
  customer?: CustomerSnapshot;
}

export interface VariantSnapshot {
  id: string;
  title: string | null;
  position: number;
  price: string;
  compareAtPrice: string | null;
  inventoryQuantity: number | null;
  available: boolean;
  imageUrl: string | null;
}

export interface ProductSnapshot extends Version {
  id: string;
  title: string;
  handle: string;
  status: string;
  productType: string | null;
  tags: string[];
  imageUrl: string | null;
  publishedAt: Date | null;
  variants: VariantSnapshot[];
  /** True when the telling cannot say everything (more variants than listed, stock that may not be tracked): ask. */
  partial: boolean;
}

/** Fields that are undefined were not told. */
export interface ShopSnapshot extends Version {
  shopifyId?: string;
  name?: string;
  email?: string | null;
  currency?: string;
  timeZone?: string;
  country?: string | null;
  locale?: string;
  url?: string;
  address?: PostalAddress | null;
}

/** One webhook in our words. The privacy topics name their shop in the signed body; `shopDomain` is that name. */
export type StoreChange =
  | { kind: 'customer-changed'; customer: CustomerSnapshot }
  | { kind: 'customer-deleted'; customerId: string }
  | { kind: 'customer-merged'; kept: string; gone: string }
  | { kind: 'consent-changed'; customerId: string; email: string | null; consent: ConsentSnapshot }
  | { kind: 'order-changed'; order: OrderSnapshot }
  | { kind: 'order-refunded'; refund: RefundSnapshot }
  | { kind: 'checkout-changed'; checkout: CheckoutSnapshot }
  | { kind: 'checkout-deleted'; checkoutId: string; currency: string; total: string }
  | { kind: 'product-changed'; product: ProductSnapshot }
  | { kind: 'product-deleted'; productId: string }
  /** Asked for again where it is one of ours: the webhook does not tell its end. */
  | { kind: 'discount-changed'; discount: DiscountSnapshot }
  | { kind: 'shop-changed'; shop: ShopSnapshot; shopDomain: string | null }
  | { kind: 'bulk-finished'; operationId: string }
  | { kind: 'app-uninstalled'; shopifyId: string | null; shopDomain: string | null }
  | { kind: 'scopes-changed'; scopes: string[] }
  | { kind: 'data-requested'; requestId: string; person: Person; shopDomain: string | null }
  | { kind: 'customer-redacted'; person: Person; shopDomain: string | null }
  | { kind: 'shop-redacted'; shopifyId: string | null; shopDomain: string | null }
  /** Understood, and nothing to do: a merge that failed, a topic nobody listens to. */
  | { kind: 'nothing'; why: string };

/** A discount as it is now, by Shopify's whole id. `endsAt`: null when it has no end, absent where nobody told it. */
export interface DiscountSnapshot {
  id: string;
  state: 'active' | 'ended';
  endsAt?: Date | null;
}

/** Whom a privacy topic is about. */
export interface Person {
  customerId: string | null;
  email: string | null;
  orderIds: string[];
}
