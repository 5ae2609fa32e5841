/** The database as each role finds it: reachable, without more power than it needs, kept apart by shop, migrated, with its queue. */
import { sql } from 'drizzle-orm';
import { connect } from '../db.server';
import { findMissingQueues } from '../queue/queue-state';
import { findMissingMigrations } from '../store/migrations';
import { about, type Finding } from './finding';

export type Role = 'app' | 'worker' | 'owner';

/** What was seen through one connection; null where it could not be. */
export interface DatabaseFacts {
  user: string;
  superuser: boolean;
  bypassesRls: boolean;
  version: number;
  /** Of this machine's clock, ahead of the database's. */
  clockAheadMs: number;
  /** Tables that hold rows of shops without forced row-level security. */
  unguarded: string[];
  /** Whether the worker's policies let it see what is due in all shops. */
  seesAllShops: boolean;
  /** Whether it owns the tables. */
  isOwner: boolean;
  missingMigrations: string[] | null;
  missingQueues: string[] | null;
}

/** Postgres 18 brings `uuidv7()`, which the tables use. */
const OLDEST_VERSION = 180_000;
const MOST_SKEW_MS = 5000;
const PATIENCE_MS = 5000;

/** @returns the facts, or the reason in Postgres' words, which name no password */
export async function readDatabase(url: string): Promise<DatabaseFacts | { unreachable: string }> {
  const { db, close } = connect({ url, max: 1 });
  const patience = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS).unref();
  });
  try {
    return await Promise.race([look(db), patience]);
  } catch (error) {
    return { unreachable: reasonOf(error) };
  } finally {
    void close();
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || String(Reflect.get(cause, 'code')) : 'unknown';
}

interface Row extends Record<string, unknown> {
  user: string;
  superuser: boolean;
  bypasses_rls: boolean;
  version: number;
  now_ms: number;
  unguarded: string[];
  sees_all: boolean;
  is_owner: boolean;
}

async function look(db: ReturnType<typeof connect>['db']): Promise<DatabaseFacts> {
  const [row] = await db.execute<Row>(sql`
    select current_user::text as user, rolsuper as superuser, rolbypassrls as bypasses_rls,
      current_setting('server_version_num')::int as version,
      extract(epoch from clock_timestamp())::float8 * 1000 as now_ms,
      array(select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id' and not a.attisdropped
        where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'shop_domains'
          and not (c.relrowsecurity and c.relforcerowsecurity) order by 1) as unguarded,
      exists (select from pg_policies where tablename = 'messages' and policyname = 'worker_finds_due'
        and exists (select from unnest(roles) role where pg_has_role(current_user, role, 'usage'))) as sees_all,
      exists (select from pg_tables where schemaname = 'public' and tablename = 'messages'
        and pg_has_role(current_user, tableowner, 'usage')) as is_owner
    from pg_roles where rolname = current_user`);
  if (!row) throw new Error('the role does not know itself');
  return {
    user: row.user,
    superuser: row.superuser,
    bypassesRls: row.bypasses_rls,
    version: row.version,
    clockAheadMs: Date.now() - row.now_ms,
    unguarded: row.unguarded,
    seesAllShops: row.sees_all,
    isOwner: row.is_owner,
    missingMigrations: await findMissingMigrations(db).catch(() => null),
    missingQueues: await findMissingQueues(db).catch(() => null),
  };
}

const NAMES: Record<Role, string> = { app: 'DATABASE_URL', worker: 'WORKER_DATABASE_URL', owner: 'OWNER_DATABASE_URL' };
const MIGRATE = 'Run the migrations: npm run migrate, or node build/migrate/index.js, with OWNER_DATABASE_URL.';

/** Pure: what these facts mean for the role they were seen in. */
export function judgeDatabase(role: Role, facts: DatabaseFacts | { unreachable: string }): Finding[] {
  const { ok, mend } = about(`Database, ${NAMES[role]}`);
  if ('unreachable' in facts) {
    return [
      mend(
        `cannot be reached: ${facts.unreachable}.`,
        'Check that Postgres runs, and host, port, name, user and password in the address.',
      ),
    ];
  }
  const found = [...powersOf(role, facts), ...stateOf(role, facts)];
  return found.some(({ verdict }) => verdict === 'mend')
    ? found
    : [ok(`reached as ${facts.user}, in order.`), ...found];
}

function powersOf(role: Role, { user, superuser, bypassesRls, isOwner, seesAllShops }: DatabaseFacts): Finding[] {
  const { mend } = about(`Database, ${NAMES[role]}`);
  // Of such a role nothing else can be told: it may do everything.
  if (superuser || bypassesRls) {
    const power = superuser ? 'is a superuser' : 'passes row-level security by';
    return [
      mend(
        `${user} ${power}.`,
        `Use the role relance_${role} here: shops are kept apart by rules that ${user} passes by.`,
      ),
    ];
  }
  const found: Finding[] = [];
  if (role === 'app' && (isOwner || seesAllShops)) {
    found.push(mend(`${user} may do more than the web process needs.`, 'Use the role relance_app here.'));
  }
  if (role === 'worker' && isOwner) found.push(mend(`${user} owns the tables.`, 'Use the role relance_worker here.'));
  if (role === 'worker' && !seesAllShops) {
    found.push(
      mend(
        `${user} cannot see what is due: nothing would ever be sent.`,
        'Use the role relance_worker here, and run the migrations.',
      ),
    );
  }
  return found;
}

function stateOf(role: Role, facts: DatabaseFacts): Finding[] {
  const { note, mend } = about(`Database, ${NAMES[role]}`);
  const found: Finding[] = [];
  if (facts.version < OLDEST_VERSION) {
    found.push(mend(`Postgres ${Math.floor(facts.version / 10_000)} is too old.`, 'Use Postgres 18 or newer.'));
  }
  if (!facts.missingMigrations) found.push(mend('the tables were never made, or not for this role.', MIGRATE));
  else if (facts.missingMigrations.length > 0)
    found.push(mend(`not migrated for this version (${facts.missingMigrations.join(', ')}).`, MIGRATE));
  if (!facts.missingQueues) found.push(mend('the queue is not there.', MIGRATE));
  else if (facts.missingQueues.length > 0)
    found.push(mend(`queues are missing (${facts.missingQueues.join(', ')}).`, MIGRATE));
  if (facts.unguarded.length > 0) {
    found.push(
      mend(
        `row-level security is not forced on ${facts.unguarded.join(', ')}.`,
        'ALTER TABLE … FORCE ROW LEVEL SECURITY on each; somebody changed what the migrations made.',
      ),
    );
  }
  if (Math.abs(facts.clockAheadMs) > MOST_SKEW_MS) {
    found.push(
      note(
        `its clock and this machine’s differ by ${Math.round(Math.abs(facts.clockAheadMs) / 1000)} s.`,
        'Keep both by NTP: due times and tokens rest on them.',
      ),
    );
  }
  return found;
}
