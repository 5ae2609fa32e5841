/** discounts/update and discounts/delete: a code ends when its discount does, so that no e-mail shows a dead one. Called by `mirror/apply`. */
import type { DiscountSnapshot } from '../../domain/snapshot';
import { moveCodesEnd } from '../../store/codes';
import { clearRefusal, findByShopifyId, moveEnd } from '../../store/discounts';
import type { ShopScope } from '../../store/scope';

/** @param at when Shopify told it */
export async function applyDiscount(shop: ShopScope, { id, state, endsAt }: DiscountSnapshot, at: Date): Promise<void> {
  const discount = await findByShopifyId(shop, id);
  if (!discount) return;
  const end = state === 'ended' ? (endsAt && endsAt < at ? endsAt : at) : endsAt;
  if (end !== undefined) await moveCodesEnd(shop, discount.id, end);
  if (end) await moveEnd(shop, discount.id, end);
  // The owner resumed it: what waits for it goes on.
  if (state === 'active') await clearRefusal(shop, discount.id);
}
