/** The owner ends what is under way for one person: one enrollment, or all. Called by the admin's commands. */
import type { Clock } from '../lib/clock';
import { lockUnderWay } from '../store/enrollments';
import { type Db, inShop } from '../store/scope';
import { stop } from './react';

export interface StopPerson {
  customerId: string;
  /** Absent: everything that is under way for them. */
  enrollmentId?: number;
}

/**
 * Answers how many were stopped; what had ended already stays as it was. The same occasion never starts again, a new one may.
 */
export function makeStopPerson({
  db,
  clock,
}: {
  db: Db;
  clock: Clock;
}): (shopId: number, wish: StopPerson) => Promise<number> {
  return (shopId, wish) =>
    inShop(db, shopId, async (shop) => {
      const rows = await lockUnderWay(shop, wish);
      await stop(shop, rows, { reason: 'stopped-by-owner', now: clock.now() });
      return rows.length;
    });
}
