// Codes as orders and abandoned checkouts show them: applications, and what each line got of them. Shared by both types' resolvers.
import { perLine, takenOffLine } from '../../discounts/spread';
import { fromMinor, toMinor } from '../../money';
import type { CheckoutRecord, DiscountCodeUse, LineRecord, OrderRecord } from '../../records';
import { connection } from '../connection';
import { type Args, fields, type GraphqlContext, type Resolvers, tagged } from '../context';
import { moneyBag, moneyV2 } from '../resolvers/money';

type Sale = OrderRecord | CheckoutRecord;

interface Application {
  sale: Sale;
  use: DiscountCodeUse;
  index: number;
}

function applicationsOf(sale: Sale): Application[] {
  return sale.discountCodes.map((use, index) => tagged('DiscountCodeApplication', { sale, use, index }));
}

export function discountApplications(sale: Sale, args: Args, ctx: GraphqlContext) {
  return connection(ctx, applicationsOf(sale), args, { id: ({ index }) => String(index) });
}

/** One share for each code that takes something off the line. */
export function lineShares(sale: Sale, line: LineRecord) {
  const place = sale.lines.indexOf(line);
  return applicationsOf(sale).flatMap((application) => {
    const amount = perLine(sale, application.use)[place] ?? '0';
    if (toMinor(amount, sale.currency) === 0) return [];
    return [{ application, amount }];
  });
}

/** What is to be paid for the line after all codes, and for one piece of it. */
export function lineAfterCodes(sale: Sale, line: LineRecord) {
  const { currency } = sale;
  const minor = toMinor(line.price, currency) * line.quantity - takenOffLine(sale, sale.lines.indexOf(line));
  return {
    total: moneyBag(fromMinor(minor, currency), sale),
    unit: moneyBag(fromMinor(Math.round(minor / line.quantity), currency), sale),
  };
}

export const discountUseResolvers: Resolvers = {
  DiscountCodeApplication: fields<Application>({
    code: ({ use }) => use.code,
    allocationMethod: ({ use }) => (use.applied?.method ?? 'across').toUpperCase(),
    targetSelection: ({ use }) => (use.applied?.selection ?? 'all').toUpperCase(),
    targetType: ({ use }) => (use.type === 'shipping' ? 'SHIPPING_LINE' : 'LINE_ITEM'),
    value: ({ use, sale }) =>
      use.applied?.isPercentage
        ? tagged('PricingPercentageValue', { percentage: Number(use.applied.value) })
        : tagged('MoneyV2', moneyV2(use.applied?.value ?? use.amount, sale.currency)),
  }),
  DiscountAllocation: fields<{ application: Application; amount: string }>({
    discountApplication: ({ application }) => application,
    allocatedAmount: ({ application, amount }) => moneyV2(amount, application.sale.currency),
    allocatedAmountSet: ({ application, amount }) => moneyBag(amount, application.sale),
  }),
};
