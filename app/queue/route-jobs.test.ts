import { describe, expect, it } from 'vitest';
import { JOB_PAYLOADS } from './jobs';
import { routeJobs, urgencyOf } from './route-jobs';

const event = (number: number) => ({
  ...{ shopId: 1 + (number % 3), source: 'shopify' as const, topic: 'orders/create', dedupeKey: `w${number}` },
});

describe('jobs for stored events', () => {
  it('hold every event once, in order, no more than twenty-five each', () => {
    const events = Array.from({ length: 120 }, (_, number) => event(number));
    const jobs = routeJobs(events);
    expect(jobs.map((job) => job.events.length)).toEqual([25, 25, 25, 25, 20]);
    expect(jobs.flatMap((job) => job.events)).toEqual(events);
  });

  it('go before what SendGrid tells when Shopify told them', () => {
    const sendgrid = { ...event(2), source: 'sendgrid' as const };
    const [told, delivered] = [{ events: [sendgrid, event(1)] }, { events: [sendgrid] }];
    expect(urgencyOf('event.route', told)).toBeGreaterThan(urgencyOf('event.route', delivered));
    expect(urgencyOf('shop.import', { shopId: 1 })).toBe(0);
  });

  it('are none for no event', () => {
    expect(routeJobs([])).toEqual([]);
  });

  it('are read as versions before wrote them too: one event each', () => {
    const payload = JOB_PAYLOADS['event.route'];
    expect(payload.parse(event(7))).toEqual({ events: [event(7)] });
    expect(payload.parse({ events: [event(7), event(8)] })).toEqual({ events: [event(7), event(8)] });
  });
});
