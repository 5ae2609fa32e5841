/**
 * The second process: binds each job to one pipeline stage and rings the alarms. Built into `build/worker/index.js`;
 * run it, or import `startWorker`.
 */
import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import express from 'express';
import type { Job } from 'pg-boss';
import { type Deps, initDeps } from './deps.server';
import type { ReadTxt } from './gateways/dns/txt';
import type { WebReach } from './gateways/web/look-at-address';
import type { Clock } from './lib/clock';
import { describeError } from './lib/describe-error';
import { sideBySide } from './lib/side-by-side';
import { makeDeliverJobs } from './pipeline/deliver-jobs';
import { JOB_NAMES, JOB_PAYLOADS, type JobName, type JobPayload } from './queue/jobs';

export interface Worker {
  /** Finishes what is under way, for `graceMs` at most, then closes everything. */
  stop(): Promise<void>;
}

type Handlers = { [N in JobName]: (payloads: JobPayload<N>[]) => Promise<unknown> };

/**
 * How many jobs of a kind are fetched at once, and how many such fetches run side by side. At least two at once: a full
 * fetch is followed by the next without a pause, and a fetch of one never counts as full.
 */
const BATCHES: Record<JobName, { batchSize: number; concurrency: number }> = {
  // Each carries up to 25 events.
  'event.route': { batchSize: 4, concurrency: 2 },
  'enrollment.advance': { batchSize: 200, concurrency: 2 },
  // One call to Shopify takes 250 codes; one worker at a time fills a shop's discount best.
  'code.issue': { batchSize: 500, concurrency: 1 },
  'codes.tidy': { batchSize: 2, concurrency: 1 },
  // A job is up to 500 messages.
  'message.deliver': { batchSize: 20, concurrency: 2 },
  'order.attribute': { batchSize: 50, concurrency: 1 },
  'pace.judge': { batchSize: 50, concurrency: 1 },
  'domain.check': { batchSize: 10, concurrency: 2 },
  'subuser.settle': { batchSize: 5, concurrency: 1 },
  'consent.push': { batchSize: 10, concurrency: 2 },
  'birth-date.push': { batchSize: 10, concurrency: 2 },
  'recipient.erase': { batchSize: 10, concurrency: 1 },
  'refusals.import': { batchSize: 2, concurrency: 1 },
  'segments.refresh': { batchSize: 2, concurrency: 1 },
  'vip-tag.push': { batchSize: 10, concurrency: 2 },
  // A large shop takes seconds; few wait behind it.
  'scenario.scan': { batchSize: 2, concurrency: 2 },
  // Each waits for other people's servers, two minutes at worst.
  'scenario.look': { batchSize: 2, concurrency: 2 },
  'audience.count': { batchSize: 2, concurrency: 1 },
  'brand.look': { batchSize: 2, concurrency: 1 },
  // A shop may take minutes; few wait behind it.
  'shop.import': { batchSize: 2, concurrency: 3 },
  'shop.reconcile': { batchSize: 2, concurrency: 2 },
};

/** Jobs of one fetch whose events are applied at the same time: nobody waits for more than those of two. */
const EVENT_JOBS_AT_ONCE = 2;
/** Shops of one fetch that are served at the same time. */
const SHOPS_AT_ONCE = 2;

/**
 * How much the heap may grow over what is alive before it is cleared. V8's own up to fourfold made 500 MB of 150. Unlike a
 * limit of the heap this ends no process: an import that needs more gets more.
 */
const HEAP_GROWING_PERCENT = 50;

const PROMOTE_EVERY_MS = 1000;
/** What a dead worker left is sent within a minute of its death. */
const MEND_EVERY_MS = 10_000;
const GRACE_MS = 25_000;

export interface WorkerOptions {
  /** How links are looked at where the store is this machine's own. */
  web?: WebReach;
  /** The business clock; the machine's own when absent. */
  clock?: Clock;
  /** Where TXT records are read; DNS when absent. */
  readTxt?: ReadTxt;
  /** Real milliseconds between two looks at what is due; where the clock is moved by hand, looking more often pays. */
  promoteEveryMs?: number;
  /** Real milliseconds between two searches for what a crash left behind. */
  mendEveryMs?: number;
}

export async function startWorker(options: WorkerOptions = {}): Promise<Worker> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const { promoteEveryMs = PROMOTE_EVERY_MS, mendEveryMs = MEND_EVERY_MS, ...around } = options;
  const parts = await initDeps({ role: 'worker', ...around });
  const handlers = makeHandlers(parts);
  for (const name of JOB_NAMES) await bind(parts, name, handlers[name] as (payloads: unknown[]) => Promise<unknown>);
  const loops = [
    every(
      promoteEveryMs,
      () => parts.sweep.promote(),
      (error) => parts.log.error({ event: 'sweep.failed', error }),
    ),
    every(
      mendEveryMs,
      () => parts.sweep.mend(),
      (error) => parts.log.error({ event: 'sweep.failed', error }),
    ),
  ];
  const door = await openDoor(parts);
  parts.log.info({ event: 'worker.started' });
  return {
    async stop() {
      door?.close();
      door?.closeAllConnections();
      await Promise.all(loops.map((loop) => loop.stop()));
      await parts.boss.stop({ graceful: true, timeout: GRACE_MS });
      await parts.close();
    },
  };
}

/** Where those who run the worker ask how it is; nowhere while METRICS_PORT is not set. */
function openDoor({ env, watch }: Deps): Promise<Server | null> {
  const { METRICS_PORT: port, HOST: host } = env;
  if (port === undefined) return Promise.resolve(null);
  const app = express().disable('x-powered-by').use(watch);
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, () => resolve(server)).once('error', reject);
  });
}

function makeHandlers(parts: Deps): Handlers {
  const each =
    <T>(run: (payload: T) => Promise<unknown>) =>
    async (payloads: T[]) => {
      for (const payload of payloads) await run(payload);
    };
  return {
    'event.route': (payloads) => sideBySide(EVENT_JOBS_AT_ONCE, payloads, parts.routeEvents),
    'enrollment.advance': (payloads) =>
      sideBySide(SHOPS_AT_ONCE, [...Map.groupBy(payloads, (job) => job.shopId)], ([shopId, jobs]) =>
        parts.advance(
          shopId,
          jobs.map((job) => job.enrollmentId),
        ),
      ),
    'message.deliver': makeDeliverJobs(parts.deliver),
    'code.issue': (payloads) =>
      sideBySide(SHOPS_AT_ONCE, [...Map.groupBy(payloads, (job) => job.shopId)], ([shopId, jobs]) =>
        parts.issueCodes(
          shopId,
          jobs.map((job) => job.enrollmentId),
        ),
      ),
    'codes.tidy': each(parts.tidyCodes),
    'order.attribute': each(parts.attribute),
    // One look at a shop sees everything told of it so far.
    'pace.judge': async (payloads) => {
      for (const shopId of new Set(payloads.map((job) => job.shopId))) await parts.judgePace({ shopId });
    },
    'domain.check': each(({ shopId }) => parts.checkDomain(shopId)),
    'subuser.settle': each(parts.settleSubuser),
    'brand.look': each(parts.lookForBrand.job),
    'shop.import': each(parts.importShop),
    'shop.reconcile': each(parts.reconcile),
    'consent.push': each(parts.pushConsent),
    'birth-date.push': each(parts.pushBirthDate),
    'recipient.erase': each(parts.eraseRecipient),
    'refusals.import': each(parts.importRefusals),
    'segments.refresh': each(parts.refreshSegments),
    'vip-tag.push': each(parts.pushVipTag),
    'scenario.scan': each(parts.scan),
    'scenario.look': each(parts.checks.look),
    'audience.count': each(parts.audiences.count),
  };
}

/** A batch of several jobs that fails is tried one by one, so that one bad job holds nobody else back. */
async function bind(parts: Deps, name: JobName, run: (payloads: unknown[]) => Promise<unknown>): Promise<void> {
  const { batchSize, concurrency } = BATCHES[name];
  const options = {
    batchSize,
    localConcurrency: concurrency,
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: 2,
    burstWhenBatchFull: true,
    perJobResults: true,
  } as const;
  await parts.boss.work(name, options, async (jobs: Job<unknown>[]) => {
    const results = new Map<string, { id: string; status: 'completed' | 'failed'; output?: object }>();
    const settle = async (some: Job<unknown>[]): Promise<void> => {
      try {
        await run(some.map((job) => JOB_PAYLOADS[name].parse(job.data)));
        for (const job of some) results.set(job.id, { id: job.id, status: 'completed' });
      } catch (error) {
        if (some.length > 1) {
          for (const job of some) await settle([job]);
          return;
        }
        const message = describeError(error);
        parts.log.error({ event: 'job.failed', job: name, error: message });
        for (const job of some) results.set(job.id, { id: job.id, status: 'failed', output: { message } });
      }
    };
    await settle(jobs);
    return [...results.values()];
  });
}

/** Runs `task` again and again, never twice at once; a failure is told and the next turn tries anew. */
function every(
  ms: number,
  task: () => Promise<unknown>,
  onError: (message: string) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = async () => {
    try {
      await task();
    } catch (error) {
      onError(describeError(error));
    }
    if (!stopped) timer = setTimeout(() => (running = turn()), ms);
  };
  running = turn();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function run(): Promise<void> {
  const worker = await startWorker();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void worker.stop());
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await run();
