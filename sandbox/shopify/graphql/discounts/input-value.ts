// What a discount takes off: a percentage, an amount, or the shipping. Part of input.ts.
import type { DiscountValue } from '../../discounts/records';
import { normalAmount } from '../../money';
import { complain, objectOf, type Reading } from './reading';
import { badRequest } from './user-error';

export function readValue(reading: Reading): DiscountValue {
  return reading.argument === 'freeShippingCodeDiscount' ? readShipping(reading) : readMerchandise(reading);
}

const nothing: DiscountValue = { kind: 'percentage', percentage: 0 };

function readMerchandise(reading: Reading): DiscountValue {
  const { input, before } = reading;
  const gets = objectOf(input.customerGets);
  for (const field of ['appliesOnSubscription', 'appliesOnOneTimePurchase']) {
    if (gets?.[field] === undefined || gets[field] === null) continue;
    const words = field === 'appliesOnSubscription' ? 'applies on subscription' : 'applies on one time purchase';
    complain(reading, ['customerGets', field], `Customer gets ${words} is not permitted for this shop.`, 'INVALID');
  }
  const value = objectOf(gets?.value);
  if (!value) {
    if (!before) complain(reading, ['customerGets', 'value'], "Value can't be blank", 'BLANK');
    return before?.value ?? nothing;
  }
  const kinds = ['percentage', 'discountAmount', 'discountOnQuantity'].filter((kind) => (value[kind] ?? null) !== null);
  if (kinds.length > 1) {
    throw badRequest('A discount can only have one of percentage, discountOnQuantity or discountAmount.');
  }
  if (kinds[0] === 'discountOnQuantity') {
    const path = ['customerGets', 'value', 'discountOnQuantity'];
    complain(reading, path, 'discountOnQuantity field is only permitted with bxgy discounts.', 'INVALID');
    return nothing;
  }
  return kinds[0] === 'percentage' ? readPercentage(reading, Number(value.percentage)) : readAmount(reading, value);
}

function readPercentage(reading: Reading, percentage: number): DiscountValue {
  if (!(percentage >= 0 && percentage <= 1)) {
    const path = ['customerGets', 'value', 'percentage'];
    complain(reading, path, 'Value must be between 0.0 and 1.0', 'VALUE_OUTSIDE_RANGE');
  }
  return { kind: 'percentage', percentage };
}

function readAmount(reading: Reading, value: Record<string, unknown>): DiscountValue {
  const wanted = objectOf(value.discountAmount);
  const path = ['customerGets', 'value', 'discountAmount', 'amount'];
  const amount = Number(wanted?.amount ?? Number.NaN);
  if (Number.isNaN(amount)) complain(reading, path, "Amount can't be blank", 'BLANK');
  // Shopify keeps it as a negative number, and words its refusal for that.
  else if (amount < 0) complain(reading, path, 'Value must be less than or equal to 0', 'LESS_THAN_OR_EQUAL_TO');
  return {
    kind: 'amount',
    amount: normalAmount(Number.isNaN(amount) ? 0 : String(wanted?.amount), reading.ctx.shop.record.currency),
    onEachItem: wanted?.appliesOnEachItem === true,
  };
}

function readShipping(reading: Reading): DiscountValue {
  const { input, before, ctx } = reading;
  const former = before?.value.kind === 'free-shipping' ? before.value : { maximumPrice: null, countries: null };
  const destination = objectOf(input.destination);
  if (!destination && !before) complain(reading, ['destination'], "Destination can't be blank", 'BLANK');
  const price = input.maximumShippingPrice;
  const maximumPrice =
    price === undefined
      ? former.maximumPrice
      : price === null
        ? null
        : normalAmount(String(price), ctx.shop.record.currency);
  return {
    kind: 'free-shipping',
    maximumPrice,
    countries: destination ? countriesOf(destination, former.countries) : former.countries,
  };
}

/** null: every country. */
function countriesOf(destination: Record<string, unknown>, former: string[] | null): string[] | null {
  const countries = objectOf(destination.countries);
  if (destination.all || !countries || countries.includeRestOfWorld === true) return null;
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  const removed = list(countries.remove);
  return [...new Set([...(former ?? []), ...list(countries.add)])].filter((code) => !removed.includes(code));
}
