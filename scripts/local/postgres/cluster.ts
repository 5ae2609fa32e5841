/** Makes the data folder of an embedded Postgres, whole or not at all; called by `postgres/server.ts` at each start. */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileDir } from '../paths';
import { type Binaries, findBinaries } from './binaries';
import { stopLeftover } from './pid-file';
import { databaseHome } from './places';
import { type UserIds, unprivilegedUser } from './unprivileged-user';

export interface Cluster {
  binaries: Binaries;
  dataDir: string;
  user: UserIds | undefined;
}

/** Runs one of the programs to its end as the right user; throws with what it printed when it fails. */
function run(program: string, args: string[], options: { user: UserIds | undefined; input?: string }): void {
  const result = spawnSync(program, args, {
    ...options.user,
    cwd: '/',
    input: options.input ?? '',
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (result.status === 0) return;
  const output = `${result.error?.message ?? ''}${result.stdout}${result.stderr}`.trim();
  throw new Error(`${program} failed:\n${output.split('\n').slice(-15).join('\n')}`);
}

function initdbArgs(dataDir: string, passwordFile: string): string[] {
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
  const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  return [`--pgdata=${dataDir}`, ...locale, ...access, '--no-sync', '--no-instructions'];
}

/**
 * Fills a folder beside the final one and renames it at the end: a broken-off first start leaves nothing half done.
 * The roles are made by the server's single-user mode, which needs no port.
 */
function fill(cluster: Cluster, options: { superuserPassword: string; sql: string }): void {
  const { binaries, user } = cluster;
  const unfinished = `${cluster.dataDir}-unfinished`;
  const passwordFile = `${cluster.dataDir}-password`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  try {
    writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
    mkdirSync(unfinished, { mode: 0o700 });
    for (const place of user ? [passwordFile, unfinished] : []) chownSync(place, user?.uid ?? 0, user?.gid ?? 0);
    run(binaries.initdb, initdbArgs(unfinished, passwordFile), { user });
    run(binaries.postgres, ['--single', '-D', unfinished, 'postgres'], { user, input: options.sql });
    renameSync(unfinished, cluster.dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Who runs the server: whoever owns the data, which only root can choose. Anyone else is told so here, in plainer words
 * than Postgres has ("data directory has wrong ownership").
 */
function userForData(dataDir: string, user: UserIds | undefined): UserIds | undefined {
  if (!existsSync(dataDir)) return user;
  const { uid, gid } = lstatSync(dataDir);
  if (user) return uid === 0 ? user : { uid, gid };
  if (uid !== process.getuid?.()) throw new Error(`${dataDir} was made by another user (${uid}). Use -- --reset.`);
  return undefined;
}

/** The cluster of a profile, made with these roles when it does not exist yet. */
export function makeCluster(options: { profile: string; superuserPassword: string; sql: string }): Cluster {
  const anyUser = unprivilegedUser();
  const dataDir = join(databaseHome(options.profile, anyUser !== undefined), 'postgres');
  const user = userForData(dataDir, anyUser);
  const cluster = { binaries: findBinaries(user), dataDir, user };
  if (!existsSync(dataDir)) fill(cluster, options);
  return cluster;
}

/** Deletes the database of a profile; a server that a killed run left behind is ended first. */
export async function removeCluster(profile: string): Promise<void> {
  const home = databaseHome(profile, unprivilegedUser() !== undefined);
  await stopLeftover(join(home, 'postgres'));
  rmSync(home === profileDir(profile) ? join(home, 'postgres') : home, { recursive: true, force: true });
}
