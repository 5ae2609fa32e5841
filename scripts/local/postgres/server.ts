/** Starts and stops the embedded Postgres of one profile; called by the local stack and by the test set-up. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { type Cluster, makeCluster } from './cluster';
import { readPidFile, stopLeftover } from './pid-file';
import { type Passwords, type RoleUrls, roleStatements, roleUrls, superuserUrl } from './roles';

export interface StartOptions {
  /** Name of the set of local data; decides the folder. */
  profile: string;
  port: number;
  passwords: Passwords;
  /** File that gets the server's own messages. */
  logFile: string;
  /** Trades safety against a power cut for speed; for tests only. */
  fast?: boolean;
}

export interface RunningPostgres {
  superuserUrl: string;
  urls: RoleUrls;
  /** Settles with how the server ended, wanted or not. */
  exited: Promise<string>;
  stop(): Promise<void>;
  /** Process id of the server itself, whose children are the connections. */
  pid: number;
}

const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB'];

function settings({ port, fast }: StartOptions): string[] {
  const all = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_connections=200',
    // A bulk insert of jobs needs fresh statistics soon: see the notes on pg-boss in the architecture.
    'autovacuum_naptime=10s',
    'autovacuum_analyze_scale_factor=0.02',
    ...(fast ? FAST : []),
  ];
  return all.flatMap((setting) => ['-c', setting]);
}

/**
 * Starts the program under a shell that watches our end of a pipe: when this process goes, however it goes, the pipe
 * closes and the server gets SIGINT, its fast and clean shutdown. `$$` stays the server's own process id after exec.
 */
function spawnServer(cluster: Cluster, options: StartOptions): ChildProcess {
  const log = openSync(options.logFile, 'w');
  const watch = '(cat <&3 >/dev/null; kill -INT $$ 2>/dev/null) & exec 3<&-; exec "$@"';
  const server = [cluster.binaries.postgres, '-D', cluster.dataDir, ...settings(options)];
  const [program, ...args] = process.platform === 'win32' ? server : ['/bin/sh', '-c', watch, 'sh', ...server];
  const child = spawn(program ?? '', args, {
    ...cluster.user,
    cwd: '/',
    // A group of its own: Ctrl-C in the terminal must not stop the database before the processes that use it.
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  closeSync(log);
  return child;
}

/** Postgres writes `ready` into its pid file when it accepts connections; looking there needs no client. */
async function waitUntilReady(cluster: Cluster, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('Postgres ended while starting.');
    if (readPidFile(cluster.dataDir)?.ready) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('Postgres did not become ready within 30 s.');
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
}

/**
 * Starts Postgres on 127.0.0.1, making the cluster, the three roles and the database `relance` at the first start.
 * Throws when it does not start; the reason is in the log file then.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const { profile, passwords } = options;
  const cluster = makeCluster({ profile, superuserPassword: passwords.superuser, sql: roleStatements(passwords) });
  await stopLeftover(cluster.dataDir);
  const child = spawnServer(cluster, options);
  const exited = endOf(child);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
    await exited;
    // The watcher behind the pipe ends with it.
    child.stdio[3]?.destroy();
  };
  try {
    await waitUntilReady(cluster, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { superuserUrl: superuserUrl(options), urls: roleUrls(options), exited, stop, pid: child.pid ?? 0 };
}
