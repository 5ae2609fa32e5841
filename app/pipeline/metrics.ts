/** Puts together what `/metrics` tells: what this process counted, and what waits in the database. Reasons in docs/decisions/0012-metrics.md. */
import type { Clock } from '../lib/clock';
import { type Family, type Sample, toExposition } from '../lib/exposition';
import { sharedAnswer } from '../lib/shared-answer';
import { type QueueDepth, readQueueDepth } from '../queue/queue-state';
import { type Backlog, readBacklog } from '../store/reports/backlog';
import type { Db } from '../store/scope';

export interface MetricsParts {
  /** In the worker's role, where the process has it: no other sees what is due in all shops. */
  db: Db;
  clock: Clock;
  counted: () => Family[];
}

/** Whoever asks more often than this hears the last reading of the database. */
const FRESH_MS = 2000;
/** Longer than a reading may last, shorter than Prometheus waits (10 s). */
const PATIENCE_MS = 5000;

/** @returns Prometheus' text; without the figures of the database, and with `relance_database_up 0`, while it does not answer */
export function makeMetrics({ db, clock, counted }: MetricsParts): () => Promise<string> {
  const stored = sharedAnswer({
    ask: () => readStored(db, clock.now()),
    freshMs: FRESH_MS,
    patienceMs: PATIENCE_MS,
    late: [up(0)],
  });
  return async () => toExposition([...counted(), ...(await stored()), ...ofProcess()]);
}

async function readStored(db: Db, now: Date): Promise<Family[]> {
  const started = performance.now();
  try {
    const [backlog, depth] = [await readBacklog(db, now), await readQueueDepth(db)];
    const seconds = (performance.now() - started) / 1000;
    return [up(1), ...ofQueue(depth), ...(backlog ? ofBacklog(backlog) : []), reading(seconds)];
  } catch {
    return [up(0)];
  }
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, help, type: 'gauge', samples };
}

const up = (value: number) =>
  gauge('relance_database_up', 'Whether the figures of the database could be read.', [{ value }]);

const reading = (value: number) =>
  gauge('relance_reading_seconds', 'How long it took to read the figures of the database.', [{ value }]);

function ofQueue(depth: readonly QueueDepth[]): Family[] {
  const each = (pick: (one: QueueDepth) => number) =>
    depth.map((one) => ({ labels: { job: one.job }, value: pick(one) }));
  return [
    gauge(
      'relance_jobs_queued',
      'Jobs that wait for a worker.',
      each(({ ready }) => ready),
    ),
    gauge(
      'relance_jobs_waiting_to_retry',
      'Jobs that wait for another try or for their time.',
      each(({ later }) => later),
    ),
  ];
}

function ofBacklog({ enrollments, messages, events, open, paced, slowest }: Backlog): Family[] {
  const each = (pick: (one: Backlog['messages']) => number) =>
    Object.entries({ enrollment: enrollments, message: messages, event: events }).map(([kind, one]) => ({
      labels: { kind },
      value: pick(one),
    }));
  return [
    gauge(
      'relance_due',
      'What is due now: enrollments to advance, e-mails to look at, events to apply.',
      each(({ due }) => due),
    ),
    gauge(
      'relance_late',
      'Of what is due, what has been for more than a minute.',
      each(({ late }) => late),
    ),
    gauge(
      'relance_oldest_due_age_seconds',
      'How long the oldest of what is due has been.',
      each(({ oldestSeconds }) => oldestSeconds),
    ),
    gauge(
      'relance_messages_open',
      'E-mails claimed, handed over, or of unknown outcome (unsettled).',
      Object.entries(open).map(([status, value]) => ({ labels: { status }, value })),
    ),
    gauge(
      'relance_shops_paced',
      'Shops whose sending is slowed or stopped, as too much came back or was called spam.',
      Object.entries(paced).map(([pace, value]) => ({ labels: { pace }, value })),
    ),
    gauge(
      'relance_shop_lag_seconds',
      'How long the oldest due thing of a shop has waited: the 20 worst shops that wait at all.',
      slowest.map(({ shopId, lagSeconds }) => ({ labels: { shop: String(shopId) }, value: lagSeconds })),
    ),
  ];
}

function ofProcess(): Family[] {
  return [
    gauge('process_start_time_seconds', 'When this process began, in seconds since 1970.', [
      { value: Math.round(Date.now() / 1000 - process.uptime()) },
    ]),
    gauge('process_resident_memory_bytes', 'Memory of this process.', [{ value: process.memoryUsage.rss() }]),
  ];
}
