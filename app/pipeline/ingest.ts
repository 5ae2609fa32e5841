/** Stage 1: keeps what arrived and its job in one transaction, so that answering 200 is true. Called by the webhook routes. */
import type { Clock } from '../lib/clock';
import type { Queue } from '../queue/enqueue';
import { type InboundEvent, type InboundKey, storeInboundEvents } from '../store/inbound-events';
import { type Db, inShopsByTurns } from '../store/scope';

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
 * Stores events and enqueues a job for each new one: all of them or none. A shop may stand in the list more than once.
 * @returns how many were new; the rest were told before
 */
export type Ingest = (told: readonly Told[]) => Promise<number>;

export function makeIngest({ db, queue, clock }: IngestParts): Ingest {
  return async (told) => {
    const byShop = Map.groupBy(told, ({ shopId }) => shopId);
    const fresh: ({ shopId: number } & InboundKey)[] = [];
    await inShopsByTurns(db, [...byShop.keys()], {
      async work(shop) {
        const events = (byShop.get(shop.shopId) ?? []).flatMap((one) => one.events);
        const stored = await storeInboundEvents(shop, events, clock.now());
        fresh.push(...stored.map((key) => ({ shopId: shop.shopId, ...key })));
      },
      last: (done) => queue.enqueue(done, 'event.route', fresh),
    });
    return fresh.length;
  };
}
