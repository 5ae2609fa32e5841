// Decides whether a code may be used on a basket now, and if not, why. Used by price.ts.
import { toMinor } from '../money';
import type { ShopState } from '../state';
import { type Basket, entitledLines, lineMinor } from './basket';
import { type DiscountRecord, discountStatus, type RedeemCodeRecord } from './records';
import type { CodeProblem } from './refusal';

export interface UsableCode {
  code: RedeemCodeRecord;
  discount: DiscountRecord;
  entitled: boolean[];
}

export function checkCode(shop: ShopState, basket: Basket, text: string, now: number): UsableCode | CodeProblem {
  const code = shop.book.findCode(text);
  const discount = code && shop.book.discounts.get(code.discountId);
  if (!code || !discount) return { reason: 'unknown' };
  const entitled = entitledLines(shop, basket, discount.items);
  return (
    timeProblem(discount, now) ??
    usageProblem(code, discount) ??
    buyerProblem(discount, basket) ??
    basketProblem(discount, basket, entitled) ??
    shippingProblem(discount, basket) ?? { code, discount, entitled }
  );
}

function timeProblem(discount: DiscountRecord, now: number): CodeProblem | null {
  const status = discountStatus(discount, now);
  if (status === 'ACTIVE') return null;
  return { reason: status === 'SCHEDULED' ? 'not-yet' : 'ended' };
}

/** The limit counts for each code of the discount on its own. */
function usageProblem(code: RedeemCodeRecord, { usageLimit }: DiscountRecord): CodeProblem | null {
  return usageLimit !== null && code.usageCount >= usageLimit ? { reason: 'used-up' } : null;
}

function buyerProblem(discount: DiscountRecord, { customerId, email }: Basket): CodeProblem | null {
  if (discount.customerIds && (customerId === null || !discount.customerIds.includes(customerId))) {
    return { reason: 'not-for-you' };
  }
  if (!discount.oncePerCustomer) return null;
  const usedBefore = buyerKeys(customerId, email).some((key) => discount.usedBy.includes(key));
  return usedBefore ? { reason: 'used-by-you' } : null;
}

/** How a buyer is known again: by record and by address. */
export function buyerKeys(customerId: string | null, email: string | null): string[] {
  return [customerId, email?.trim().toLowerCase()].filter((key): key is string => Boolean(key));
}

function basketProblem({ minimum }: DiscountRecord, basket: Basket, entitled: boolean[]): CodeProblem | null {
  const lines = basket.lines.filter((_, index) => entitled[index]);
  if (lines.length === 0) return { reason: 'not-these-products' };
  if (minimum?.kind === 'subtotal') {
    const sum = lines.reduce((minor, line) => minor + lineMinor(line, basket.currency), 0);
    if (sum < toMinor(minimum.subtotal, basket.currency)) {
      return { reason: 'minimum-subtotal', amount: minimum.subtotal };
    }
  }
  if (minimum?.kind === 'quantity') {
    const count = lines.reduce((total, line) => total + line.quantity, 0);
    if (count < minimum.quantity) return { reason: 'minimum-quantity', count: minimum.quantity };
  }
  return null;
}

function shippingProblem({ value }: DiscountRecord, basket: Basket): CodeProblem | null {
  if (value.kind !== 'free-shipping') return null;
  const { maximumPrice, countries } = value;
  const price = toMinor(basket.shippingPrice, basket.currency);
  const isTooDear = maximumPrice !== null && price > toMinor(maximumPrice, basket.currency);
  const isElsewhere = countries !== null && basket.countryCode !== null && !countries.includes(basket.countryCode);
  return isTooDear || isElsewhere ? { reason: 'not-this-shipping' } : null;
}
