/** Tags the best customers `VIP` in Shopify, and takes the tag away from whoever left, if it is ours. Bound to `vip-tag.push`. */
import { VIP_TAG } from '../domain/audience';
import type { AdminClient } from '../gateways/shopify/admin-client';
import { isAdminError } from '../gateways/shopify/admin-error';
import { customerGid } from '../gateways/shopify/documents/customer';
import {
  ADD_VIP_TAG,
  addVipTagInput,
  REMOVE_VIP_TAG,
  removeVipTagInput,
  VIP_TAG_STATE,
} from '../gateways/shopify/documents/vip-tag';
import type { Logger } from '../log.server';
import type { Queue } from '../queue/enqueue';
import { findCustomerRow } from '../store/engagement';
import { isGuest } from '../store/guests';
import { keepTagOurs, listTagged } from '../store/scans/vips';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { findShopRow } from '../store/shops';

export interface VipTagPushParts {
  db: Db;
  admin: AdminClient;
  log: Logger;
}

/** Brings the tag to what holds now, whatever held when it was asked for. Throws AdminError while Shopify cannot be told, to be tried again. */
export function makeVipTagPush(parts: VipTagPushParts): (job: { shopId: number; customerId: string }) => Promise<void> {
  return async ({ shopId, customerId }) => {
    const { row, customer } = await inShop(parts.db, shopId, async (shop) => ({
      row: await findShopRow(shop),
      customer: await findCustomerRow(shop, customerId),
    }));
    if (!row || row.uninstalledAt || !customer || customer.deletedAt || isGuest(customerId)) return;
    try {
      const wish = { customerId, isVip: customer.vipSince !== null, wasOurs: customer.vipTagOurs };
      const { ours, refused } = await bringTo(parts, row.domain, wish);
      if (refused !== null) parts.log.warn({ event: 'vip-tag.refused-by-shopify', shopId, why: refused });
      else await inShop(parts.db, shopId, (shop) => keepTagOurs(shop, customerId, ours));
    } catch (error) {
      if (!isAdminError(error, 'refused')) throw error;
      parts.log.warn({ event: 'vip-tag.refused-by-shopify', shopId, why: error.message });
    }
  };
}

/** Two became one: the tag we gave one of them is still ours, and the mark that says so may have gone with that one. */
export async function pushTagOfMerged(parts: { queue: Queue }, shop: ShopScope, customerId: string): Promise<void> {
  const customer = await findCustomerRow(shop, customerId);
  if (customer?.vipTagOurs) await enqueueTags(parts, shop, [customerId]);
}

/** Has every tag brought to what holds: the shop gave us more access, and what Shopify refused for want of it was dropped. */
export async function pushAllTags(parts: { queue: Queue }, shop: ShopScope): Promise<void> {
  await enqueueTags(parts, shop, await listTagged(shop, VIP_TAG));
}

/** Jobs of one insert: as many as a statement takes with ease. */
const TAGS_AT_ONCE = 5000;

/** Has the tags of these customers brought to what holds when the jobs run. */
export async function enqueueTags({ queue }: { queue: Queue }, shop: ShopScope, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += TAGS_AT_ONCE) {
    const some = ids.slice(from, from + TAGS_AT_ONCE);
    await queue.enqueue(
      shop,
      'vip-tag.push',
      some.map((customerId) => ({ shopId: shop.shopId, customerId })),
    );
  }
}

interface TagWish {
  customerId: string;
  isVip: boolean;
  /** The tag was set here, on them or on somebody merged into them. */
  wasOurs: boolean;
}

/** @returns whether the tag they have now is ours, and what Shopify refused it for */
async function bringTo(
  { admin }: VipTagPushParts,
  domain: string,
  { customerId, isVip, wasOurs }: TagWish,
): Promise<{ ours: boolean; refused: string | null }> {
  const state = await admin.run(domain, VIP_TAG_STATE, { id: customerGid(customerId) });
  if (state === null) return { ours: false, refused: null };
  const ours = state.marked || (wasOurs && state.tagged);
  const isRight = isVip ? state.tagged && (state.marked || !ours) : !ours;
  if (isRight) return { ours, refused: null };
  const refused = isVip
    ? await admin.run(domain, ADD_VIP_TAG, addVipTagInput(customerId))
    : await admin.run(domain, REMOVE_VIP_TAG, removeVipTagInput(customerId));
  return { ours: isVip, refused };
}
