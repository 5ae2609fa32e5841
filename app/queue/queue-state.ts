/** What of the queue can be seen from outside: whether it is there, and what waits on it. Used by readiness, metrics and the doctor. */
import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { QUEUE_SCHEMA } from './boss';
import { JOB_NAMES, type JobName } from './jobs';

type Asked = Parameters<typeof fromDrizzle>[0];

/** Queues this build enqueues to that the database does not know. @throws when the queue's schema is not there at all */
export async function findMissingQueues(db: Asked): Promise<JobName[]> {
  const { rows } = await fromDrizzle(db, sql).executeSql(`select name from ${QUEUE_SCHEMA}.queue`, []);
  const known = new Set(rows.map((row: { name: string }) => row.name));
  return JOB_NAMES.filter((name) => !known.has(name));
}

export interface QueueDepth {
  job: JobName;
  /** Waiting for a worker. */
  ready: number;
  /** Waiting for another try after a failure, or for their time. */
  later: number;
}

/** Of every queue of ours. Counts from the index of what waits, so that a day of finished jobs costs nothing. */
export async function readQueueDepth(db: Asked): Promise<QueueDepth[]> {
  const { rows } = await fromDrizzle(db, sql).executeSql(
    `select name, count(*) filter (where start_after <= now()) as ready, count(*) as waiting
     from ${QUEUE_SCHEMA}.job where state < 'active' group by name`,
    [],
  );
  const counts = new Map(rows.map((row: { name: string; ready: string; waiting: string }) => [row.name, row]));
  return JOB_NAMES.map((job) => {
    const { ready = 0, waiting = 0 } = counts.get(job) ?? {};
    return { job, ready: Number(ready), later: Number(waiting) - Number(ready) };
  });
}
