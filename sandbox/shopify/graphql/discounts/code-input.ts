// The `code` of a new or changed discount: what Shopify says of one that will not do. Used by mutations.ts.
import type { RedeemCodeRecord } from '../../discounts/records';
import type { GraphqlContext } from '../context';
import type { DiscountArgument } from './reading';
import { type DiscountUserError, userError } from './user-error';

/** `own` is the code the discount has now. */
export function codeErrors(
  ctx: GraphqlContext,
  argument: DiscountArgument,
  code: unknown,
  own?: RedeemCodeRecord,
): DiscountUserError[] {
  const path = [argument, 'code'];
  if (typeof code !== 'string' || (code !== '' && code.trim() === '')) {
    return [userError(path, "Code can't be blank", 'BLANK')];
  }
  if (code === '') return [userError(path, 'Code is too short (minimum is 1 character)', 'TOO_SHORT')];
  if (/[\r\n]/.test(code)) return [userError(path, 'Code cannot contain newline characters.', 'INVALID')];
  if (code.length > 255) return [userError(path, 'Code is too long (maximum is 255 characters)', 'TOO_LONG')];
  const holder = ctx.shop.book.findCode(code);
  if (!holder || holder.id === own?.id) return [];
  return [userError(path, 'Code must be unique. Please try a different code.', 'TAKEN')];
}
