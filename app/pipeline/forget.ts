/**
 * Keeps storage bounded: once a night everything older than its time (`domain/retention`) is removed, of shops that are gone like
 * of those that stay. In small steps, each a transaction of its own, so that it never holds up what is due. Called by the sweep.
 */
import { KEPT_DAYS } from '../domain/retention';
import { DAY } from '../lib/duration';
import type { Logger } from '../log.server';
import { FORGETTING, forgetSome } from '../store/forget';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { listShopIds } from '../store/shop-domains';

/** Removed in milliseconds, and soon vacuumed. */
const ROWS_A_STEP = 2000;
/** Real time: the sweep comes by every ten seconds, and whatever else it does must not wait. */
const MOST_MS_A_CALL = 2000;
const SHOPS_A_PAGE = 100;
const ROUND_EVERY_MS = DAY;

/** Each call does a part of a round through all shops; a round begins once a day. Any number of workers may do so at once. */
export function makeForgetting({ db, log }: { db: Db; log: Logger }): (now: Date) => Promise<void> {
  let nextRoundAt = 0;
  let after = 0;
  let waiting: number[] = [];
  let removed = 0;

  const nextShop = async (): Promise<number | undefined> => {
    if (waiting.length === 0) {
      waiting = await listShopIds(db, { after, most: SHOPS_A_PAGE });
      after = waiting.at(-1) ?? 0;
    }
    return waiting[0];
  };

  return async (now) => {
    if (now.getTime() < nextRoundAt) return;
    const until = performance.now() + MOST_MS_A_CALL;
    while (performance.now() < until) {
      const shopId = await nextShop();
      if (shopId === undefined) {
        if (removed > 0) log.info({ event: 'storage.tidied', count: removed });
        [nextRoundAt, removed] = [now.getTime() + ROUND_EVERY_MS, 0];
        return;
      }
      const counts = await inShop(db, shopId, (shop) => step(shop, now));
      removed += counts.reduce((sum, count) => sum + count, 0);
      // One that is still needed among the oldest must not hide the rest.
      if (counts.every((count) => count < ROWS_A_STEP / 2)) waiting.shift();
    }
  };
}

function step(shop: ShopScope, now: Date): Promise<number[]> {
  return Promise.all(
    FORGETTING.map((forgetting) => {
      const before = new Date(now.getTime() - KEPT_DAYS[forgetting.kept] * DAY);
      return forgetSome(shop, forgetting, { before, now, most: ROWS_A_STEP });
    }),
  );
}
