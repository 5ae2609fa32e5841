// Discounts of a checkout or an order: codes of the shop's own, worked out and counted, beside amounts that are simply given.
import { basketOf } from '../discounts/basket';
import { buyerKeys } from '../discounts/check';
import { type PricedCodes, priceCodes } from '../discounts/price';
import { CodeRefusal } from '../discounts/refusal';
import { fromMinor, normalAmount } from '../money';
import type { CheckoutRecord, DiscountCodeUse, OrderRecord } from '../records';
import type { ShopState } from '../state';
import { sumCodes } from '../totals';

export interface DiscountInput {
  code: string;
  /** In the shop's currency; absent: a code of the shop's own, which must fit. */
  amount?: string | number | undefined;
  type?: DiscountCodeUse['type'] | undefined;
}

type Basics = 'currency' | 'lines' | 'shippingPrice' | 'shippingAddress' | 'customerId' | 'email';
type Priced = Pick<CheckoutRecord, 'discountCodes' | 'totalDiscounts'>;

/** Refuses a code of the shop's own that does not fit. */
export function makeDiscounts(
  shop: ShopState,
  sale: Pick<CheckoutRecord, Basics>,
  inputs: DiscountInput[] = [],
  now: number,
): Priced {
  const { currency } = shop.record;
  const given = inputs.flatMap(({ code, amount, type }): DiscountCodeUse[] =>
    amount === undefined ? [] : [{ code, amount: normalAmount(amount, currency), type: type ?? 'fixed_amount' }],
  );
  const own = inputs.filter(({ amount }) => amount === undefined).map(({ code }) => code);
  const { uses, refused } = priceCodes(shop, basketOf(sale), own, now);
  const [first] = refused;
  if (first) throw new CodeRefusal(first.code, first.problem);
  return summed([...given, ...uses], currency);
}

/** Works the codes of a sale out again after it changed; those that no longer fit are dropped and told. */
export function repriceDiscounts(
  shop: ShopState,
  sale: Pick<CheckoutRecord, Basics> & Priced,
  now: number,
): PricedCodes['refused'] {
  const own = sale.discountCodes.filter((use) => use.applied).map(({ code }) => code);
  return own.length === 0 ? [] : setCodes(shop, sale, own, now);
}

/** These codes of the shop's own instead of those there were; of two that cannot be combined the first counts. */
export function setCodes(
  shop: ShopState,
  sale: Pick<CheckoutRecord, Basics> & Priced,
  codes: string[],
  now: number,
): PricedCodes['refused'] {
  const given = sale.discountCodes.filter((use) => !use.applied);
  const { uses, refused } = priceCodes(shop, basketOf(sale), codes, now);
  Object.assign(sale, summed([...given, ...uses], shop.record.currency));
  return refused;
}

function summed(discountCodes: DiscountCodeUse[], currency: string): Priced {
  return { discountCodes, totalDiscounts: fromMinor(sumCodes(discountCodes, currency), currency) };
}

/** Codes are used when the order is placed, whatever becomes of it. */
export function countUses(shop: ShopState, order: OrderRecord): void {
  for (const { code: text } of order.discountCodes) {
    const code = shop.book.findCode(text);
    const discount = code && shop.discounts.get(code.discountId);
    if (!code || !discount) continue;
    code.usageCount += 1;
    discount.usageCount += 1;
    discount.usedBy = [...new Set([...discount.usedBy, ...buyerKeys(order.customerId, order.email)])];
  }
}
