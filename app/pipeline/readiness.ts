/** Whether this process can do its work now: the database answers, is migrated for this build, and holds the queue. Asked by `/readyz`. */
import { sql } from 'drizzle-orm';
import { sharedAnswer } from '../lib/shared-answer';
import { findMissingQueues } from '../queue/queue-state';
import { EXPECTED_MIGRATIONS, findMissingMigrations, type Migration } from '../store/migrations';
import type { Db } from '../store/scope';

export interface Readiness {
  ready: boolean;
  /** What is wrong first, in words without any value of the settings or of the data; null when nothing is. */
  why: string | null;
}

/** A balancer that asks waits no longer. */
const PATIENCE_MS = 1000;
/** Whoever asks more often than this hears the last answer. */
const FRESH_MS = 1000;

/** Makes the question. Any number of askers cost the database one look a second. */
export function makeReadiness({ db, expected = EXPECTED_MIGRATIONS }: { db: Db; expected?: readonly Migration[] }) {
  return sharedAnswer<Readiness>({
    ask: () => look(db, expected),
    freshMs: FRESH_MS,
    patienceMs: PATIENCE_MS,
    late: not('The database does not answer within a second.'),
  });
}

async function look(db: Db, expected: readonly Migration[]): Promise<Readiness> {
  const answers = await db.execute(sql`select 1`).then(yes, no);
  if (!answers) return not('The database does not answer.');
  const missing = await findMissingMigrations(db, expected).catch(() => null);
  if (!missing) return not('The database was never migrated: run the migrations.');
  if (missing.length > 0) return not(`${missing.length} migration(s) of this version are missing: run the migrations.`);
  const queues = await findMissingQueues(db).catch(() => null);
  if (!queues) return not('The queue is not there: run the migrations.');
  if (queues.length > 0) return not(`${queues.length} queue(s) of this version are missing: run the migrations.`);
  return { ready: true, why: null };
}

const yes = () => true;
const no = () => false;
const not = (why: string): Readiness => ({ ready: false, why });
