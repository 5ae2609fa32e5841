// Links that put a code into the cart: /discount/CODE on the storefront. Part of types.ts.
import type { DiscountRecord } from '../../discounts/records';
import { storefrontUrl } from '../../urls';
import type { GraphqlContext } from '../context';

export function shareableUrls({ id }: DiscountRecord, ctx: GraphqlContext) {
  const [first] = ctx.shop.book.codesOf(id);
  if (!first) return [];
  const url = `${storefrontUrl(ctx.state, ctx.shop.record)}/discount/${encodeURIComponent(first.code)}`;
  return [{ targetType: 'HOME', targetItemImage: null, title: 'Home page', url }];
}
