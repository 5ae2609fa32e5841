/**
 * Brings the database up to date as the owner role: our tables, then the queue's. Run by `npm run migrate`, and at deploy as
 * `node build/migrate/index.js`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { migrateQueues, QUEUE_SCHEMA } from './queue/boss';

const ROLES = 'relance_app, relance_worker';

/**
 * How long a migration waits for a lock before it lets go of all it has and tries again. The old version works on beside it: whoever
 * waits behind the migration waits as long, and after a second Postgres would break a deadlock by ending either of the two.
 */
const LOCK_PATIENCE_MS = 700;
const BETWEEN_TRIES_MS = 300;
const MOST_TRIES = 300;
/** Postgres' codes for a lock that did not come in time, and for a deadlock. */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['55P03', '40P01']);

/**
 * @param options.ownerUrl `postgres://…` of the role that owns the tables; it must be able to create roles, or find them made
 * @param options.folder where the migrations stand; `drizzle` beside the working directory by default
 */
export async function migrate({ ownerUrl, folder = 'drizzle' }: { ownerUrl: string; folder?: string }): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const db = drizzle(client);
    // Two deploys at once must not migrate at once. The lock ends with the connection.
    await db.execute(sql`select pg_advisory_lock(hashtext('relance.migrate'))`);
    await db.execute(sql.raw(`set lock_timeout = ${LOCK_PATIENCE_MS}`));
    await untilFree(() => runMigrations(db, { migrationsFolder: folder }));
    await db.execute(sql`reset lock_timeout`);
    await migrateQueues(ownerUrl);
    for (const statement of [
      `grant usage on schema ${QUEUE_SCHEMA}, drizzle to ${ROLES}`,
      // So that each process can tell whether the database is as its version needs it.
      `grant select on drizzle.__drizzle_migrations to ${ROLES}`,
      `grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${ROLES}`,
      `grant usage on all sequences in schema ${QUEUE_SCHEMA} to ${ROLES}`,
      `grant execute on all functions in schema ${QUEUE_SCHEMA} to ${ROLES}`,
    ]) {
      await db.execute(sql.raw(statement));
    }
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** What is migrated is committed whole, so a try that failed has left nothing behind. */
async function untilFree(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === MOST_TRIES || !isInTheWay(error)) throw error;
      await pause(BETWEEN_TRIES_MS);
    }
  }
}

function isInTheWay(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return IN_THE_WAY.has(Reflect.get(error, 'code')) || isInTheWay(error.cause);
}

async function run(): Promise<void> {
  const ownerUrl = process.env.OWNER_DATABASE_URL;
  if (!ownerUrl) throw new Error('OWNER_DATABASE_URL is missing: the postgres:// address of the role relance_owner');
  await migrate({ ownerUrl });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await run();
