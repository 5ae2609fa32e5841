/** Takes over the people of a list the owner said yes to, part by part, bound to `refusals.import`. A crash goes on where it stopped. */
import type { Clock } from '../../lib/clock';
import type { Logger } from '../../log.server';
import type { Queue } from '../../queue/enqueue';
import { findActiveOf } from '../../store/enrollments';
import { lockMirror } from '../../store/locks';
import { lockList, noteTaken } from '../../store/refusal-lists';
import { type Db, inShop, type ShopScope } from '../../store/scope';
import { type Taken, takeRefusals } from '../../store/take-refusals';
import { stop } from '../react';

export interface ImportListParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  log: Logger;
}

/** Nobody else applies anything of the shop meanwhile, so a part takes a moment only. */
const PEOPLE_AT_ONCE = 1000;
/** Shopify takes some ten changes a second of one shop; those of others must not wait behind a long list. */
const PUSHES_A_MINUTE = 400;

export function makeImportRefusals(parts: ImportListParts): (job: { shopId: number; listId: string }) => Promise<void> {
  return async ({ shopId, listId }) => {
    for (let pushed = 0; ; ) {
      const taken = await inShop(parts.db, shopId, (shop) => takePart(parts, shop, { listId, pushed }));
      if (taken === 'gone') return;
      if (taken === 'done') break;
      pushed += taken.withdrawn.length;
    }
    parts.log.info({ event: 'refusals.imported', shopId });
  };
}

async function takePart(
  { clock, queue }: ImportListParts,
  shop: ShopScope,
  { listId, pushed }: { listId: string; pushed: number },
): Promise<Taken | 'done' | 'gone'> {
  await lockMirror(shop);
  const list = await lockList(shop, listId);
  if (list?.status !== 'importing') return 'gone';
  const now = clock.now();
  const taken = await takeRefusals(shop, list, { most: PEOPLE_AT_ONCE, now });
  if (!taken) {
    await noteTaken(shop, list, { doneAt: now });
    return 'done';
  }
  await noteTaken(shop, list, { result: taken.result });
  await stopAll(shop, taken, now);
  await tellShopify(queue, shop, taken.withdrawn, pushed);
  return taken;
}

async function stopAll(shop: ShopScope, { stopped }: Taken, now: Date): Promise<void> {
  for (const [reason, people] of Map.groupBy(stopped, (one) => one.reason)) {
    const rows = await findActiveOf(
      shop,
      people.map(({ id }) => id),
    );
    if (rows.length > 0) await stop(shop, rows, { reason, now });
  }
}

/** An unsubscribe goes back to Shopify with its own date; a dead address refused nothing, and Shopify takes no such word. */
async function tellShopify(queue: Queue, shop: ShopScope, ids: readonly string[], before: number): Promise<void> {
  const byMinute = Map.groupBy(ids, (_id, index) => Math.floor((before + index) / PUSHES_A_MINUTE));
  for (const [minute, some] of byMinute) {
    const jobs = some.map((customerId) => ({ shopId: shop.shopId, customerId }));
    await queue.enqueue(shop, 'consent.push', jobs, minute * 60);
  }
}
