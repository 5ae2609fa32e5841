/** The Postgres of a benchmark: made anew, migrated, and as safe against a power cut as in production. */
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { migrate } from '../app/migrate';
import { findFreePort } from '../scripts/local/free-port';
import { makeProfileDir } from '../scripts/local/paths';
import { type Passwords, type RoleUrls, roleUrls } from '../scripts/local/postgres/roles';
import { startPostgres } from '../scripts/local/postgres/server';
import { resetProfile } from '../scripts/local/reset';
import { cpuSecondsWithChildren } from './cpu';
import { say } from './measured';

export const PROFILE = 'bench';

/** Never leaves this machine and lives for one run. */
const PASSWORDS: Passwords = { superuser: 'superuser', owner: 'owner', app: 'app', worker: 'worker' };

export interface BenchDatabase {
  urls: RoleUrls;
  /** As the superuser, past row-level security: fills tables and counts them, never measured as the app. */
  sql: Sql;
}

export interface BenchServer {
  /** The migrated database. */
  main: BenchDatabase;
  /** A further migrated database on the same server. */
  another(name: string): Promise<BenchDatabase>;
  logDir: string;
  /** CPU seconds Postgres took so far, with all its connections. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  await resetProfile(PROFILE);
  const logDir = join(makeProfileDir(PROFILE), 'logs');
  const port = await findFreePort(0);
  const running = await startPostgres({
    profile: PROFILE,
    port,
    passwords: PASSWORDS,
    logFile: join(logDir, 'postgres.log'),
  });
  const clients: Sql[] = [];
  const open = async (database: string): Promise<BenchDatabase> => {
    const urls = roleUrls({ port, passwords: PASSWORDS, database });
    await migrate({ ownerUrl: urls.owner });
    const url = new URL(running.superuserUrl);
    url.pathname = `/${database}`;
    const sql = postgres(url.href, { max: 4, onnotice: () => {} });
    clients.push(sql);
    return { urls, sql };
  };
  const stop = async () => {
    for (const client of clients) await client.end({ timeout: 5 });
    await running.stop();
    await resetProfile(PROFILE);
  };
  try {
    const main = await open('relance');
    await holdToSafety(main.sql);
    return {
      main,
      async another(name) {
        await main.sql.unsafe(`create database ${name} owner relance_owner`);
        return open(name);
      },
      logDir,
      cpuSeconds: () => cpuSecondsWithChildren(running.pid),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A benchmark on a Postgres that may forget would prove nothing. */
async function holdToSafety(sql: Sql): Promise<void> {
  const [row] = await sql<{ fsync: string; commit: string; pages: string; version: string }[]>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('full_page_writes') as pages, current_setting('server_version') as version`;
  say(
    `Postgres ${row?.version}: fsync=${row?.fsync}, synchronous_commit=${row?.commit}, full_page_writes=${row?.pages}`,
  );
  if (row?.fsync !== 'on' || row.commit !== 'on' || row.pages !== 'on') throw new Error('Postgres runs unsafely');
}

/** After a bulk load: fresh statistics and a visibility map, as autovacuum would leave them. */
export async function settle(sql: Sql): Promise<void> {
  await sql.unsafe('vacuum analyze');
  await sql.unsafe('checkpoint');
}
