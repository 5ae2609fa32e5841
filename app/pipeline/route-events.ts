/** Takes a job's events through stage 2: what SendGrid tells of nearly every e-mail together, the rest each in transactions of its own. The worker binds it to `event.route`. */
import type { JobPayload } from '../queue/jobs';
import type { StoredEvent } from '../queue/route-jobs';

export interface RouteEventsParts {
  /** Applies what it can in one go; answers what is left. */
  routeReceipts(events: readonly StoredEvent[]): Promise<readonly StoredEvent[]>;
  routeEvent(event: StoredEvent): Promise<void>;
}

/**
 * Applies one event after the other. One that fails holds nobody up: the rest is applied before its error is thrown, and
 * with the job's next try it is the only one still open.
 */
export function makeRouteEvents({
  routeReceipts,
  routeEvent,
}: RouteEventsParts): (job: JobPayload<'event.route'>) => Promise<void> {
  return async ({ events }) => {
    const failures: unknown[] = [];
    for (const event of await routeReceipts(events))
      await routeEvent(event).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
}
