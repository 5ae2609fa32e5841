/**
 * The whole local system: Postgres, the sandbox, the app's web process and its worker, started in order and ended in
 * order. Used by the demo, the story, the tests and the screenshots.
 */
import { join } from 'node:path';
import { migrate } from '../../app/migrate';
import { appEnv, type SendgridState } from './app-env';
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
  /** Connected when absent. */
  sendgrid?: SendgridState;
  /** The script of the web process where it is not `scripts/local/web.ts`, e.g. one with a page more. */
  webScript?: string;
}

/** How to reach a running stack: plain data, to be handed to other processes. */
export interface StackAddresses {
  appUrl: string;
  sandboxUrl: string;
  /** Where the worker tells how it is: `/readyz`, `/metrics`. */
  workerUrl: string;
  databases: RoleUrls;
  clockFile: string;
  logDir: string;
  settings: LocalSettings;
}

export interface Stack {
  addresses: StackAddresses;
  /** Settles with a message for a person when a part ends that was not asked to. */
  died: Promise<string>;
  /** Ends these parts and starts them again. */
  restart(...names: PartName[]): Promise<void>;
  /** Ends a part and leaves the others as they are. */
  rest(name: PartName): Promise<void>;
  /** Changes the app's SendGrid settings as an operator does, who then starts its processes again. */
  setSendgrid(state: SendgridState): Promise<void>;
  stop(): Promise<void>;
}

export const DEMO_PORTS: Ports = { sandbox: 4400, web: 4401, postgres: 4402, metrics: 4403 };
export const ANY_PORTS: Ports = { sandbox: 0, web: 0, postgres: 0, metrics: 0 };

/** Settings with ports that are free now; kept, since addresses in the stored data name them. */
async function settingsWithFreePorts({ profile, ports }: StackOptions): Promise<LocalSettings> {
  const settings = readSettings(profile, ports);
  const sandbox = await findFreePort(settings.ports.sandbox);
  const web = await findFreePort(settings.ports.web, [sandbox]);
  const postgres = await findFreePort(settings.ports.postgres, [sandbox, web]);
  const metrics = await findFreePort(settings.ports.metrics ?? 0, [sandbox, web, postgres]);
  const found = { ...settings, ports: { sandbox, web, postgres, metrics } };
  saveSettings(profile, found);
  return found;
}

type Env = Record<string, string>;

/** What every starting step below works with. */
interface Context {
  options: StackOptions;
  settings: LocalSettings;
  dir: string;
  parts: RunningParts;
  envs: Record<PartName, Env>;
}

const logFile = ({ dir }: { dir: string }, name: string) => join(dir, 'logs', `${name}.log`);

async function startDatabase(context: Omit<Context, 'envs'>): Promise<RoleUrls> {
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

function sandboxOptions({ settings, dir }: Omit<Context, 'envs'>, clockFile: string) {
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

/** The parts that are processes of their own, by the name of their script. */
export type PartName = 'sandbox' | 'web' | 'worker';

const TITLES: Record<PartName, string> = { sandbox: 'sandbox', web: 'web process', worker: 'worker' };

async function startPart(context: Context, name: PartName): Promise<void> {
  const own = `scripts/local/${name}.ts`;
  const script = name === 'web' ? (context.options.webScript ?? own) : own;
  const part = { name: TITLES[name], script, env: context.envs[name] };
  context.parts.add(await startChild({ ...part, logFile: logFile(context, name) }));
}

/** Starts parts side by side; when one fails the others are up, and ended like all the rest. */
function startParts(context: Context, ...names: PartName[]): Promise<void> {
  const title = names.map((name) => `the ${TITLES[name]}`).join(' and ');
  return context.options.progress(`Starting ${title}`, async () => {
    const outcomes = await Promise.allSettled(names.map((name) => startPart(context, name)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  });
}

/** What every part needs to be told. */
interface Told {
  databases: RoleUrls;
  clockFile: string;
  sendgrid: SendgridState;
}

/** The same in variables, for each part. */
function environments(context: Omit<Context, 'envs'>, told: Told): Record<PartName, Env> {
  const { databases, clockFile, sendgrid } = told;
  const { web, sandbox } = context.settings.ports;
  const sandboxUrl = `http://127.0.0.1:${sandbox}`;
  const app = appEnv({ settings: context.settings, urls: databases, sandboxUrl, port: web, sendgrid });
  const env = { ...app, SANDBOX_URL: sandboxUrl, CLOCK_FILE: clockFile };
  return {
    sandbox: { SANDBOX_OPTIONS: JSON.stringify(sandboxOptions(context, clockFile)) },
    web: env,
    worker: { ...env, METRICS_PORT: String(context.settings.ports.metrics ?? 0) },
  };
}

/** Ends some parts and starts them again, after a change of their code or settings. */
async function restart(context: Context, names: readonly PartName[]): Promise<void> {
  for (const name of names.toReversed()) await context.parts.stop(TITLES[name]);
  await startParts(context, ...names);
}

async function startAll(base: Omit<Context, 'envs'>): Promise<Stack> {
  const { options, settings, dir, parts } = base;
  await buildWhenNeeded(options.progress);
  const databases = await startDatabase(base);
  const clockFile = join(dir, 'clock');
  makeClockFile(clockFile);
  const told = { databases, clockFile, sendgrid: options.sendgrid ?? 'connected' };
  const context = { ...base, envs: environments(base, told) };
  await startParts(context, 'sandbox');
  await startParts(context, 'web', 'worker');
  const url = (port: number) => `http://127.0.0.1:${port}`;
  const urls = {
    appUrl: url(settings.ports.web),
    sandboxUrl: url(settings.ports.sandbox),
    workerUrl: url(settings.ports.metrics ?? 0),
  };
  return {
    addresses: { ...urls, databases, clockFile, logDir: join(dir, 'logs'), settings },
    died: parts.died,
    restart: (...names) => restart(context, names),
    rest: (name) => parts.stop(TITLES[name]),
    setSendgrid(sendgrid) {
      context.envs = environments(base, { ...told, sendgrid });
      return restart(context, ['web', 'worker']);
    },
    stop: parts.stopAll,
  };
}

/** Starts everything; throws with a message for a person, all ended, when a part does not come up. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dir = makeProfileDir(options.profile);
  const parts = makeRunningParts();
  try {
    const settings = await settingsWithFreePorts(options);
    return await startAll({ options, settings, dir, parts });
  } catch (error) {
    await parts.stopAll();
    throw error;
  }
}
