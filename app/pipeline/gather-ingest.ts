/** Lets concurrent deliveries share a transaction: while some are being stored, those that arrive wait and go together. Wraps `ingest` for the Shopify door. */
import type { Ingest, Told } from './ingest';

interface Waiting extends Told {
  stored(): void;
  failed(error: unknown): void;
}

/** Deliveries of one transaction at most; the rest goes with the next. */
const MOST_AT_ONCE = 200;

/** Transactions under way at once: while Postgres is at one, this process prepares another. */
const LANES = 4;

/** Resolves when the events are stored; rejects when these events cannot be, whatever becomes of their neighbors. */
export type Store = (told: Told) => Promise<void>;

export function gatherIngest(ingest: Ingest, lanes = LANES): Store {
  const waiting: Waiting[] = [];
  let busy = 0;

  async function drain(): Promise<void> {
    busy += 1;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_AT_ONCE);
      try {
        await ingest(batch);
        for (const { stored } of batch) stored();
      } catch {
        // One of them may be at fault: each for itself.
        await Promise.all(batch.map((one) => ingest([one]).then(one.stored, one.failed)));
      }
    }
    busy -= 1;
  }

  return ({ shopId, events }) =>
    new Promise((resolve, reject) => {
      waiting.push({ shopId, events, stored: resolve, failed: reject });
      if (busy < lanes) void drain();
    });
}
