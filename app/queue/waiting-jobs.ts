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
