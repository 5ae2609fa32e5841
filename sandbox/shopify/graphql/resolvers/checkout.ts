// AbandonedCheckout: every checkout with contact details, completed ones included.
import type { CheckoutRecord, LineRecord } from '../../records';
import { totalsOf } from '../../totals';
import { checkoutRecoveryUrl } from '../../urls';
import { connection, type SortKey, writeCursor } from '../connection';
import { type Args, fields, type GraphqlContext, textArg } from '../context';
import { lineAfterCodes, lineShares } from '../discounts/use-types';
import { type SearchTable, searchTest } from '../search';
import { moneyBag, times } from './money';
import { lineImage, lineProduct, lineVariant } from './order';

interface CheckoutLine {
  checkout: CheckoutRecord;
  line: LineRecord;
}

const checkoutSearch: SearchTable<CheckoutRecord> = {
  text: (checkout) => `${checkout.name} ${checkout.email ?? ''}`,
  fields: {
    id: { kind: 'id', of: (checkout) => checkout.id },
    created_at: { kind: 'date', of: (checkout) => checkout.createdAt },
    updated_at: { kind: 'date', of: (checkout) => checkout.updatedAt },
    status: { kind: 'word', of: (checkout) => (checkout.completedAt ? 'closed' : 'open') },
    recovery_state: { kind: 'word', of: (checkout) => (checkout.completedAt ? 'recovered' : 'not_recovered') },
    email_state: { kind: 'word', of: () => 'not_sent' },
  },
};

const checkoutValues: Record<string, (checkout: CheckoutRecord) => string | number> = {
  CREATED_AT: (checkout) => checkout.createdAt,
  TOTAL_PRICE: (checkout) => Number(totalsOf(checkout).total),
};

export function checkoutKey(args: Args): SortKey<CheckoutRecord> {
  return { id: (checkout) => checkout.id, value: checkoutValues[String(args.sortKey)] };
}

export function findCheckouts(ctx: GraphqlContext, args: Args): CheckoutRecord[] {
  const test = searchTest(textArg(args, 'query'), checkoutSearch);
  return [...ctx.shop.checkouts.values()].filter(
    (checkout) =>
      (checkout.email !== null || checkout.phone !== null || checkout.customerId !== null) && test(checkout),
  );
}

export const checkoutResolvers = {
  AbandonedCheckout: fields<CheckoutRecord>({
    id: (checkout) => `gid://shopify/AbandonedCheckout/${checkout.id}`,
    defaultCursor: (checkout) => writeCursor(checkout, { id: ({ id }) => id }),
    abandonedCheckoutUrl: (checkout, _args, ctx) => checkoutRecoveryUrl(ctx.state, ctx.shop.record, checkout),
    customer: (checkout, _args, ctx) =>
      checkout.customerId === null ? null : (ctx.shop.customers.get(checkout.customerId) ?? null),
    customAttributes: () => [],
    note: (checkout) => checkout.note ?? '',
    taxLines: () => [],
    discountCodes: (checkout) => checkout.discountCodes.map(({ code }) => code),
    lineItems: (checkout, args, ctx) =>
      connection(
        ctx,
        checkout.lines.map((line) => ({ checkout, line })),
        args,
        { id: ({ line }) => line.id },
      ),
    lineItemsQuantity: (checkout) => checkout.lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotalPriceSet: (checkout) => moneyBag(totalsOf(checkout).subtotal, checkout),
    totalPriceSet: (checkout) => moneyBag(totalsOf(checkout).total, checkout),
    totalLineItemsPriceSet: (checkout) => moneyBag(totalsOf(checkout).lines, checkout),
    totalDiscountSet: (checkout) => moneyBag(totalsOf(checkout).discounts, checkout),
    totalTaxSet: (checkout) => moneyBag(checkout.totalTax, checkout),
    totalDutiesSet: () => null,
  }),
  AbandonedCheckoutLineItem: fields<CheckoutLine>({
    id: ({ line }) => `gid://shopify/AbandonedCheckoutLineItem/${line.id}`,
    title: ({ line }) => line.title,
    variantTitle: ({ line }) => line.variantTitle,
    sku: ({ line }) => line.sku,
    quantity: ({ line }) => line.quantity,
    components: () => null,
    customAttributes: () => [],
    parentRelationship: () => null,
    product: ({ line }, _args, ctx) => lineProduct(ctx, line),
    variant: ({ line }, _args, ctx) => lineVariant(ctx, line),
    image: ({ line }, _args, ctx) => lineImage(ctx, line),
    originalUnitPriceSet: ({ line, checkout }) => moneyBag(line.price, checkout),
    discountedUnitPriceSet: ({ line, checkout }) => moneyBag(line.price, checkout),
    originalTotalPriceSet: ({ line, checkout }) => moneyBag(times(line.price, line.quantity), checkout),
    discountAllocations: ({ line, checkout }, args, ctx) => {
      const shares = lineShares(checkout, line);
      return connection(ctx, shares, args, { id: ({ application }) => String(application.index) });
    },
    discountedTotalPriceWithCodeDiscount: ({ line, checkout }) => lineAfterCodes(checkout, line).total,
    discountedUnitPriceWithCodeDiscount: ({ line, checkout }) => lineAfterCodes(checkout, line).unit,
    discountedTotalPriceSet: ({ line, checkout }) => moneyBag(times(line.price, line.quantity), checkout),
  }),
};
