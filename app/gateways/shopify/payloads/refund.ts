/** What a refund gave back, in the shop's currency. */
import { z } from 'zod';
import { amount, anything, id, listOf, maybe, text, time } from '../fields';

const money = z.object({ amount, currency_code: text });
const moneySet = maybe(z.object({ shop_money: money, presentment_money: money }));
type MoneySet = z.output<typeof moneySet>;

export const refundShape = z.looseObject({
  id: anything,
  admin_graphql_api_id: anything,
  order_id: id,
  created_at: time,
  processed_at: time,
  transactions: listOf(z.looseObject({ kind: text, status: text, amount, currency: text })),
  refund_line_items: listOf(z.looseObject({ subtotal_set: moneySet })),
});

/**
 * The money that moved: successful refund transactions, as the Admin API's `totalRefundedSet` counts. A transaction in the
 * shopper's currency is converted at the rate the order was placed at, read from any pair of amounts at hand.
 */
export function refundAmount(
  refund: z.output<typeof refundShape>,
  shopCurrency: string | null,
  orderTotal: MoneySet,
): string {
  const pairs = [orderTotal, ...refund.refund_line_items.map((line) => line.subtotal_set)];
  const pair = pairs.find((one) => Number(one?.presentment_money.amount) > 0 && Number(one?.shop_money.amount) > 0);
  const currency = shopCurrency ?? pair?.shop_money.currency_code ?? null;
  const rate = pair ? Number(pair.shop_money.amount) / Number(pair.presentment_money.amount) : 1;
  const moved = refund.transactions.filter((one) => one.kind === 'refund' && one.status === 'success');
  const total = moved.reduce((sum, one) => {
    const foreign = one.currency !== null && currency !== null && one.currency !== currency;
    return sum + Number(one.amount ?? 0) * (foreign ? rate : 1);
  }, 0);
  // More than any column holds is no refund but nonsense.
  return Math.min(total, 1e15).toFixed(4);
}
