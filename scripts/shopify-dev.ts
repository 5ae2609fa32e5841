/**
 * What `shopify app dev` runs (see shopify.web.toml): the app against a real development store, with the embedded
 * Postgres. The Shopify CLI sets PORT, HOST, SHOPIFY_API_KEY, SHOPIFY_API_SECRET and SCOPES; SendGrid's settings come
 * from the shell, and without them sending waits.
 */
import { join } from 'node:path';
import { migrate } from '../app/migrate';
import { buildWhenNeeded } from './local/build';
import { startChild } from './local/child';
import { findFreePort } from './local/free-port';
import { lockProfile } from './local/lock';
import { need } from './local/need';
import { makeProfileDir } from './local/paths';
import { startPostgres } from './local/postgres/server';
import { showProgress } from './local/progress';
import { makeRunningParts } from './local/running-parts';
import { readSettings } from './local/settings';
import { ANY_PORTS } from './local/stack';
import { runCommand, whenDied } from './local/until-asked';
import { watchFolders } from './local/watch';

/** Where its data lie; a test names another, so as not to touch a developer's. */
const PROFILE = process.env.RELANCE_PROFILE || 'shopify';
const PARTS = ['web', 'worker'] as const;
const FROM_SHELL = [
  'SHOPIFY_API_KEY',
  'SHOPIFY_API_SECRET',
  'SCOPES',
  'SENDGRID_API_KEY',
  'SENDGRID_WEBHOOK_PUBLIC_KEY',
];

const progress = showProgress(process.stderr);
const parts = makeRunningParts();
const logs = join(makeProfileDir(PROFILE), 'logs');
const settings = readSettings(PROFILE, ANY_PORTS);

async function startDatabase() {
  const logFile = join(logs, 'postgres.log');
  const port = await findFreePort(0);
  const postgres = await startPostgres({ profile: PROFILE, port, passwords: settings.passwords, logFile });
  parts.add({ name: 'Postgres server', logFile, exited: postgres.exited, stop: postgres.stop });
  await migrate({ ownerUrl: postgres.urls.owner });
  return postgres.urls;
}

/** The CLI calls the tunnel's address HOST, which is the listening address to everyone else. */
function environment(urls: { app: string; worker: string }): Record<string, string> {
  const shell = [...FROM_SHELL, 'SENDER_EMAIL'].flatMap((name) => {
    const value = process.env[name];
    return value ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries(shell),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: need('PORT'),
    SHOPIFY_APP_URL: process.env.SHOPIFY_APP_URL || need('HOST'),
    DATABASE_URL: urls.app,
    WORKER_DATABASE_URL: urls.worker,
    ENCRYPTION_KEYS: settings.encryptionKeys,
    LINK_SECRET: settings.linkSecret,
  };
}

async function startParts(env: Record<string, string>): Promise<void> {
  for (const name of PARTS) {
    parts.add(await startChild({ name, script: `scripts/local/${name}.ts`, env, logFile: join(logs, `${name}.log`) }));
  }
}

await runCommand(async (ended) => {
  lockProfile(PROFILE);
  await buildWhenNeeded(progress);
  const env = environment(await progress('Starting Postgres', startDatabase));
  await progress('Starting the app', () => startParts(env));
  const stopWatching = watchFolders(['app', 'public'], async () => {
    try {
      await buildWhenNeeded(progress);
      for (const name of PARTS.toReversed()) await parts.stop(name);
      await startParts(env);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  });
  try {
    await Promise.race([ended, whenDied(parts.died)]);
  } finally {
    stopWatching();
    await parts.stopAll();
  }
});
