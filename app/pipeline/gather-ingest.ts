/** Lets concurrent deliveries of one shop share a transaction: while one is being stored, those that arrive wait and go together. Wraps `ingest` for the Shopify door. */
import type { InboundEvent } from '../store/inbound-events';
import type { Ingest } from './ingest';

interface Waiting {
  events: readonly InboundEvent[];
  stored(): void;
  failed(error: unknown): void;
}

/** Rows of one statement at most; the rest goes with the next. */
const MOST_EVENTS = 200;

/** Resolves when the events are stored; rejects when these events cannot be, whatever becomes of their neighbors. */
export type Store = (shopId: number, events: readonly InboundEvent[]) => Promise<void>;

export function gatherIngest(ingest: Ingest): Store {
  const queues = new Map<number, Waiting[]>();

  async function drain(shopId: number, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, MOST_EVENTS);
      try {
        await ingest(
          shopId,
          batch.flatMap(({ events }) => events),
        );
        for (const { stored } of batch) stored();
      } catch {
        // One of them may be at fault: each for itself.
        for (const { events, stored, failed } of batch) await ingest(shopId, events).then(stored, failed);
      }
    }
    queues.delete(shopId);
  }

  return (shopId, events) =>
    new Promise((resolve, reject) => {
      const waiting = { events, stored: resolve, failed: reject };
      const queue = queues.get(shopId);
      if (queue) {
        queue.push(waiting);
        return;
      }
      const fresh = [waiting];
      queues.set(shopId, fresh);
      void drain(shopId, fresh);
    });
}
