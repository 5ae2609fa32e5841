/**
 * Tells Relance that its database was restored from a copy: `npm run restored -- --copy-from 2026-11-22T09:00:00Z`, and in an
 * image `node build/restored/index.js --copy-from …`. Run it before the workers are started again. What may have left
 * since the copy is held; see `docs/operations.md` and `docs/decisions/0013`.
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { connect } from './db.server';
import type { LostTime } from './domain/lost-time';
import { type Clock, systemClock } from './lib/clock';
import { describeError } from './lib/describe-error';
import { holdLostTime, type LostTimeHeld, newerThanCopy } from './pipeline/hold-lost-time';
import { findMissingMigrations } from './store/migrations';
import { hasRunningWorker, seesAllShops } from './store/who-is-connected';

export interface RestoredOptions {
  /** Usually `process.env`. */
  env: Readonly<Record<string, string | undefined>>;
  /** As given on the command line; both ISO 8601 with a zone. */
  copyFrom?: string | undefined;
  /** When the last worker stopped; now, unless it is told. */
  stoppedAt?: string | undefined;
  /** The business clock; the machine's own when absent. */
  clock?: Clock;
}

export type Restored = { ok: true; lost: LostTime; held: LostTimeHeld } | { ok: false; why: string };

const EXAMPLE = '2026-11-22T09:00:00Z';
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** A date, a time and a zone: without one nobody knows which nine o'clock. */
function readMoment(text: string): Date | null {
  const at = MOMENT.test(text) ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

function readLostTime({ copyFrom, stoppedAt }: RestoredOptions, now: Date): LostTime | string {
  if (!copyFrom) return `Say up to when the copy knows everything: --copy-from ${EXAMPLE}.`;
  const from = readMoment(copyFrom);
  if (!from) return `--copy-from "${copyFrom}" is no moment: write date, time and zone, as in ${EXAMPLE}.`;
  const until = stoppedAt === undefined ? now : readMoment(stoppedAt);
  if (!until) return `--stopped-at "${stoppedAt}" is no moment: write date, time and zone, as in ${EXAMPLE}.`;
  if (from > now) return `--copy-from ${from.toISOString()} is yet to come: it is ${now.toISOString()} now.`;
  if (until > now) return `--stopped-at ${until.toISOString()} is yet to come: it is ${now.toISOString()} now.`;
  if (until < from)
    return `--stopped-at lies before --copy-from: workers that stopped before the copy sent nothing after it.`;
  return { from, until };
}

/** Holds what may have left. Refuses, changing nothing, when it cannot be right. */
export async function restored(options: RestoredOptions): Promise<Restored> {
  const refused = (why: string): Restored => ({ ok: false, why });
  const now = (options.clock ?? systemClock).now();
  const lost = readLostTime(options, now);
  if (typeof lost === 'string') return refused(lost);
  const url = options.env.WORKER_DATABASE_URL || options.env.DATABASE_URL;
  if (!url) return refused('WORKER_DATABASE_URL is missing: the postgres:// address of the role relance_worker.');
  const { db, close } = connect({ url, max: 2 });
  try {
    const missing = await findMissingMigrations(db);
    if (missing.length > 0)
      return refused(
        `The copy lacks the migrations ${missing.join(', ')}: run them first (node build/migrate/index.js).`,
      );
    if (!(await seesAllShops(db)))
      return refused('This role does not see all shops: set WORKER_DATABASE_URL to the role relance_worker.');
    if (await hasRunningWorker(db))
      return refused('A worker is connected to this database. Stop every worker first: it may be sending.');
    const newer = await newerThanCopy(db, lost.from);
    if (newer)
      return refused(
        `The database knows of ${newer.toISOString()}, after ${lost.from.toISOString()}: it is no copy from then. Was it restored, and is the time right?`,
      );
    return { ok: true, lost, held: await holdLostTime(db, lost, now) };
  } catch (error) {
    return refused(`The database cannot be used: ${describeError(error)}`);
  } finally {
    await close();
  }
}

function told({ lost, held }: Extract<Restored, { ok: true }>): string {
  return `${held.emails} e-mails of ${held.shops} shops are held: due or under way between ${lost.from.toISOString()} and ${lost.until.toISOString()}, they may have been sent.
What else would have gone in that time, and is planned again, is held as well.
Start the worker now. Nothing goes out for a shop until Shopify was asked what changed meanwhile.
SendGrid's events settle the e-mails they speak of. Owners are asked about the rest on their home page;
what nobody settles within a day is closed as "unknown" and not sent again.
`;
}

/** Prints what came of it and sets the exit code: 1 when it was refused. */
export async function runRestored(options: RestoredOptions): Promise<void> {
  const outcome = await restored(options);
  if (outcome.ok) process.stdout.write(told(outcome));
  else process.stderr.write(`Nothing was changed. ${outcome.why}\n`);
  process.exitCode = outcome.ok ? 0 : 1;
}

/** As given after the command, `--env-file` included. */
export async function runRestoredWith(args: string[]): Promise<void> {
  const options = {
    'copy-from': { type: 'string' },
    'stopped-at': { type: 'string' },
    'env-file': { type: 'string' },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values['env-file'] !== undefined) process.loadEnvFile(values['env-file']);
  await runRestored({ env: process.env, copyFrom: values['copy-from'], stoppedAt: values['stopped-at'] });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await runRestoredWith(process.argv.slice(2));
