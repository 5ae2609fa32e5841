// What the shop keeps of its discounts: the discount, its redeem codes, and codes on their way in. Kept by book.ts, shown by GraphQL.

export type DiscountClass = 'ORDER' | 'PRODUCT' | 'SHIPPING';

export type DiscountValue =
  | { kind: 'percentage'; percentage: number }
  | { kind: 'amount'; amount: string; onEachItem: boolean }
  | { kind: 'free-shipping'; maximumPrice: string | null; countries: string[] | null };

export type DiscountItems =
  | { kind: 'all' }
  | { kind: 'collections'; collectionIds: string[] }
  | { kind: 'products'; productIds: string[]; variantIds: string[] };

export type DiscountMinimum = { kind: 'subtotal'; subtotal: string } | { kind: 'quantity'; quantity: number };

export interface CombinesWith {
  orderDiscounts: boolean;
  productDiscounts: boolean;
  shippingDiscounts: boolean;
}

/** All that the merchant or an app decides about a discount. */
export interface DiscountTerms {
  title: string;
  value: DiscountValue;
  items: DiscountItems;
  minimum: DiscountMinimum | null;
  startsAt: string;
  endsAt: string | null;
  /** How often each code may be redeemed; null: without end. */
  usageLimit: number | null;
  oncePerCustomer: boolean;
  /** null: everyone. */
  customerIds: string[] | null;
  combinesWith: CombinesWith;
  tags: string[];
}

export interface DiscountRecord extends DiscountTerms {
  id: string;
  usageCount: number;
  /** Customer ids and lower-case addresses of those who redeemed one of its codes. */
  usedBy: string[];
  createdAt: string;
  updatedAt: string;
}

export interface RedeemCodeRecord {
  id: string;
  discountId: string;
  code: string;
  usageCount: number;
  createdAt: string;
}

/** The asynchronous job that discountRedeemCodeBulkAdd starts. */
export interface CodeCreationRecord {
  id: string;
  discountId: string;
  done: boolean;
  codes: { code: string; codeId: string | null; error: string | null }[];
  createdAt: string;
}

export type DiscountStatus = 'ACTIVE' | 'EXPIRED' | 'SCHEDULED';

/** By the business clock. */
export function discountStatus(discount: DiscountTerms, now: number): DiscountStatus {
  if (discount.endsAt !== null && Date.parse(discount.endsAt) <= now) return 'EXPIRED';
  return Date.parse(discount.startsAt) > now ? 'SCHEDULED' : 'ACTIVE';
}

export function discountClass({ value, items }: DiscountTerms): DiscountClass {
  if (value.kind === 'free-shipping') return 'SHIPPING';
  return items.kind === 'all' ? 'ORDER' : 'PRODUCT';
}
