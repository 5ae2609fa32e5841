/**
 * Asks Shopify who is in the segments the owner leaves out. Bound to `segments.refresh`: nightly, and whenever the settings
 * are saved. Between two of these a newcomer to a segment still counts as outside.
 */
import type { ShopSettings } from '../domain/shop';
import { isAdminError } from '../gateways/shopify/admin-error';
import type { SegmentQuestions } from '../gateways/shopify/segment-questions';
import type { Logger } from '../log.server';
import { saveLeftOutMembers } from '../store/left-out-segments';
import { type Db, inShop } from '../store/scope';
import { loadShop } from '../store/shop-settings';

export interface SegmentsRefreshParts {
  db: Db;
  log: Logger;
  segments: SegmentQuestions;
}

type LeftOut = ShopSettings['leftOutSegments'];

/**
 * Writes only once every segment was read, so that a failure half-way leaves the old membership whole. A segment Shopify
 * refuses to tell of keeps its old members. Throws AdminError while Shopify cannot be asked, to be tried again.
 */
export function makeSegmentsRefresh(parts: SegmentsRefreshParts): (job: { shopId: number }) => Promise<void> {
  const { db, log } = parts;
  return async ({ shopId }) => {
    const before = await inShop(db, shopId, loadShop);
    if (!before.installedAt || before.uninstalledAt) return;
    const wanted = before.settings.leftOutSegments;
    const membership = await ask(parts, before.domain, wanted);
    const changed = await inShop(db, shopId, async (shop) => {
      // The owner chose others meanwhile: the job of that choice writes.
      if (!isSame((await loadShop(shop)).settings.leftOutSegments, wanted)) return null;
      return saveLeftOutMembers(shop, membership);
    });
    log.info({ event: 'segments.refreshed', shopId, segments: wanted.length, changed });
  };
}

async function ask({ segments, log }: SegmentsRefreshParts, shopDomain: string, wanted: LeftOut) {
  const members = new Map<string, string>();
  const unknown: string[] = [];
  for (const { id, name } of wanted) {
    try {
      for (const customer of await segments.members(shopDomain, id)) {
        if (!members.has(customer)) members.set(customer, name);
      }
    } catch (error) {
      if (!isAdminError(error, 'refused')) throw error;
      unknown.push(name);
      log.warn({ event: 'segments.refused-by-shopify', shop: shopDomain, why: error.message });
    }
  }
  return { members, unknown };
}

function isSame(one: LeftOut, other: LeftOut): boolean {
  return one.length === other.length && one.every(({ id }, index) => other[index]?.id === id);
}
