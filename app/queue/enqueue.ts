/** Puts jobs on the queue inside the caller's transaction, so that rows and jobs are committed together or not at all. */
import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { JobName, JobPayload } from './jobs';
import { urgencyOf } from './route-jobs';

/** Whoever holds a transaction: the store's scopes do. */
export interface InTransaction {
  readonly tx: Parameters<typeof fromDrizzle>[0];
}

export interface Queue {
  /** Enqueues jobs of one name in the scope's transaction, to run at once or `delaySeconds` from now. */
  enqueue<N extends JobName>(
    shop: InTransaction,
    name: N,
    payloads: JobPayload<N>[],
    delaySeconds?: number,
  ): Promise<void>;
}

export function makeQueue(boss: PgBoss): Queue {
  return {
    async enqueue(shop, name, payloads, delaySeconds = 0) {
      if (payloads.length === 0) return;
      const later = delaySeconds > 0 ? { startAfter: Math.ceil(delaySeconds) } : {};
      await boss.insert(
        name,
        payloads.map((data) => ({ data, priority: urgencyOf(name, data), ...later })),
        { db: fromDrizzle(shop.tx, sql) },
      );
    },
  };
}
