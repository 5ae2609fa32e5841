/** The Postgres server of a test run, with the migrated template that test databases are copied from. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { migrate } from '../../app/migrate';
import { findFreePort } from '../../scripts/local/free-port';
import { makeProfileDir, profileDir } from '../../scripts/local/paths';
import { isAlive } from '../../scripts/local/postgres/pid-file';
import { type Passwords, roleUrls } from '../../scripts/local/postgres/roles';
import { startPostgres } from '../../scripts/local/postgres/server';
import { removeProfile } from '../../scripts/local/reset';

/** What a test needs to make itself a database: plain data, handed from the starter to every test process. */
export interface TestServer {
  port: number;
  passwords: Passwords;
  superuserUrl: string;
}

export const TEMPLATE = 'relance_template';

/** Never leaves this machine and lives for one run. */
const PASSWORDS: Passwords = { superuser: 'superuser', owner: 'owner', app: 'app', worker: 'worker' };

const profileOf = (pid: number) => `test-${pid}`;

/** A run that was killed could not clean up. */
async function removeLeftovers(): Promise<void> {
  const all = dirname(profileDir('any'));
  if (!existsSync(all)) return;
  for (const name of readdirSync(all)) {
    const pid = Number(/^test-(\d+)/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await removeProfile(name);
  }
}

async function makeTemplate(server: TestServer): Promise<void> {
  const superuser = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  await superuser.unsafe(`CREATE DATABASE ${TEMPLATE} OWNER relance_owner`);
  await superuser.end();
  await migrate({ ownerUrl: roleUrls({ ...server, database: TEMPLATE }).owner });
}

/** Starts a server for this test run; `stop` also deletes its data. */
export async function startTestServer(): Promise<{ server: TestServer; stop(): Promise<void> }> {
  await removeLeftovers();
  const profile = profileOf(process.pid);
  const logFile = join(makeProfileDir(profile), 'logs', 'postgres.log');
  const port = await findFreePort(0);
  const running = await startPostgres({ profile, port, passwords: PASSWORDS, logFile, fast: true });
  const stop = async () => {
    await running.stop();
    await removeProfile(profile);
  };
  const server = { port, passwords: PASSWORDS, superuserUrl: running.superuserUrl };
  try {
    await makeTemplate(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { server, stop };
}
