// Finding and sorting orders: shared by the query root and Customer.orders.
import { compareIds } from '../../ids';
import type { OrderRecord } from '../../records';
import { totalsOf } from '../../totals';
import type { SortKey } from '../connection';
import { type Args, canSeeOrder, type GraphqlContext, textArg } from '../context';
import { type SearchTable, searchTest } from '../search';

const orderSearch: SearchTable<OrderRecord> = {
  text: (order) => `${order.name} ${order.email ?? ''}`,
  fields: {
    id: { kind: 'id', of: (order) => order.id },
    created_at: { kind: 'date', of: (order) => order.createdAt },
    updated_at: { kind: 'date', of: (order) => order.updatedAt },
    processed_at: { kind: 'date', of: (order) => order.processedAt },
    customer_id: { kind: 'id', of: (order) => order.customerId },
    email: { kind: 'word', of: (order) => order.email },
    name: { kind: 'word', of: (order) => order.name },
    status: { kind: 'words', of: statusWords },
    financial_status: { kind: 'word', of: (order) => order.financialStatus },
    fulfillment_status: { kind: 'words', of: fulfillmentWords },
    checkout_token: { kind: 'word', of: (order) => order.checkoutToken },
    cart_token: { kind: 'word', of: (order) => order.cartToken },
    discount_code: { kind: 'words', of: (order) => order.discountCodes.map(({ code }) => code) },
    tag: { kind: 'words', of: (order) => order.tags },
    source_name: { kind: 'word', of: (order) => order.sourceName },
    test: { kind: 'flag', of: (order) => order.test },
  },
};

function statusWords(order: OrderRecord): string[] {
  const words = ['any'];
  if (order.cancelledAt) words.push('cancelled', 'not_open');
  else words.push(order.closedAt ? 'closed' : 'open', 'not_cancelled');
  return words;
}

function fulfillmentWords(order: OrderRecord): string[] {
  const status = order.fulfillmentStatus.toLowerCase();
  return order.fulfillmentStatus === 'FULFILLED' ? [status, 'shipped'] : [status, 'unshipped'];
}

const orderValues: Record<string, (order: OrderRecord) => string | number> = {
  CREATED_AT: (order) => order.createdAt,
  UPDATED_AT: (order) => order.updatedAt,
  PROCESSED_AT: (order) => order.processedAt,
  ORDER_NUMBER: (order) => order.number,
  TOTAL_PRICE: (order) => Number(totalsOf(order).total),
};

export function orderKey(args: Args): SortKey<OrderRecord> {
  return { id: (order) => order.id, value: orderValues[String(args.sortKey)] };
}

/** In id order, only those the app may see. */
export function findOrders(ctx: GraphqlContext, args: Args, among?: OrderRecord[]): OrderRecord[] {
  const test = searchTest(textArg(args, 'query'), orderSearch);
  const found: OrderRecord[] = [];
  for (const order of among ?? ctx.shop.orders.values()) if (canSeeOrder(ctx, order) && test(order)) found.push(order);
  return among ? found.sort((a, b) => compareIds(a.id, b.id)) : found;
}
