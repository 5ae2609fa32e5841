/**
 * Counts what the log tells: each line that is an outcome also moves the counters Prometheus reads, so that the two
 * never disagree. Made by `deps.server`, one per process; the counters begin at nothing with it.
 */
import type { Family } from './lib/exposition';
import type { Logger, LogLine } from './log.server';
import { JOB_NAMES } from './queue/jobs';

type Added = Readonly<Record<string, number>>;

interface Counter {
  name: string;
  help: string;
  /** What the samples are told apart by, and the values that stand there from the start: an alert needs the zero. */
  label?: { name: string; values: readonly string[] };
  /** How much each of these log lines adds, by the label's value; without a label a plain number. */
  adds: Readonly<Record<string, (line: LogLine) => Added | number>>;
}

const one = () => 1;
const by = (key: string) => (line: LogLine) => Number(line[key] ?? 0);
const byStatus = (line: LogLine) => ({ [`${String(line.status).charAt(0)}xx`]: 1 });
const outcome = (line: LogLine) => String(line.outcome);
const SOURCES = { name: 'source', values: ['shopify', 'sendgrid'] };

const COUNTERS: readonly Counter[] = [
  {
    name: 'relance_events_accepted_total',
    help: 'Events of Shopify and SendGrid that were stored before they were answered, repeats included.',
    label: SOURCES,
    adds: {
      'webhook.stored': () => ({ shopify: 1 }),
      'sendgrid-events.stored': (line) => ({ sendgrid: by('count')(line) }),
    },
  },
  {
    name: 'relance_events_refused_total',
    help: 'Posts to the webhook doors without a good signature or with an unreadable head.',
    label: SOURCES,
    adds: { 'webhook.refused': () => ({ shopify: 1 }), 'sendgrid-events.refused': () => ({ sendgrid: 1 }) },
  },
  {
    name: 'relance_events_not_stored_total',
    help: 'Webhooks answered 503 because they could not be stored; their sender tries again.',
    adds: { 'webhook.not-stored': one },
  },
  {
    name: 'relance_events_routed_total',
    help: 'Stored events that were applied.',
    label: SOURCES,
    adds: { 'event.routed': (line) => ({ [String(line.source)]: Number(line.count ?? 1) }) },
  },
  {
    name: 'relance_enrollments_advanced_total',
    help: 'Enrollments whose time had come and that went on.',
    adds: { 'enrollments.advanced': by('count') },
  },
  {
    name: 'relance_messages_looked_at_total',
    help: 'Last looks at due e-mails, by what they said.',
    label: { name: 'verdict', values: ['claimed', 'put-off', 'withheld'] },
    adds: {
      'messages.looked-at': (line) => ({
        claimed: by('claimed')(line),
        'put-off': by('putOff')(line),
        withheld: by('withheld')(line),
      }),
    },
  },
  {
    name: 'relance_messages_sent_total',
    help: 'E-mails SendGrid accepted.',
    adds: { 'batch.handed-over': (line) => (outcome(line) === 'accepted' ? by('count')(line) : 0) },
  },
  {
    name: 'relance_messages_unsettled_total',
    help: 'E-mails handed over of which SendGrid never said what became of them.',
    adds: {
      'batch.handed-over': (line) => (outcome(line) === 'unsettled' ? by('count')(line) : 0),
      'messages.left-unsettled': by('count'),
    },
  },
  {
    name: 'relance_messages_closed_unknown_total',
    help: 'Unsettled e-mails closed after a day without a word of SendGrid: never sent again.',
    adds: { 'messages.closed-unknown': by('count') },
  },
  {
    name: 'relance_provider_errors_total',
    help: 'Requests to SendGrid that it did not accept, by what came of them.',
    label: { name: 'outcome', values: ['not-taken', 'refused', 'unauthorized', 'unsettled'] },
    adds: { 'batch.handed-over': (line) => (outcome(line) === 'accepted' ? {} : { [outcome(line)]: 1 }) },
  },
  {
    name: 'relance_shopify_throttled_total',
    help: 'Questions Shopify told to wait.',
    adds: { 'shopify.throttled': one },
  },
  {
    name: 'relance_jobs_failed_total',
    help: 'Jobs that failed and will be tried again.',
    label: { name: 'job', values: JOB_NAMES },
    adds: { 'job.failed': (line) => ({ [String(line.job)]: 1 }) },
  },
  {
    name: 'relance_sweeps_failed_total',
    help: 'Rounds of the alarm loop that failed; the next one tries anew.',
    adds: { 'sweep.failed': one },
  },
  {
    name: 'relance_requests_total',
    help: 'HTTP requests answered, by the class of their status.',
    label: { name: 'status', values: ['2xx', '3xx', '4xx', '5xx'] },
    // A webhook has one line: what became of it.
    adds: {
      'request.answered': byStatus,
      'webhook.stored': () => ({ '2xx': 1 }),
      'webhook.refused': byStatus,
      'webhook.not-stored': () => ({ '5xx': 1 }),
    },
  },
];

export interface CountedLog {
  log: Logger;
  /** What was counted since the process began. */
  counted(): Family[];
}

/** A logger that counts, whatever level the inner one writes. */
export function countLines(inner: Logger): CountedLog {
  const counters = COUNTERS.map((counter) => ({ counter, counts: startOf(counter) }));
  const moved = Map.groupBy(
    counters.flatMap(({ counter, counts }) =>
      Object.entries(counter.adds).map(([event, add]) => ({ event, add, counts })),
    ),
    ({ event }) => event,
  );
  const count = (line: LogLine) => {
    for (const { add, counts } of moved.get(line.event) ?? []) {
      const added = add(line);
      const parts = typeof added === 'number' ? { '': added } : added;
      for (const [value, more] of Object.entries(parts)) counts.set(value, (counts.get(value) ?? 0) + more);
    }
  };
  const counting = (write: (line: LogLine) => void) => (line: LogLine) => {
    count(line);
    write(line);
  };
  return {
    log: { info: counting(inner.info), warn: counting(inner.warn), error: counting(inner.error) },
    counted: () => counters.map(({ counter, counts }) => toFamily(counter, counts)),
  };
}

function startOf({ label }: Counter): Map<string, number> {
  return new Map((label?.values ?? ['']).map((value) => [value, 0]));
}

function toFamily({ name, help, label }: Counter, counts: ReadonlyMap<string, number>): Family {
  const samples = [...counts].map(([text, value]) => (label ? { labels: { [label.name]: text }, value } : { value }));
  return { name, help, type: 'counter', samples };
}
