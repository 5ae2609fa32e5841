/**
 * Makes sure no order is missed before mail goes out: when the "orders known until" mark is older than needed, Shopify is
 * asked for what changed since, outside any transaction. Called by `deliver` before a claim; what it finds stops
 * enrollments through the same `react` as a webhook would.
 */
import { exactTimeOf, type OrderChange } from '../domain/snapshot';
import { isAdminError } from '../gateways/shopify/admin-error';
import type { StoreQuestions } from '../gateways/shopify/store-questions';
import type { Clock } from '../lib/clock';
import { MINUTE } from '../lib/duration';
import type { Logger } from '../log.server';
import { lockMirror } from '../store/locks';
import { findUnknownOrders } from '../store/orders';
import { wakeFromOutage } from '../store/outages';
import { type Db, inShop } from '../store/scope';
import { findShopRow, moveOrdersKnownUntil } from '../store/shops';
import { applyOrders } from './mirror/orders';
import type { React } from './route-event';

export interface ConfirmOrdersParts {
  db: Db;
  clock: Clock;
  log: Logger;
  store: StoreQuestions;
  react: React;
}

/** Shopify's search runs a little behind its writes; asking this much further back costs a page at most. */
const OVERLAP_MS = 2 * MINUTE;

/**
 * @param neededSince every order Shopify updated before this moment must be in the mirror
 * @returns false when that cannot be known now: the import is under way, or Shopify is out of reach
 */
export type ConfirmOrders = (shopId: number, neededSince: Date) => Promise<boolean>;

export function makeConfirmOrders(parts: ConfirmOrdersParts): ConfirmOrders {
  // Many messages fall due together; they share one question.
  const underWay = new Map<number, { startedAt: Date; answer: Promise<boolean> }>();
  return async (shopId, neededSince) => {
    const shop = await inShop(parts.db, shopId, findShopRow);
    if (!shop?.ordersKnownUntil || shop.uninstalledAt) return false;
    if (shop.ordersKnownUntil >= neededSince) return true;
    const asking = underWay.get(shopId);
    if (asking && asking.startedAt >= neededSince) return asking.answer;
    const startedAt = parts.clock.now();
    const answer = catchUp(parts, { shopId, shopDomain: shop.domain, mark: shop.ordersKnownUntil, startedAt });
    const mine = { startedAt, answer };
    underWay.set(shopId, mine);
    try {
      return (await answer) && startedAt >= neededSince;
    } finally {
      if (underWay.get(shopId) === mine) underWay.delete(shopId);
    }
  };
}

interface CatchUp {
  shopId: number;
  shopDomain: string;
  mark: Date;
  startedAt: Date;
}

async function catchUp(parts: ConfirmOrdersParts, { shopId, shopDomain, mark, startedAt }: CatchUp): Promise<boolean> {
  const asked = { shopDomain, seenAt: exactTimeOf(startedAt) };
  try {
    const since = new Date(mark.getTime() - OVERLAP_MS);
    const findUnknown = (changes: readonly OrderChange[]) =>
      inShop(parts.db, shopId, (shop) => findUnknownOrders(shop, changes));
    for await (const { orders, until } of parts.store.newsOfOrders(asked, since, findUnknown)) {
      await inShop(parts.db, shopId, async (shop) => {
        if (orders.length > 0) {
          await lockMirror(shop);
          const now = parts.clock.now();
          await parts.react(shop, await applyOrders(shop, orders, now), now);
        }
        // Broken off by Shopify, the next question goes on from here: else one that never gets to the end begins anew for ever.
        await moveOrdersKnownUntil(shop, until < startedAt ? until : startedAt);
      });
    }
  } catch (error) {
    if (!isAdminError(error)) throw error;
    parts.log.warn({ event: 'orders.not-confirmed', shopId, why: error.kind });
    return false;
  }
  await inShop(parts.db, shopId, async (shop) => {
    await moveOrdersKnownUntil(shop, startedAt);
    // Who waited for Shopify, here or in another worker, need not wait for the time of their next look.
    const now = parts.clock.now();
    await wakeFromOutage(shop, 'orders-not-confirmed', { now, laterThan: now });
  });
  return true;
}
