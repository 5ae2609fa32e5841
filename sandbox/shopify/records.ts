// The nouns of a sandbox shop as plain JSON: what state.ts keeps, the actions change, and GraphQL and webhooks show.
// Ids are numeric strings (without the gid prefix); times are ISO 8601 UTC; amounts are decimal strings in the shop's currency.
import type { DiscountClass } from './discounts/records';

export interface AddressRecord {
  id: string;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  countryCode: string;
  zip: string | null;
  phone: string | null;
}

export interface MetafieldRecord {
  id: string;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: string;
  updatedAt: string;
}

export interface MetafieldDefinitionRecord {
  id: string;
  ownerType: string;
  namespace: string;
  key: string;
  name: string;
  type: string;
}

export type MarketingState = 'NOT_SUBSCRIBED' | 'PENDING' | 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'REDACTED' | 'INVALID';
export type OptInLevel = 'SINGLE_OPT_IN' | 'CONFIRMED_OPT_IN' | 'UNKNOWN';

export interface ConsentRecord {
  state: MarketingState;
  optInLevel: OptInLevel | null;
  updatedAt: string | null;
}

export interface CustomerRecord {
  id: string;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  locale: string;
  note: string | null;
  tags: string[];
  state: 'DISABLED' | 'ENABLED' | 'INVITED' | 'DECLINED';
  verifiedEmail: boolean;
  taxExempt: boolean;
  consent: ConsentRecord;
  openTracking: 'OPTED_IN' | 'OPTED_OUT' | 'UNKNOWN';
  addresses: AddressRecord[];
  metafields: MetafieldRecord[];
  createdAt: string;
  updatedAt: string;
}

export interface SegmentRecord {
  id: string;
  name: string;
  /** In the part of Shopify's segment query language that segments/query.ts reads. */
  query: string;
  createdAt: string;
  updatedAt: string;
}

export interface ImageRecord {
  id: string;
  /** Absolute, or a path on the sandbox such as /pictures/…. */
  url: string;
  alt: string | null;
  width: number;
  height: number;
}

/** A picture among the shop's files. */
export interface FileRecord {
  id: string;
  alt: string | null;
  filename: string;
  mimeType: string;
  createdAt: string;
  /** Real time from which it is on the CDN. */
  readyAtMs: number;
  /** null: what was uploaded is no picture. */
  image: ImageRecord | null;
  /** Base64. */
  content: string;
}

export interface VariantRecord {
  id: string;
  productId: string;
  inventoryItemId: string;
  title: string;
  price: string;
  compareAtPrice: string | null;
  sku: string | null;
  barcode: string | null;
  inventoryQuantity: number;
  /** false: stock is not counted and the variant is always for sale. */
  tracked: boolean;
  inventoryPolicy: 'DENY' | 'CONTINUE';
  optionValues: string[];
  position: number;
  imageId: string | null;
  taxable: boolean;
  requiresShipping: boolean;
  grams: number;
  createdAt: string;
  updatedAt: string;
}

export interface ProductRecord {
  id: string;
  title: string;
  handle: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  tags: string[];
  status: 'ACTIVE' | 'DRAFT' | 'ARCHIVED';
  isGiftCard: boolean;
  options: { id: string; name: string; values: string[] }[];
  images: ImageRecord[];
  variantIds: string[];
  metafields: MetafieldRecord[];
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface CollectionRecord {
  id: string;
  title: string;
  handle: string;
  descriptionHtml: string;
  productIds: string[];
  image: ImageRecord | null;
  updatedAt: string;
}

export interface DiscountCodeUse {
  code: string;
  /** What it takes off, in the shop's currency. */
  amount: string;
  type: 'percentage' | 'fixed_amount' | 'shipping';
  /** How a code of the shop's own came to that amount; absent when the amount was simply given. */
  applied?: AppliedDiscount | undefined;
}

export interface AppliedDiscount {
  discountId: string;
  class: DiscountClass;
  /** "10.0" of a percentage, else an amount. */
  value: string;
  isPercentage: boolean;
  method: 'across' | 'each';
  selection: 'all' | 'entitled';
  /** In the order of the lines. */
  perLine: string[];
}

/** The line of a checkout or an order, with the words and price as they were when it was added. */
export interface LineRecord {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  quantity: number;
  /** What is left after refunds; the same as quantity in a checkout. */
  currentQuantity: number;
  fulfilledQuantity: number;
  price: string;
  compareAtPrice: string | null;
  totalDiscount: string;
  requiresShipping: boolean;
  grams: number;
  imageUrl: string | null;
}

export interface MoneyContext {
  currency: string;
  presentmentCurrency: string;
  /** Presentment units for one unit of the shop's currency. */
  presentmentRate: number;
}

export interface CheckoutRecord extends MoneyContext {
  id: string;
  token: string;
  cartToken: string;
  recoveryKey: string;
  name: string;
  email: string | null;
  phone: string | null;
  customerId: string | null;
  buyerAcceptsMarketing: boolean;
  customerLocale: string;
  lines: LineRecord[];
  discountCodes: DiscountCodeUse[];
  totalDiscounts: string;
  shippingPrice: string;
  totalTax: string;
  taxesIncluded: boolean;
  shippingAddress: AddressRecord | null;
  billingAddress: AddressRecord | null;
  note: string | null;
  sourceName: string;
  landingSite: string | null;
  referringSite: string | null;
  orderId: string | null;
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
}

export interface RefundRecord {
  id: string;
  transactionId: string;
  note: string | null;
  amount: string;
  restock: boolean;
  lines: { id: string; lineItemId: string; quantity: number; subtotal: string }[];
  createdAt: string;
}

export interface FulfillmentRecord {
  id: string;
  name: string;
  status: 'SUCCESS' | 'CANCELLED';
  /** As the carrier last said; null until it said something. */
  shipmentStatus: string | null;
  trackingCompany: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  lines: { lineItemId: string; quantity: number }[];
  deliveredAt: string | null;
  createdAt: string;
  updatedAt: string;
}

export type FinancialStatus = 'PENDING' | 'AUTHORIZED' | 'PAID' | 'PARTIALLY_REFUNDED' | 'REFUNDED' | 'VOIDED';
export type FulfillmentStatus = 'UNFULFILLED' | 'PARTIALLY_FULFILLED' | 'FULFILLED';

export interface OrderRecord extends MoneyContext {
  id: string;
  number: number;
  name: string;
  token: string;
  email: string | null;
  phone: string | null;
  customerId: string | null;
  checkoutId: string | null;
  checkoutToken: string | null;
  cartToken: string | null;
  buyerAcceptsMarketing: boolean;
  customerLocale: string;
  lines: LineRecord[];
  discountCodes: DiscountCodeUse[];
  totalDiscounts: string;
  shippingPrice: string;
  shippingTitle: string;
  totalTax: string;
  taxesIncluded: boolean;
  financialStatus: FinancialStatus;
  fulfillmentStatus: FulfillmentStatus;
  refunds: RefundRecord[];
  fulfillments: FulfillmentRecord[];
  transactionId: string;
  shippingAddress: AddressRecord | null;
  billingAddress: AddressRecord | null;
  tags: string[];
  note: string | null;
  test: boolean;
  sourceName: string;
  landingSite: string | null;
  referringSite: string | null;
  cancelReason: string | null;
  createdAt: string;
  processedAt: string;
  updatedAt: string;
  cancelledAt: string | null;
  closedAt: string | null;
  metafields: MetafieldRecord[];
}

/** The published theme. */
export interface ThemeRecord {
  id: string;
  name: string;
  files: Record<string, string>;
  pictures: ImageRecord[];
  updatedAt: string;
}

export interface ShopRecord {
  id: string;
  /** `<handle>.myshopify.com` */
  domain: string;
  handle: string;
  name: string;
  email: string;
  contactEmail: string;
  ownerName: string;
  currency: string;
  presentmentCurrencies: string[];
  timezone: string;
  locale: string;
  otherLocales: string[];
  address: AddressRecord;
  planName: string;
  planDisplayName: string;
  shopifyPlus: boolean;
  taxesIncluded: boolean;
  metafields: MetafieldRecord[];
  metafieldDefinitions: MetafieldDefinitionRecord[];
  createdAt: string;
  updatedAt: string;
  nextOrderNumber: number;
  /** Absent or null: none is published. */
  theme?: ThemeRecord | null;
}

/** A token as Shopify would keep it: only its hash. Expiry is in real time, not business time. */
export interface AccessTokenRecord {
  hash: string;
  kind: 'offline' | 'online';
  scopes: string[];
  userId: string | null;
  expiresAt: number | null;
  refreshHash: string | null;
  refreshExpiresAt: number | null;
  /** The refresh token this one replaced; dropped once this token (or its refresh token) is used. */
  replaces: string | null;
}

export interface InstallationRecord {
  /** Distinguishes one install from the next after an uninstall. */
  id: string;
  scopes: string[];
  installedAt: string;
  tokens: AccessTokenRecord[];
}

export type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'CANCELING' | 'CANCELED' | 'FAILED' | 'EXPIRED';

export interface BulkOperationRecord {
  id: string;
  query: string;
  status: BulkStatus;
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number | null;
  /** Name of the result file; null while running or when the result is empty. */
  file: string | null;
  scopes: string[];
  createdAt: string;
  completedAt: string | null;
}

export interface DeliveryAttempt {
  at: string;
  status: number | null;
  error: string | null;
  durationMs: number;
}

export interface WebhookDelivery {
  id: string;
  shop: string;
  topic: string;
  uri: string;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  body: string;
  outcome: 'pending' | 'delivered' | 'failed';
  attempts: DeliveryAttempt[];
}
