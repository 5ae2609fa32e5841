/** Nightly, bound to `shop.reconcile`: asks Shopify for what changed since the last time, so that a webhook that never came costs a day at most. */
import type { DomainEvent } from '../domain/event';
import { birthDateReading } from '../domain/shop';
import { exactTimeOf, type OrderChange } from '../domain/snapshot';
import type { Asked, StoreQuestions } from '../gateways/shopify/store-questions';
import type { Clock } from '../lib/clock';
import { HOUR } from '../lib/duration';
import type { Logger } from '../log.server';
import type { Queue } from '../queue/enqueue';
import { findUnpushedBirthDates } from '../store/birth-dates';
import { findUnpushedConsents } from '../store/customer-consent';
import { lockMirror } from '../store/locks';
import { findUnknownOrders } from '../store/orders';
import { upsertProducts } from '../store/products';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { toShop } from '../store/shop-settings';
import { findShopRow, markReconciled, moveOrdersKnownUntil, updateShopFrom } from '../store/shops';
import { applyCheckouts } from './mirror/checkouts';
import { applyCustomers } from './mirror/customers';
import { applyOrders } from './mirror/orders';
import { nextReconciliation } from './reconcile-time';
import { type React, sinceInstall } from './route-event';

export interface ReconcileParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  log: Logger;
  store: StoreQuestions;
  react: React;
}

/** Webhooks come up to a day late, and clocks differ: what changed this long before the last time is asked again. */
const MARGIN_MS = 2 * HOUR;

/** Throws AdminError when Shopify is out of reach, to be tried again; what was applied until then stays. */
export function makeReconcile(parts: ReconcileParts): (job: { shopId: number }) => Promise<void> {
  return async ({ shopId }) => {
    const row = await inShop(parts.db, shopId, findShopRow);
    if (!row?.installedAt || row.uninstalledAt || !row.reconciledUntil) return;
    const now = parts.clock.now();
    await catchUpShopify(parts, shopId);
    const since = new Date(row.reconciledUntil.getTime() - MARGIN_MS);
    await catchUp(
      parts,
      { shopId, since, installedAt: row.installedAt },
      { shopDomain: row.domain, seenAt: exactTimeOf(now), birthDates: birthDateReading(toShop(row)) },
    );
    await inShop(parts.db, shopId, async (shop) => {
      await moveOrdersKnownUntil(shop, now);
      await markReconciled(shop, { until: now, dueAt: nextReconciliation(now, row) });
      if (row.settings.leftOutSegments?.length) await parts.queue.enqueue(shop, 'segments.refresh', [{ shopId }]);
    });
    parts.log.info({ event: 'shop.reconciled', shopId });
  };
}

interface Range {
  shopId: number;
  since: Date;
  installedAt: Date;
}

type Apply<T> = (shop: ShopScope, rows: T[], now: Date) => Promise<readonly DomainEvent[]>;

async function catchUp(parts: ReconcileParts, range: Range, asked: Asked): Promise<void> {
  const { store } = parts;
  const shopItself = await store.shop(asked);
  await inShop(parts.db, range.shopId, (shop) => updateShopFrom(shop, shopItself));
  // Customers first, so that orders and checkouts find theirs.
  await applyPages(parts, range, store.customersSince(asked, range.since), applyCustomers);
  await applyPages(parts, range, newsOfOrders(parts, range, asked), applyOrders);
  await applyPages(parts, range, store.checkoutsSince(asked, range.since), applyCheckouts);
  await applyPages(parts, range, store.productsSince(asked, range.since), async (shop, rows) => {
    await upsertProducts(shop, rows);
    return [];
  });
}

async function* newsOfOrders({ db, store }: ReconcileParts, { shopId, since }: Range, asked: Asked) {
  const findUnknown = (changes: readonly OrderChange[]) =>
    inShop(db, shopId, (shop) => findUnknownOrders(shop, changes));
  for await (const { orders } of store.newsOfOrders(asked, since, findUnknown)) if (orders.length > 0) yield orders;
}

async function applyPages<T>(
  parts: ReconcileParts,
  { shopId, installedAt }: Range,
  pages: AsyncIterable<T[]>,
  apply: Apply<T>,
): Promise<void> {
  for await (const rows of pages) {
    await inShop(parts.db, shopId, async (shop) => {
      await lockMirror(shop);
      const now = parts.clock.now();
      await parts.react(shop, sinceInstall(await apply(shop, rows, now), installedAt), now);
    });
  }
}

/** Consent changes and birth dates that Shopify has not accepted yet are offered again, and ended discounts taken out. */
async function catchUpShopify({ db, queue }: ReconcileParts, shopId: number): Promise<void> {
  await inShop(db, shopId, async (shop) => {
    const jobs = (ids: readonly string[]) => ids.map((customerId) => ({ shopId, customerId }));
    await queue.enqueue(shop, 'consent.push', jobs(await findUnpushedConsents(shop)));
    await queue.enqueue(shop, 'birth-date.push', jobs(await findUnpushedBirthDates(shop)));
    await queue.enqueue(shop, 'codes.tidy', [{ shopId }]);
  });
}
