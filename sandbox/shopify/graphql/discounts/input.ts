// Reads DiscountCodeBasicInput and DiscountCodeFreeShippingInput into terms, with Shopify's words for what is wrong. Used by mutations.ts.
import type { CombinesWith, DiscountMinimum, DiscountTerms } from '../../discounts/records';
import { normalAmount } from '../../money';
import type { GraphqlContext } from '../context';
import { readBuyers } from './input-buyers';
import { readItems } from './input-items';
import { readValue } from './input-value';
import { complain, type DiscountArgument, type InputObject, objectOf, type Reading } from './reading';
import type { DiscountUserError } from './user-error';

/** The terms as they would be; only good when there are no errors. */
export function readTerms(
  ctx: GraphqlContext,
  argument: DiscountArgument,
  input: InputObject,
  before?: DiscountTerms,
): { terms: DiscountTerms; errors: DiscountUserError[] } {
  const reading: Reading = { ctx, argument, input, before, errors: [] };
  const combinesWith = readCombination(reading);
  const title = readTitle(reading);
  const { startsAt, endsAt } = readPeriod(reading);
  const terms: DiscountTerms = {
    title,
    startsAt,
    endsAt,
    combinesWith,
    customerIds: readBuyers(reading),
    minimum: readMinimum(reading),
    value: readValue(reading),
    items: readItems(reading),
    usageLimit: readUsageLimit(reading),
    oncePerCustomer: Boolean(input.appliesOncePerCustomer ?? before?.oncePerCustomer),
    tags: Array.isArray(input.tags) ? input.tags.map(String) : (before?.tags ?? []),
  };
  return { terms, errors: reading.errors };
}

function readTitle(reading: Reading): string {
  const title = reading.input.title === undefined && reading.before ? reading.before.title : reading.input.title;
  const text = typeof title === 'string' ? title : '';
  if (text.trim() === '') complain(reading, ['title'], "Title can't be blank", 'BLANK');
  if (text.length > 255) complain(reading, ['title'], 'Title is too long (maximum is 255 characters)', 'TOO_LONG');
  return text;
}

function readPeriod(reading: Reading): { startsAt: string; endsAt: string | null } {
  const { input, before } = reading;
  const isoOf = (value: unknown) => new Date(String(value)).toISOString();
  if (!input.startsAt && !before) complain(reading, ['startsAt'], "Starts at can't be blank", 'BLANK');
  const startsAt = input.startsAt ? isoOf(input.startsAt) : (before?.startsAt ?? '');
  const endsAt = input.endsAt === undefined ? (before?.endsAt ?? null) : input.endsAt && isoOf(input.endsAt);
  if (typeof endsAt !== 'string') return { startsAt, endsAt: null };
  if (startsAt !== '' && Date.parse(endsAt) <= Date.parse(startsAt)) {
    complain(reading, ['endsAt'], 'Ends at needs to be after starts_at', 'INVALID');
  }
  return { startsAt, endsAt };
}

function readUsageLimit(reading: Reading): number | null {
  const { usageLimit } = reading.input;
  if (usageLimit === undefined) return reading.before?.usageLimit ?? null;
  if (typeof usageLimit !== 'number') return null;
  if (usageLimit <= 0) complain(reading, ['usageLimit'], 'Usage limit must be greater than 0', 'GREATER_THAN');
  return usageLimit;
}

function readMinimum(reading: Reading): DiscountMinimum | null {
  const { input, before, ctx } = reading;
  if (input.minimumRequirement === undefined) return before?.minimum ?? null;
  const wanted = objectOf(input.minimumRequirement);
  const subtotal = objectOf(wanted?.subtotal)?.greaterThanOrEqualToSubtotal ?? null;
  const quantity = objectOf(wanted?.quantity)?.greaterThanOrEqualToQuantity ?? null;
  if (subtotal !== null && quantity !== null) {
    const path = (kind: string, field: string) => ['minimumRequirement', kind, field];
    const atSubtotal = path('subtotal', 'greaterThanOrEqualToSubtotal');
    const atQuantity = path('quantity', 'greaterThanOrEqualToQuantity');
    complain(reading, atSubtotal, 'Minimum subtotal cannot be defined when minimum quantity is.', 'CONFLICT');
    complain(reading, atQuantity, 'Minimum quantity cannot be defined when minimum subtotal is.', 'CONFLICT');
  }
  if (subtotal !== null) {
    return { kind: 'subtotal', subtotal: normalAmount(String(subtotal), ctx.shop.record.currency) };
  }
  return quantity === null ? null : { kind: 'quantity', quantity: Number(quantity) };
}

function readCombination(reading: Reading): CombinesWith {
  const wanted = objectOf(reading.input.combinesWith);
  const before = reading.before?.combinesWith;
  const flag = (name: keyof CombinesWith) => Boolean(wanted ? wanted[name] : before?.[name]);
  if (reading.argument === 'freeShippingCodeDiscount' && wanted?.shippingDiscounts === true) {
    const message = 'The combinesWith settings are not valid for the discount class.';
    complain(reading, ['combinesWith'], message, 'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS');
  }
  return {
    orderDiscounts: flag('orderDiscounts'),
    productDiscounts: flag('productDiscounts'),
    shippingDiscounts: flag('shippingDiscounts'),
  };
}
