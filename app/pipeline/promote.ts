/**
 * Puts what is due on the queue, every shop in its turn, and no more of one shop than waits a few seconds: the queue is first
 * come, first served, and behind half a million e-mails of one shop nobody else's would be seen for minutes. Called by the sweep.
 */
import { deliveries, type JobName } from '../queue/jobs';
import { countWaiting } from '../queue/waiting-jobs';
import { type AlarmRule, alarmDueEnrollments, alarmDueMessages, findDueShops } from '../store/due';
import { inShop, type ShopScope } from '../store/scope';
import type { SweepParts } from './sweep';

/** Rows of one shop that are alarmed in one transaction. */
const PART = 1000;
/** What of one shop waits on the queue. A worker takes it in seconds; looked at every second, it never runs out. */
const MOST_WAITING = { 'enrollment.advance': 10_000, 'message.deliver': 8000 } as const;
/** Real time after which a look ends, when every shop had its turn: what fell due meanwhile wants to be seen. */
const LOOK_MS = 2000;

type DueJob = keyof typeof MOST_WAITING;

interface Kind {
  table: 'enrollments' | 'messages';
  job: DueJob;
  /** Marks a part of what is due, and enqueues its jobs; answers how many. */
  take(shop: ShopScope, rule: AlarmRule): Promise<number>;
}

/** @returns a look at everything that is due; each begins with the shop after the one the last look ended with */
export function makePromote({ db, queue }: SweepParts): (rule: Omit<AlarmRule, 'most'>) => Promise<number> {
  const kinds: Kind[] = [
    {
      table: 'enrollments',
      job: 'enrollment.advance',
      async take(shop, rule) {
        const ids = await alarmDueEnrollments(shop, rule);
        const { shopId } = shop;
        await queue.enqueue(
          shop,
          'enrollment.advance',
          ids.map((enrollmentId) => ({ shopId, enrollmentId })),
        );
        return ids.length;
      },
    },
    {
      table: 'messages',
      job: 'message.deliver',
      async take(shop, rule) {
        const ids = await alarmDueMessages(shop, rule);
        await queue.enqueue(shop, 'message.deliver', deliveries(shop.shopId, ids));
        return ids.length;
      },
    },
  ];
  const last = new Map<JobName, number>();
  return async (rule) => {
    let count = 0;
    for (const { table, job, take } of kinds) {
      const due = await findDueShops(db, table, { ...rule, most: PART });
      if (due.length === 0) continue;
      const room = await roomOf(db, job);
      const takePart = (shopId: number) =>
        inShop(db, shopId, async (shop) => {
          const most = Math.min(PART, room.left(shopId));
          const taken = most > 0 ? await take(shop, { ...rule, most }) : 0;
          room.fill(shopId, taken);
          return { taken, hasMore: taken === most && room.left(shopId) > 0 };
        });
      count += await takeTurns(afterLast(due, last.get(job)), takePart, (shopId) => last.set(job, shopId));
    }
    return count;
  };
}

/** How many more jobs of each shop may wait. */
async function roomOf(db: SweepParts['db'], job: DueJob) {
  const waiting = await countWaiting(db, job);
  return {
    left: (shopId: number) => MOST_WAITING[job] - (waiting.get(shopId) ?? 0),
    fill: (shopId: number, count: number) => void waiting.set(shopId, (waiting.get(shopId) ?? 0) + count),
  };
}

/** Everybody's first part, then second parts while there is time. */
async function takeTurns(
  shops: readonly number[],
  takePart: (shopId: number) => Promise<{ taken: number; hasMore: boolean }>,
  onServed: (shopId: number) => void,
): Promise<number> {
  const until = performance.now() + LOOK_MS;
  let count = 0;
  let waiting = shops;
  for (let round = 1; waiting.length > 0; round += 1) {
    const again: number[] = [];
    for (const shopId of waiting) {
      if (round > 1 && performance.now() > until) return count;
      const { taken, hasMore } = await takePart(shopId);
      count += taken;
      onServed(shopId);
      if (hasMore) again.push(shopId);
    }
    waiting = again;
  }
  return count;
}

function afterLast(shops: readonly number[], last = 0): number[] {
  const sorted = shops.toSorted((a, b) => a - b);
  return [...sorted.filter((shopId) => shopId > last), ...sorted.filter((shopId) => shopId <= last)];
}
