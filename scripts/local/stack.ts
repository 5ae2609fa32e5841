/**
 * The whole local system: Postgres, the sandbox, the app's web process and its worker, started in order and ended in
 * order. Used by the demo, the story, the tests and the screenshots.
 */
import { join } from 'node:path';
import { migrate } from '../../app/migrate';
import { appEnv } from './app-env';
import { buildWhenNeeded } from './build';
import { lastLines, startChild } from './child';
import { makeClockFile } from './clock';
import { findFreePort } from './free-port';
import { makeProfileDir, projectRoot } from './paths';
import type { RoleUrls } from './postgres/roles';
import { startPostgres } from './postgres/server';
import type { Progress } from './progress';
import { makeRunningParts, type RunningParts } from './running-parts';
import { type LocalSettings, type Ports, readSettings, saveSettings } from './settings';

export interface StackOptions {
  /** Name of the set of local data: `demo`, `story`, … */
  profile: string;
  progress: Progress;
  /** Ports to begin looking at at the first start, 0 for any; later starts keep them when they are free. */
  ports: Ports;
  /** A migrated database that runs already, instead of one of the stack's own. */
  database?: RoleUrls;
}

/** How to reach a running stack: plain data, to be handed to other processes. */
export interface StackAddresses {
  appUrl: string;
  sandboxUrl: string;
  databases: RoleUrls;
  clockFile: string;
  logDir: string;
  settings: LocalSettings;
}

export interface Stack {
  addresses: StackAddresses;
  /** Settles with a message for a person when a part ends that was not asked to. */
  died: Promise<string>;
  stop(): Promise<void>;
}

export const DEMO_PORTS: Ports = { sandbox: 4400, web: 4401, postgres: 4402 };
export const ANY_PORTS: Ports = { sandbox: 0, web: 0, postgres: 0 };

/** Settings with ports that are free now; kept, since addresses in the stored data name them. */
async function settingsWithFreePorts({ profile, ports }: StackOptions): Promise<LocalSettings> {
  const settings = readSettings(profile, ports);
  const sandbox = await findFreePort(settings.ports.sandbox);
  const web = await findFreePort(settings.ports.web, [sandbox]);
  const postgres = await findFreePort(settings.ports.postgres, [sandbox, web]);
  const found = { ...settings, ports: { sandbox, web, postgres } };
  saveSettings(profile, found);
  return found;
}

/** What every starting step below works with. */
interface Context {
  options: StackOptions;
  settings: LocalSettings;
  dir: string;
  parts: RunningParts;
}

const logFile = ({ dir }: Context, name: string) => join(dir, 'logs', `${name}.log`);

async function startDatabase(context: Context): Promise<RoleUrls> {
  const { options, settings, parts } = context;
  if (options.database) return options.database;
  const log = logFile(context, 'postgres');
  const start = {
    profile: options.profile,
    port: settings.ports.postgres,
    passwords: settings.passwords,
    logFile: log,
  };
  const postgres = await options.progress('Starting Postgres', () =>
    startPostgres(start).catch((error: Error) => {
      throw new Error(`${error.message}\n${lastLines(log)}`);
    }),
  );
  parts.add({ name: 'Postgres server', logFile: log, exited: postgres.exited, stop: postgres.stop });
  await options.progress('Migrating the database', () => migrate({ ownerUrl: postgres.urls.owner }));
  return postgres.urls;
}

function sandboxOptions({ settings, dir }: Context, clockFile: string) {
  const { sendgrid, shopify, ports } = settings;
  const appUrl = `http://127.0.0.1:${ports.web}`;
  return {
    port: ports.sandbox,
    host: '127.0.0.1',
    dataDir: join(dir, 'sandbox'),
    appUrl,
    apiKey: shopify.apiKey,
    apiSecret: shopify.apiSecret,
    appToml: join(projectRoot, 'shopify.app.toml'),
    clockFile,
    sendgrid: {
      apiKey: sendgrid.apiKey,
      verifiedSenders: [sendgrid.senderEmail],
      eventsUrl: `${appUrl}/webhooks/sendgrid`,
      eventPrivateKey: sendgrid.eventKeys.privateKey,
    },
  };
}

async function startPart(context: Context, part: { name: string; env: Record<string, string> }): Promise<void> {
  const { options, parts } = context;
  await options.progress(`Starting the ${part.name}`, async () => {
    const script = `scripts/local/${part.name.split(' ')[0]}.ts`;
    parts.add(await startChild({ ...part, script, logFile: logFile(context, part.name.split(' ')[0] ?? part.name) }));
  });
}

async function startAll(context: Context): Promise<StackAddresses> {
  const { options, settings, dir } = context;
  await buildWhenNeeded(options.progress);
  const databases = await startDatabase(context);
  const clockFile = join(dir, 'clock');
  makeClockFile(clockFile);
  const sandboxUrl = `http://127.0.0.1:${settings.ports.sandbox}`;
  await startPart(context, {
    name: 'sandbox',
    env: { SANDBOX_OPTIONS: JSON.stringify(sandboxOptions(context, clockFile)) },
  });
  const app = appEnv({ settings, urls: databases, sandboxUrl, port: settings.ports.web });
  const env = { ...app, SANDBOX_URL: sandboxUrl, CLOCK_FILE: clockFile };
  await startPart(context, { name: 'web process', env });
  await startPart(context, { name: 'worker', env });
  return { appUrl: app.SHOPIFY_APP_URL, sandboxUrl, databases, clockFile, logDir: join(dir, 'logs'), settings };
}

/** Starts everything; throws with a message for a person, all ended, when a part does not come up. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dir = makeProfileDir(options.profile);
  const parts = makeRunningParts();
  try {
    const settings = await settingsWithFreePorts(options);
    const addresses = await startAll({ options, settings, dir, parts });
    return { addresses, died: parts.died, stop: parts.stop };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}
