/** Lets concurrent deliveries share a transaction: while some are being stored, those that arrive wait and go together. Wraps `ingest` for the Shopify door. */
import type { Ingest, Told } from './ingest';

interface Waiting extends Told {
  stored(): void;
  failed(error: unknown): void;
}

/** Deliveries of one transaction at most, and characters of their bodies; the rest goes with the next. */
const MOST_AT_ONCE = 200;
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** Transactions under way at once: while Postgres is at one, this process prepares another. */
const LANES = 4;

/** So many wait before another transaction joins those under way: what one costs beside its rows is then shared by enough. */
const WORTH_A_LANE = 32;
/** Fewer wait no longer than this for a neighbor that is slow. */
const PATIENCE_MS = 50;

/** Resolves when the events are stored; rejects when these events cannot be, whatever becomes of their neighbors. */
export type Store = (told: Told) => Promise<void>;

export function gatherIngest(ingest: Ingest, { lanes = LANES, worthALane = WORTH_A_LANE } = {}): Store {
  const waiting: Waiting[] = [];
  let busy = 0;
  let isPatient = false;

  function start(): void {
    if (waiting.length === 0 || busy >= lanes) return;
    if (busy === 0 || waiting.length >= worthALane) void storeSome();
    else if (!isPatient) {
      isPatient = true;
      setTimeout(losePatience, PATIENCE_MS);
    }
  }

  function losePatience(): void {
    isPatient = false;
    if (waiting.length > 0 && busy < lanes) void storeSome();
  }

  async function storeSome(): Promise<void> {
    busy += 1;
    const batch = takeBatch(waiting);
    try {
      await ingest(batch);
      for (const { stored } of batch) stored();
    } catch {
      // One of them may be at fault: each for itself.
      await Promise.all(batch.map((one) => ingest([one]).then(one.stored, one.failed)));
    }
    busy -= 1;
    start();
  }

  return ({ shopId, events }) =>
    new Promise((resolve, reject) => {
      waiting.push({ shopId, events, stored: resolve, failed: reject });
      start();
    });
}

/** Takes the oldest out of those waiting; always at least one. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  let count = 0;
  let characters = 0;
  for (const { events } of waiting) {
    for (const { payload } of events) characters += payload.length;
    if (count > 0 && (count >= MOST_AT_ONCE || characters > MOST_CHARACTERS)) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
