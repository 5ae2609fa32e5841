// Mistakes in a discount mutation as Shopify reports them. Used by the files beside it.
import { GraphQLError } from 'graphql';

export interface DiscountUserError {
  field: string[] | null;
  message: string;
  code: string | null;
  extraInfo: null;
}

export function userError(field: string[] | null, message: string, code: string | null = null): DiscountUserError {
  return { field, message, code, extraInfo: null };
}

/** What no user error is made of: the document itself is refused. */
export function badRequest(message: string, code = 'BAD_REQUEST'): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

const mostInputs = 250;

/** Shopify's bound on every list it is given. */
export function refuseLongList(list: readonly unknown[]): void {
  if (list.length <= mostInputs) return;
  const message = `The input array size of ${list.length} is greater than the maximum allowed of ${mostInputs}.`;
  throw badRequest(message, 'MAX_INPUT_SIZE_EXCEEDED');
}
