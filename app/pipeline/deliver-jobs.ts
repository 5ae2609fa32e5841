/** Turns jobs into deliveries: what several jobs tell of one shop is looked at together, so many messages at a time. Called by the worker. */
import { sideBySide } from '../lib/side-by-side';
import { makeTurns } from '../lib/turns';
import { deliveries, type JobPayload } from '../queue/jobs';
import type { Deliver } from './deliver';

type DeliverJob = JobPayload<'message.deliver'>;

/** Batches of one fetch that are under way at the same time: while one waits for SendGrid or Postgres, another is filled in. */
const AT_ONCE = 4;
/** Of all fetches together. A batch is held in memory until it is sent: what 500 recipients are filled from, and their requests. */
const MOST_UNDER_WAY = 7;

/** @returns runs jobs; when one job alone fails, its messages are tried one by one, so that one bad e-mail holds nobody else back */
export function makeDeliverJobs(deliver: Deliver): (jobs: DeliverJob[]) => Promise<void> {
  const inTurn = makeTurns(MOST_UNDER_WAY);
  return async (jobs) => {
    const shops = [...Map.groupBy(jobs, ({ shopId }) => shopId)];
    const batches = shops.flatMap(([shopId, of]) =>
      deliveries(shopId, [...new Set(of.flatMap((job) => job.messageIds))]),
    );
    try {
      await sideBySide(AT_ONCE, batches, ({ shopId, messageIds }) => inTurn(() => deliver(shopId, messageIds)));
    } catch (error) {
      const [job] = jobs;
      if (jobs.length > 1 || !job || job.messageIds.length < 2) throw error;
      await sideBySide(1, job.messageIds, (id) => inTurn(() => deliver(job.shopId, [id])));
    }
  };
}
