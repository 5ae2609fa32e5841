// Adds up a checkout or an order, in the shop's currency; presentment amounts are converted where they are shown.
import { fromMinor, toMinor } from './money';
import type { CheckoutRecord, DiscountCodeUse, LineRecord, OrderRecord } from './records';

export interface Totals {
  /** Sum of price × quantity. */
  lines: string;
  discounts: string;
  /** Lines less discounts on them. */
  subtotal: string;
  shipping: string;
  tax: string;
  total: string;
}

type Sellable = Pick<
  CheckoutRecord,
  'currency' | 'lines' | 'discountCodes' | 'totalDiscounts' | 'shippingPrice' | 'totalTax' | 'taxesIncluded'
>;

export function totalsOf(sale: Sellable, quantityOf: (line: LineRecord) => number = (line) => line.quantity): Totals {
  const { currency } = sale;
  const lines = sale.lines.reduce((sum, line) => sum + toMinor(line.price, currency) * quantityOf(line), 0);
  const onShipping = sumCodes(sale.discountCodes.filter(isShipping), currency);
  const onLines = Math.min(lines, Math.max(0, toMinor(sale.totalDiscounts, currency) - onShipping));
  const subtotal = lines - onLines;
  const shipping = toMinor(sale.shippingPrice, currency);
  const tax = toMinor(sale.totalTax, currency);
  const total = subtotal + Math.max(0, shipping - onShipping) + (sale.taxesIncluded ? 0 : tax);
  const text = (minor: number) => fromMinor(minor, currency);
  return {
    lines: text(lines),
    discounts: text(onLines + Math.min(shipping, onShipping)),
    subtotal: text(subtotal),
    shipping: text(shipping),
    tax: text(tax),
    total: text(total),
  };
}

/** What an order is worth after its refunds. */
export function currentTotal(order: OrderRecord): string {
  const total = toMinor(totalsOf(order).total, order.currency);
  return fromMinor(Math.max(0, total - toMinor(refunded(order), order.currency)), order.currency);
}

export function refunded(order: OrderRecord): string {
  const sum = order.refunds.reduce((minor, refund) => minor + toMinor(refund.amount, order.currency), 0);
  return fromMinor(sum, order.currency);
}

export function sumCodes(codes: DiscountCodeUse[], currency: string): number {
  return codes.reduce((sum, code) => sum + toMinor(code.amount, currency), 0);
}

function isShipping(code: DiscountCodeUse): boolean {
  return code.type === 'shipping';
}
