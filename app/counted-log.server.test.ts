import { describe, expect, it } from 'vitest';
import { countLines } from './counted-log.server';
import { toExposition } from './lib/exposition';
import type { LogLine } from './log.server';

function make() {
  const written: LogLine[] = [];
  const write = (line: LogLine) => void written.push(line);
  const { log, counted } = countLines({ info: write, warn: write, error: write });
  return { log, written, text: () => toExposition(counted()) };
}

describe('the counted log', () => {
  it('stands at zero before anything happened, so that an alert can wait for the first', () => {
    const { text } = make();
    expect(text()).toContain('relance_messages_sent_total 0\n');
    expect(text()).toContain('relance_provider_errors_total{outcome="unauthorized"} 0\n');
    expect(text()).toContain('relance_events_accepted_total{source="shopify"} 0\n');
  });

  it('counts what was sent by recipient and what failed by request, and writes every line', () => {
    const { log, written, text } = make();
    const batch = { event: 'batch.handed-over', shopId: 1 };
    log.info({ ...batch, outcome: 'accepted', count: 40 });
    log.info({ ...batch, outcome: 'accepted', count: 2 });
    log.info({ ...batch, outcome: 'not-taken', count: 500 });
    log.info({ ...batch, outcome: 'unsettled', count: 7 });
    log.warn({ event: 'messages.left-unsettled', count: 3 });
    expect(text()).toContain('relance_messages_sent_total 42\n');
    expect(text()).toContain('relance_messages_unsettled_total 10\n');
    expect(text()).toContain('relance_provider_errors_total{outcome="not-taken"} 1\n');
    expect(text()).toContain('relance_provider_errors_total{outcome="unsettled"} 1\n');
    expect(text()).not.toContain('outcome="accepted"');
    expect(written).toHaveLength(5);
  });

  it('counts events by who told them, and last looks by what they said', () => {
    const { log, text } = make();
    log.info({ event: 'webhook.stored', topic: 'orders/create', shopId: 4 });
    log.info({ event: 'sendgrid-events.stored', shopId: 4, count: 6 });
    log.warn({ event: 'sendgrid-events.refused', reason: 'bad-signature' });
    log.info({ event: 'messages.looked-at', shopId: 4, claimed: 3, putOff: 2, withheld: 1 });
    log.error({ event: 'job.failed', job: 'event.route', error: 'x' });
    log.info({ event: 'request.answered', status: 503 });
    for (const line of [
      'relance_events_accepted_total{source="shopify"} 1',
      'relance_events_accepted_total{source="sendgrid"} 6',
      'relance_events_refused_total{source="sendgrid"} 1',
      'relance_messages_looked_at_total{verdict="claimed"} 3',
      'relance_messages_looked_at_total{verdict="put-off"} 2',
      'relance_messages_looked_at_total{verdict="withheld"} 1',
      'relance_jobs_failed_total{job="event.route"} 1',
      'relance_requests_total{status="5xx"} 1',
      'relance_requests_total{status="2xx"} 1',
    ]) {
      expect(text()).toContain(`${line}\n`);
    }
  });
});
