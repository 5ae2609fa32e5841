/** What of a shop still stands on the queue. The sweep asks before it adds another job. */
import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { QUEUE_SCHEMA } from './boss';
import type { InTransaction } from './enqueue';
import type { JobName } from './jobs';

/** Whether a job of this name waits for its turn or for another try. One that a worker has is not counted. */
export async function hasWaitingJob(
  { tx, shopId }: InTransaction & { shopId: number },
  name: JobName,
): Promise<boolean> {
  const { rows } = await fromDrizzle(tx, sql).executeSql(
    `select 1 from ${QUEUE_SCHEMA}.job
     where name = $1 and state in ('created', 'retry') and (data->>'shopId')::int = $2 limit 1`,
    [name, shopId],
  );
  return rows.length > 0;
}

/**
 * How much of this name waits, by shop; shops with nothing are left out. A job of several messages counts as many. Reads what
 * waits alone, which the sweep keeps few.
 */
export async function countWaiting(db: Parameters<typeof fromDrizzle>[0], name: JobName): Promise<Map<number, number>> {
  const { rows } = await fromDrizzle(db, sql).executeSql(
    `select (data->>'shopId')::int as shop, sum(coalesce(jsonb_array_length(data->'messageIds'), 1))::int as count
     from ${QUEUE_SCHEMA}.job where name = $1 and state < 'active' and not blocked group by 1`,
    [name],
  );
  return new Map(rows.map((row: { shop: number; count: number }) => [row.shop, row.count]));
}
