// A discount in one line as the admin shows it: "10% off entire order • Minimum purchase of €40.00". Used by types.ts.
import type { DiscountTerms } from '../../discounts/records';

export function shortSummary(terms: DiscountTerms, currency: string): string {
  const { value, items } = terms;
  if (value.kind === 'free-shipping') return 'Free shipping';
  const off =
    value.kind === 'percentage' ? `${Math.round(value.percentage * 10_000) / 100}%` : money(value.amount, currency);
  if (items.kind === 'all') return `${off} off entire order`;
  const each = value.kind === 'amount' && !value.onEachItem ? ' in total' : '';
  if (items.kind === 'collections') return `${off} off ${counted(items.collectionIds.length, 'collection')}${each}`;
  const count = items.productIds.length + items.variantIds.length;
  return `${off} off ${counted(count, 'product')}${each}`;
}

export function fullSummary(terms: DiscountTerms, currency: string): string {
  const { minimum, oncePerCustomer, customerIds, value } = terms;
  const where =
    value.kind !== 'free-shipping'
      ? null
      : value.countries
        ? counted(value.countries.length, 'country')
        : 'All countries';
  const least =
    minimum === null
      ? null
      : minimum.kind === 'subtotal'
        ? `Minimum purchase of ${money(minimum.subtotal, currency)}`
        : `Minimum quantity of ${minimum.quantity}`;
  const who = customerIds ? `For ${counted(customerIds.length, 'customer')}` : null;
  const parts = [shortSummary(terms, currency), where, least, who, oncePerCustomer ? 'One use per customer' : null];
  return parts.filter(Boolean).join(' • ');
}

function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

function money(amount: string, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(amount));
}
