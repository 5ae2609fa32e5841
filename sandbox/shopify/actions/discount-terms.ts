// A discount in few words, for stories, tests and the control API; the Admin API's long form is read by graphql/discounts/input.ts.
import { SandboxRefusal } from '../../http/refusal';
import type { DiscountItems, DiscountMinimum, DiscountTerms, DiscountValue } from '../discounts/records';
import { normalAmount } from '../money';

export interface NewDiscount {
  code: string;
  title?: string | undefined;
  /** Exactly one of percentage (0 to 1), amount and freeShipping. */
  percentage?: number | undefined;
  amount?: string | number | undefined;
  freeShipping?: boolean | undefined;
  minimumSubtotal?: string | number | undefined;
  minimumQuantity?: number | undefined;
  productIds?: string[] | undefined;
  collectionIds?: string[] | undefined;
  /** Absent: now. */
  startsAt?: string | undefined;
  endsAt?: string | null | undefined;
  usageLimit?: number | null | undefined;
  oncePerCustomer?: boolean | undefined;
  customerIds?: string[] | undefined;
}

export function termsOf(input: NewDiscount, currency: string, at: string): DiscountTerms {
  return {
    title: input.title ?? input.code,
    value: discountValue(input, currency),
    items: itemsOf(input),
    minimum: minimumOf(input, currency),
    startsAt: input.startsAt ?? at,
    endsAt: input.endsAt ?? null,
    usageLimit: input.usageLimit ?? null,
    oncePerCustomer: input.oncePerCustomer ?? false,
    customerIds: input.customerIds ?? null,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
    tags: [],
  };
}

function discountValue({ percentage, amount, freeShipping }: NewDiscount, currency: string): DiscountValue {
  const given = [percentage !== undefined, amount !== undefined, freeShipping === true].filter(Boolean);
  if (given.length !== 1) throw new SandboxRefusal('Say one of percentage, amount and freeShipping.');
  if (percentage !== undefined) {
    if (!(percentage >= 0 && percentage <= 1)) throw new SandboxRefusal('A percentage lies between 0 and 1.');
    return { kind: 'percentage', percentage };
  }
  if (amount !== undefined) return { kind: 'amount', amount: normalAmount(amount, currency), onEachItem: false };
  return { kind: 'free-shipping', maximumPrice: null, countries: null };
}

function itemsOf({ productIds, collectionIds }: NewDiscount): DiscountItems {
  if (productIds && collectionIds) throw new SandboxRefusal('Say productIds or collectionIds, not both.');
  if (productIds) return { kind: 'products', productIds, variantIds: [] };
  return collectionIds ? { kind: 'collections', collectionIds } : { kind: 'all' };
}

function minimumOf({ minimumSubtotal, minimumQuantity }: NewDiscount, currency: string): DiscountMinimum | null {
  if (minimumSubtotal !== undefined) return { kind: 'subtotal', subtotal: normalAmount(minimumSubtotal, currency) };
  return minimumQuantity === undefined ? null : { kind: 'quantity', quantity: minimumQuantity };
}
