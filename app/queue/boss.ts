/** pg-boss on our terms: made once per process, its schema and queues by the owner's migration alone. */
import { PgBoss } from 'pg-boss';
import { QUEUE_KEPT_SECONDS } from '../domain/retention';
import { describeError } from '../lib/describe-error';
import type { Logger } from '../log.server';
import { JOB_NAMES, RETRY_RULES } from './jobs';

export const QUEUE_SCHEMA = 'pgboss';

/** Seconds without a heartbeat after which a crashed worker's job is taken up by another. pg-boss allows no less than 10. */
const HEARTBEAT_SECONDS = 10;

/**
 * A started pg-boss for a process that enqueues, or also works.
 * @param options.role `web` only enqueues; `worker` also supervises and listens
 */
export async function startBoss(options: {
  url: string;
  role: 'web' | 'worker';
  log: Logger;
  max?: number;
}): Promise<PgBoss> {
  const works = options.role === 'worker';
  const boss = new PgBoss({
    connectionString: options.url,
    schema: QUEUE_SCHEMA,
    application_name: `relance-queue-${options.role}`,
    max: options.max ?? (works ? 8 : 2),
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: works,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    useListenNotify: works,
    reindex: false,
  });
  // Without a listener an error event would end the process.
  boss.on('error', (error) => options.log.error({ event: 'queue.error', error: describeError(error) }));
  await boss.start();
  return boss;
}

/** Makes or updates pg-boss's schema and our queues. Run by the owner role, at migration time. */
export async function migrateQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: QUEUE_SCHEMA,
    supervise: false,
    schedule: false,
    max: 2,
  });
  boss.on('error', () => {});
  await boss.start();
  try {
    for (const name of JOB_NAMES) {
      const options = {
        ...RETRY_RULES[name],
        heartbeatSeconds: HEARTBEAT_SECONDS,
        notify: true,
        retentionSeconds: QUEUE_KEPT_SECONDS.untaken,
        deleteAfterSeconds: QUEUE_KEPT_SECONDS.done,
      };
      if (await boss.getQueue(name)) await boss.updateQueue(name, options);
      else await boss.createQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}
