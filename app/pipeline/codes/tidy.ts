/** Takes ended discounts out of Shopify again, so that the owner's list does not fill up. Nightly, bound to `codes.tidy`. */
import { isAdminError } from '../../gateways/shopify/admin-error';
import { DELETE_DISCOUNT, DISCOUNT_STATE } from '../../gateways/shopify/documents/discount';
import { DAY } from '../../lib/duration';
import { type DiscountRow, findUntidied, markTidied, moveEnd } from '../../store/discounts';
import { inShop } from '../../store/scope';
import { findShop } from '../../store/shops';
import type { CodeParts } from './parts';

/** Long enough for the owner to look one up after its end. */
const KEPT_MS = 7 * DAY;
const MOST_AT_ONCE = 50;

/**
 * Deletes what ended a week ago; orders keep what they had of it. A shop that uninstalled keeps its discounts: our token
 * is gone with it, and they end by themselves. Throws AdminError while Shopify is out of reach.
 */
export function makeTidyCodes(parts: Omit<CodeParts, 'patienceMs'>): (job: { shopId: number }) => Promise<void> {
  return async ({ shopId }) => {
    const now = parts.clock.now();
    const endedBefore = new Date(now.getTime() - KEPT_MS);
    const { shop, ended } = await inShop(parts.db, shopId, async (scope) => ({
      shop: await findShop(scope),
      ended: await findUntidied(scope, { endedBefore, most: MOST_AT_ONCE }),
    }));
    if (!shop?.installedAt || shop.uninstalledAt) return;
    let dealtWith = 0;
    for (const discount of ended) {
      const tidied = await tidy(parts, shop.domain, discount).catch((error: unknown) => {
        if (isAdminError(error, 'refused')) return { refused: error.message };
        throw error;
      });
      await inShop(parts.db, shopId, async (scope) => {
        if (tidied === 'gone') await markTidied(scope, discount.id, now);
        else if ('endsAt' in tidied) await moveEnd(scope, discount.id, tidied.endsAt);
      });
      if (tidied !== 'gone' && 'refused' in tidied) {
        parts.log.warn({ event: 'discount.not-tidied', shopId, why: tidied.refused });
      } else dealtWith += 1;
    }
    // What Shopify will not delete would be met again at once: it waits for the next night.
    if (ended.length < MOST_AT_ONCE || dealtWith === 0) return;
    await inShop(parts.db, shopId, (scope) => parts.queue.enqueue(scope, 'codes.tidy', [{ shopId }]));
  };
}

/** One the owner gave a later end stays until then; one without an end has become theirs. */
async function tidy(
  { admin }: Pick<CodeParts, 'admin'>,
  shopDomain: string,
  { shopifyId }: DiscountRow,
): Promise<'gone' | { endsAt: Date } | { refused: string }> {
  if (shopifyId === null) return 'gone';
  const state = await admin.run(shopDomain, DISCOUNT_STATE, { id: shopifyId });
  if (!state) return 'gone';
  if (state.status !== 'expired') return state.endsAt ? { endsAt: state.endsAt } : 'gone';
  const refused = await admin.run(shopDomain, DELETE_DISCOUNT, { id: shopifyId });
  return refused === null ? 'gone' : { refused };
}
