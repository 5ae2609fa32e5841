/** Which jobs stored events are given: one for many, so that a flood of webhooks costs the queue little. Asked by `ingest` and the sweep. */
import type { JobName, JobPayload } from './jobs';

export type StoredEvent = JobPayload<'event.route'>['events'][number];

/** They are applied one after the other, so the last waits for all before it; a worker that dies leaves them to another for some seconds. */
const MOST_EVENTS = 25;

/** Every event in one job, in the order given. */
export function routeJobs(events: readonly StoredEvent[]): JobPayload<'event.route'>[] {
  const jobs: JobPayload<'event.route'>[] = [];
  for (let from = 0; from < events.length; from += MOST_EVENTS) {
    jobs.push({ events: events.slice(from, from + MOST_EVENTS) });
  }
  return jobs;
}

/**
 * What Shopify tells (an order, a withdrawal, a new subscriber) is applied before what SendGrid tells of e-mails that left: a
 * shop that sends half a million makes a million of those, and nobody waits for them. Higher goes first.
 */
export function urgencyOf<N extends JobName>(name: N, payload: JobPayload<N>): number {
  if (name !== 'event.route') return 0;
  const { events } = payload as JobPayload<'event.route'>;
  return events.some(({ source }) => source === 'shopify') ? 1 : 0;
}
