// Divides an amount over lines by their worth, to the last cent; and tells what each line of a sale bears. Used by pricing, payloads and GraphQL.
import { fromMinor, toMinor } from '../money';
import type { CheckoutRecord, DiscountCodeUse, OrderRecord } from '../records';

/** Whole minor units that add up to `total`; what rounding leaves goes to the largest remainders, never above a line's weight. */
export function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  let left = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    if ((shares[index] ?? 0) >= (weights[index] ?? 0)) continue;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}

type Sale = Pick<CheckoutRecord | OrderRecord, 'currency' | 'lines' | 'discountCodes'>;

/** What one code takes off each line, in line order; an amount given without a discount behind it is spread over all. */
export function perLine(sale: Sale, use: DiscountCodeUse): string[] {
  if (use.applied) return use.applied.perLine;
  const weights = sale.lines.map((line) => toMinor(line.price, sale.currency) * line.quantity);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const total = use.type === 'shipping' ? 0 : Math.min(sum, toMinor(use.amount, sale.currency));
  return spread(total, weights).map((minor) => fromMinor(minor, sale.currency));
}

/** Minor units that all codes together take off the line at that place. */
export function takenOffLine(sale: Sale, index: number): number {
  return sale.discountCodes.reduce((sum, use) => sum + toMinor(perLine(sale, use)[index] ?? '0', sale.currency), 0);
}

export function takenOffShipping(sale: Sale): string {
  const uses = sale.discountCodes.filter((use) => use.type === 'shipping');
  return fromMinor(
    uses.reduce((sum, use) => sum + toMinor(use.amount, sale.currency), 0),
    sale.currency,
  );
}
