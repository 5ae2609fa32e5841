/** The Postgres of a chaos run: as safe against a crash as in production, and able to crash. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { surviveLostConnections } from '../app/lost-connections';
import { migrate } from '../app/migrate';
import type { Passwords, RoleUrls } from '../scripts/local/postgres/roles';
import { type RunningPostgres, startPostgres } from '../scripts/local/postgres/server';

export interface Database {
  urls: RoleUrls;
  /** As the superuser, past row-level security: fills, counts, and lays locks; connects again after a crash. */
  sql: Sql;
  /** Immediate shutdown: no checkpoint, no goodbye. Resolves when it is gone. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Stops every process of the server for a while; nothing is lost, nothing moves. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export async function openDatabase(options: {
  profile: string;
  port: number;
  passwords: Passwords;
  logDir: string;
}): Promise<Database> {
  const start = () => startPostgres({ ...options, logFile: join(options.logDir, 'postgres.log') });
  let running: RunningPostgres = await start();
  let frozen: number[] = [];
  await migrate({ ownerUrl: running.urls.owner });
  const url = new URL(running.superuserUrl);
  url.pathname = '/relance';
  const sql = surviveLostConnections(
    postgres(url.href, {
      max: 6,
      onnotice: () => {},
      connection: { application_name: 'chaos' },
      backoff: () => 0.2,
    }),
  );
  const thaw = () => {
    for (const pid of frozen) signal(pid, 'SIGCONT');
    frozen = [];
  };
  // Whatever ends this process, a stopped server could never end by itself.
  process.once('exit', thaw);
  return {
    urls: running.urls,
    sql,
    async crash() {
      signal(running.pid, 'SIGQUIT');
      // Waits for its end, and lets go of the pipe to whoever watches it: this process could not end otherwise.
      await running.exited;
      await running.stop();
    },
    async start() {
      running = await start();
    },
    freeze() {
      // The server first, so that it makes no new connection while the others are stopped.
      signal(running.pid, 'SIGSTOP');
      frozen = [running.pid, ...childrenOf(running.pid)];
      for (const pid of frozen) signal(pid, 'SIGSTOP');
    },
    thaw,
    async stop() {
      thaw();
      await sql.end({ timeout: 2 });
      await running.stop();
    },
  };
}

/** Asks again while the database is away, which is somebody else's doing. Only for what may be asked twice. */
export async function steadily<T>(ask: () => PromiseLike<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === STEADY_TRIES || !isAway(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, STEADY_PAUSE_MS));
    }
  }
}

const STEADY_TRIES = 300;
const STEADY_PAUSE_MS = 200;

/** The connection was lost or refused, or Postgres is stopping, starting or full. */
function isAway(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return /^(CONNECTION_|CONNECT_|ECONN|57P0|08|53300)/.test(code);
}

function childrenOf(parent: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (pid && ppid === parent ? [pid] : []));
}

/** One that has ended meanwhile needs no signal. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
