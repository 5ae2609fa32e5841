/** Stage 1: keeps what arrived and its job in one transaction, so that answering 200 is true. Called by the webhook routes. */
import type { Clock } from '../lib/clock';
import type { Queue } from '../queue/enqueue';
import { routeJobs } from '../queue/route-jobs';
import { type InboundEvent, storeInboundEvents } from '../store/inbound-events';
import { type Db, inShops } from '../store/scope';

export interface IngestParts {
  db: Db;
  queue: Queue;
  clock: Clock;
}

/** What one shop was told. */
export interface Told {
  shopId: number;
  events: readonly InboundEvent[];
}

/**
 * Stores events and enqueues the jobs that apply the new ones: all of them or none. A shop may stand in the list more than once.
 * @returns how many were new; the rest were told before
 */
export type Ingest = (told: readonly Told[]) => Promise<number>;

export function makeIngest({ db, queue, clock }: IngestParts): Ingest {
  return (told) => {
    const events = told.flatMap((one) => one.events.map((event) => ({ shopId: one.shopId, ...event })));
    const shopIds = new Set(events.map(({ shopId }) => shopId));
    return inShops(db, [...shopIds], async (shops) => {
      const fresh = await storeInboundEvents(shops, events, clock.now());
      await queue.enqueue(shops, 'event.route', routeJobs(fresh));
      return fresh.length;
    });
  };
}
