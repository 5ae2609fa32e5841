// The mutations on one code discount: create, update, end, resume, delete. Part of all resolvers; code lists are in bulk-mutations.ts.
import type { Args, GraphqlContext, Resolver } from '../context';
import { codeErrors } from './code-input';
import { discountIdOf } from './discount-id';
import { readTerms } from './input';
import { type DiscountArgument, type InputObject, objectOf } from './reading';
import { badRequest, type DiscountUserError, userError } from './user-error';

type Run = (args: Args, ctx: GraphqlContext) => unknown;

/** Every change of a discount goes through here, so that the fault can stop it. */
export function changing(run: Run): Resolver {
  return (_root, args, ctx) => {
    if (ctx.faults.discountsFail) {
      throw badRequest('Internal error. Looks like something went wrong on our end.', 'INTERNAL_SERVER_ERROR');
    }
    return run(args, ctx);
  };
}

const refused = (userErrors: DiscountUserError[]) => ({ codeDiscountNode: null, userErrors });

function create(argument: DiscountArgument): Run {
  return (args, ctx) => {
    const input = objectOf(args[argument]) ?? {};
    const { terms, errors } = readTerms(ctx, argument, input);
    const all = [...errors, ...codeErrors(ctx, argument, input.code)];
    if (all.length > 0) return refused(all);
    const discount = ctx.actions.putDiscount(ctx.shop.domain, terms, String(input.code).trim());
    return { codeDiscountNode: discount, userErrors: [] };
  };
}

function update(argument: DiscountArgument): Run {
  return (args, ctx) => {
    const discount = ctx.shop.discounts.get(discountIdOf(args.id) ?? '');
    if (!discount) return refused([userError(['id'], 'Discount does not exist')]);
    const input = objectOf(args[argument]) ?? {};
    const isShipping = discount.value.kind === 'free-shipping';
    if (isShipping !== (argument === 'freeShippingCodeDiscount')) {
      return refused([userError(['id'], 'Discount does not exist')]);
    }
    const codes = codeChange(args.id, input, ctx, argument);
    if (codes.length > 0) return refused(codes);
    const { terms, errors } = readTerms(ctx, argument, input, discount);
    if (errors.length > 0) return refused(errors);
    const [only] = ctx.shop.book.codesOf(discount.id);
    if (typeof input.code === 'string' && only) ctx.shop.book.renameCode(only, input.code.trim());
    return { codeDiscountNode: ctx.actions.updateDiscount(ctx.shop.domain, discount.id, terms), userErrors: [] };
  };
}

/** A discount with many codes keeps them. */
function codeChange(
  gid: unknown,
  input: InputObject,
  ctx: GraphqlContext,
  argument: DiscountArgument,
): DiscountUserError[] {
  if (input.code === undefined || input.code === null) return [];
  const codes = ctx.shop.book.codesOf(discountIdOf(gid) ?? '');
  if (codes.length > 1) return [userError(['id'], 'Cannot update the code of a bulk discount.')];
  return codeErrors(ctx, argument, input.code, codes[0]);
}

function switching(verb: 'activateDiscount' | 'deactivateDiscount'): Run {
  return (args, ctx) => {
    const id = discountIdOf(args.id);
    if (id === null || !ctx.shop.discounts.has(id)) {
      return refused([userError(['id'], 'Code discount does not exist.', 'INVALID')]);
    }
    return { codeDiscountNode: ctx.actions[verb](ctx.shop.domain, id), userErrors: [] };
  };
}

function remove(args: Args, ctx: GraphqlContext) {
  const id = discountIdOf(args.id);
  if (id === null || !ctx.shop.discounts.has(id)) {
    const errors = [userError(['id'], 'Code discount does not exist.', 'INVALID')];
    return { deletedCodeDiscountId: null, userErrors: errors };
  }
  ctx.actions.deleteDiscount(ctx.shop.domain, id);
  return { deletedCodeDiscountId: args.id, userErrors: [] };
}

export const discountMutations: Record<string, Resolver> = {
  discountCodeBasicCreate: changing(create('basicCodeDiscount')),
  discountCodeBasicUpdate: changing(update('basicCodeDiscount')),
  discountCodeFreeShippingCreate: changing(create('freeShippingCodeDiscount')),
  discountCodeFreeShippingUpdate: changing(update('freeShippingCodeDiscount')),
  discountCodeActivate: changing(switching('activateDiscount')),
  discountCodeDeactivate: changing(switching('deactivateDiscount')),
  discountCodeDelete: changing(remove),
};
