// The discount mutations on many: codes added and removed, discounts ended and deleted. Part of all resolvers.
import { randomUUID } from 'node:crypto';
import type { CodeCreationRecord } from '../../discounts/records';
import { idOf } from '../../ids';
import type { Args, GraphqlContext, Resolver } from '../context';
import { discountIdOf } from './discount-id';
import { changing } from './mutations';
import { findDiscounts } from './queries';
import { type DiscountUserError, refuseLongList, userError } from './user-error';

function addCodes(args: Args, ctx: GraphqlContext) {
  const refused = (error: DiscountUserError) => ({ bulkCreation: null, userErrors: [error] });
  const codes = (args.codes as { code: string }[]).map(({ code }) => code);
  refuseLongList(codes);
  const discountId = discountIdOf(args.discountId);
  if (discountId === null || !ctx.shop.discounts.has(discountId)) {
    return refused(userError(['discountId'], 'Code discount does not exist.', 'INVALID'));
  }
  if (codes.length === 0) return refused(userError(['codes'], "Codes can't be blank", 'BLANK'));
  const creation: CodeCreationRecord = {
    id: ctx.state.nextId('codeCreation'),
    discountId,
    done: false,
    codes: codes.map((code) => ({ code, codeId: null, error: null })),
    createdAt: `${new Date(ctx.clock.now()).toISOString().slice(0, 19)}Z`,
  };
  ctx.shop.codeCreations.set(creation.id, creation);
  ctx.shop.touch();
  ctx.codes.start(ctx.shop, creation);
  return { bulkCreation: creation, userErrors: [] };
}

const failedJob = (field: string[] | null, message: string, code: string | null = null) => ({
  job: null,
  userErrors: [userError(field, message, code)],
});

/** What is wrong with saying which ones: one of ids, search and a saved search must be given. */
function selectionError(args: Args) {
  const given = ['ids', 'search', 'savedSearchId'].filter((name) => (args[name] ?? null) !== null);
  if (given.length === 0) {
    const message = "Missing expected argument key: 'ids', 'search' or 'saved_search_id'.";
    return failedJob(null, message, 'MISSING_ARGUMENT');
  }
  if (given.length > 1) {
    return failedJob(null, "Only one of 'ids', 'search' or 'saved_search_id' is allowed.", 'TOO_MANY_ARGUMENTS');
  }
  if (given[0] === 'savedSearchId') return failedJob(['savedSearchId'], "Invalid 'saved_search_id'.", 'INVALID');
  if (given[0] === 'search' && String(args.search).trim() === '') {
    return failedJob(['search'], "'Search' can't be blank.", 'BLANK');
  }
  return null;
}

/** The work is done by the time the job is asked after. */
const startedJob = () => ({ job: { id: `gid://shopify/Job/${randomUUID()}`, done: false }, userErrors: [] });

function eachDiscount(verb: 'deleteDiscount' | 'deactivateDiscount' | 'activateDiscount') {
  return (args: Args, ctx: GraphqlContext) => {
    const error = selectionError(args);
    if (error) return error;
    const ids = Array.isArray(args.ids)
      ? args.ids.map((gid) => discountIdOf(gid) ?? '')
      : findDiscounts(ctx, args.search).map(({ id }) => id);
    refuseLongList(Array.isArray(args.ids) ? ids : []);
    for (const id of ids) if (ctx.shop.discounts.has(id)) ctx.actions[verb](ctx.shop.domain, id);
    return startedJob();
  };
}

function removeCodes(args: Args, ctx: GraphqlContext) {
  const error = selectionError(args);
  if (error) return error;
  const discountId = discountIdOf(args.discountId);
  if (discountId === null || !ctx.shop.discounts.has(discountId)) {
    return failedJob(['discountId'], 'Code discount does not exist.', 'INVALID');
  }
  const word = String(args.search ?? '').toUpperCase();
  const ids = Array.isArray(args.ids)
    ? args.ids.map((gid) => idOf(String(gid), 'DiscountRedeemCode') ?? '')
    : ctx.shop.book.codesOf(discountId).flatMap(({ id, code }) => (code.toUpperCase().includes(word) ? [id] : []));
  refuseLongList(Array.isArray(args.ids) ? ids : []);
  ctx.actions.deleteRedeemCodes(ctx.shop.domain, discountId, ids);
  return startedJob();
}

export const discountBulkMutations: Record<string, Resolver> = {
  discountRedeemCodeBulkAdd: changing(addCodes),
  discountCodeRedeemCodeBulkDelete: changing(removeCodes),
  discountCodeBulkDelete: changing(eachDiscount('deleteDiscount')),
  discountCodeBulkDeactivate: changing(eachDiscount('deactivateDiscount')),
  discountCodeBulkActivate: changing(eachDiscount('activateDiscount')),
};
