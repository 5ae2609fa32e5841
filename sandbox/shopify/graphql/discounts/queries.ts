// The query root's part for discounts: by id, by code, lists with their search, the state of codes being added, jobs.
import { type DiscountRecord, discountClass, discountStatus } from '../../discounts/records';
import { idOf } from '../../ids';
import { connection, rootConnection, type SortKey } from '../connection';
import type { Args, GraphqlContext, Resolver } from '../context';
import { type SearchTable, searchTest } from '../search';
import { discountIdOf } from './discount-id';

function typeWord({ value }: DiscountRecord): string {
  if (value.kind === 'percentage') return 'percentage';
  return value.kind === 'amount' ? 'fixed_amount' : 'free_shipping';
}

function discountSearch(ctx: GraphqlContext): SearchTable<DiscountRecord> {
  const codes = ({ id }: DiscountRecord) => ctx.shop.book.codesOf(id).map(({ code }) => code);
  return {
    text: (discount) => `${discount.title} ${ctx.shop.book.codesOf(discount.id)[0]?.code ?? ''}`,
    fields: {
      id: { kind: 'id', of: ({ id }) => id },
      title: { kind: 'words', of: ({ title }) => [title] },
      code: { kind: 'word', of: codes },
      status: { kind: 'word', of: (discount) => discountStatus(discount, ctx.clock.now()).toLowerCase() },
      method: { kind: 'word', of: () => 'code' },
      type: { kind: 'word', of: typeWord },
      discount_type: { kind: 'word', of: typeWord },
      discount_class: { kind: 'word', of: (discount) => discountClass(discount).toLowerCase() },
      tag: { kind: 'word', of: ({ tags }) => tags },
      times_used: { kind: 'number', of: ({ usageCount }) => usageCount },
      created_at: { kind: 'date', of: ({ createdAt }) => createdAt },
      updated_at: { kind: 'date', of: ({ updatedAt }) => updatedAt },
      starts_at: { kind: 'date', of: ({ startsAt }) => startsAt },
      ends_at: { kind: 'date', of: ({ endsAt }) => endsAt },
    },
  };
}

export function findDiscounts(ctx: GraphqlContext, query: unknown): DiscountRecord[] {
  const test = searchTest(typeof query === 'string' ? query : undefined, discountSearch(ctx));
  return [...ctx.shop.discounts.values()].filter(test);
}

const sortValues: Record<string, (discount: DiscountRecord) => string> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  STARTS_AT: ({ startsAt }) => startsAt,
  ENDS_AT: ({ endsAt }) => endsAt ?? '9999',
  TITLE: ({ title }) => title.toLowerCase(),
};

const discountKey = (args: Args): SortKey<DiscountRecord> => ({
  id: ({ id }) => id,
  value: sortValues[String(args.sortKey)],
});

const oneDiscount: Resolver = (_root, args, ctx) => ctx.shop.discounts.get(discountIdOf(args.id) ?? '') ?? null;
const list: Resolver = (_root, args, ctx) =>
  rootConnection(ctx, () => findDiscounts(ctx, args.query), args, discountKey(args));

function counted(total: number, args: Args) {
  const limit = typeof args.limit === 'number' ? args.limit : Number.POSITIVE_INFINITY;
  return { count: Math.min(total, limit), precision: total > limit ? 'AT_LEAST' : 'EXACT' };
}

export const discountQueries: Record<string, Resolver> = {
  discountNode: oneDiscount,
  codeDiscountNode: oneDiscount,
  discountNodes: list,
  codeDiscountNodes: list,
  discountNodesCount: (_root, args, ctx) => counted(findDiscounts(ctx, args.query).length, args),
  discountCodesCount: (_root, args, ctx) => {
    const total = findDiscounts(ctx, args.query).reduce((sum, { id }) => sum + ctx.shop.book.codeCount(id), 0);
    return counted(total, args);
  },
  codeDiscountNodeByCode: (_root, args, ctx) => {
    const code = ctx.shop.book.findCode(String(args.code));
    return code ? (ctx.shop.discounts.get(code.discountId) ?? null) : null;
  },
  discountRedeemCodeBulkCreation: (_root, args, ctx) => {
    const id = idOf(String(args.id), 'DiscountRedeemCodeBulkCreation');
    return id === null ? null : (ctx.shop.codeCreations.get(id) ?? null);
  },
  job: (_root, args) => {
    const isJob = /^gid:\/\/shopify\/Job\/[\w-]+$/.test(String(args.id));
    return isJob ? { id: args.id, done: true, query: null } : null;
  },
};

/** The codes of one discount, searched and sorted as asked. */
export function codesConnection(discount: DiscountRecord, args: Args, ctx: GraphqlContext) {
  const table: SearchTable<{ id: string; code: string; createdAt: string; usageCount: number }> = {
    text: ({ code }) => code,
    fields: {
      code: { kind: 'word', of: ({ code }) => code },
      created_at: { kind: 'date', of: ({ createdAt }) => createdAt },
      times_used: { kind: 'number', of: ({ usageCount }) => usageCount },
    },
  };
  const test = searchTest(typeof args.query === 'string' ? args.query : undefined, table);
  const value = args.sortKey === 'CODE' ? ({ code }: { code: string }) => code : undefined;
  return connection(ctx, ctx.shop.book.codesOf(discount.id).filter(test), args, { id: ({ id }) => id, value });
}
