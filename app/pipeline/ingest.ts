/** Stage 1: keeps what arrived and its job in one transaction, so that answering 200 is true. Called by the webhook routes. */
import type { Clock } from '../lib/clock';
import type { Queue } from '../queue/enqueue';
import { type InboundEvent, storeInboundEvents } from '../store/inbound-events';
import { type Db, inShop } from '../store/scope';

export interface IngestParts {
  db: Db;
  queue: Queue;
  clock: Clock;
}

/**
 * Stores events of one shop and enqueues a job for each new one.
 * @returns how many were new; the rest were told before
 */
export type Ingest = (shopId: number, events: readonly InboundEvent[]) => Promise<number>;

export function makeIngest({ db, queue, clock }: IngestParts): Ingest {
  return async (shopId, events) =>
    inShop(db, shopId, async (shop) => {
      const fresh = await storeInboundEvents(shop, events, clock.now());
      await queue.enqueue(
        shop,
        'event.route',
        fresh.map((key) => ({ shopId, ...key })),
      );
      return fresh.length;
    });
}
