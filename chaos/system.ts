/**
 * The system a chaos run torments: a real Postgres, the app's web process and two workers, each a process of its own;
 * the sandbox's Shopify and SendGrid live in the process that watches, so that nothing they saw is lost with a kill.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../sandbox/main';
import { type SendgridPart, sendgridOf } from '../sandbox/sendgrid/part';
import { appEnv } from '../scripts/local/app-env';
import { buildWhenNeeded } from '../scripts/local/build';
import { makeClockFile } from '../scripts/local/clock';
import { findFreePort } from '../scripts/local/free-port';
import { makeProfileDir, projectRoot } from '../scripts/local/paths';
import { showProgress } from '../scripts/local/progress';
import { removeProfile, resetProfile } from '../scripts/local/reset';
import { type LocalSettings, readSettings } from '../scripts/local/settings';
import { type Database, openDatabase } from './database';
import { type Gate, openGate } from './gate';
import { makePart, type Part } from './part';
import { copyWorker, type Sabotage } from './sabotage';

export interface System {
  database: Database;
  sandbox: Sandbox;
  sendgrid: SendgridPart;
  gate: Gate;
  web: Part;
  workers: readonly [Part, Part];
  /** What every process of the app is started with, and where it writes its log. */
  env: Record<string, string>;
  logDir: string;
  /** Business time. */
  now(): number;
  /** Ends everything and deletes its data. */
  close(): Promise<void>;
}

export interface SystemOptions {
  sabotage?: Sabotage | undefined;
  /** A short run cannot wait for the app's own pace of looking for what a crash left. */
  mendEveryMs?: number | undefined;
  /** The port Shopify and SendGrid know is somebody else's, who passes on to the web process behind it. */
  isBehindDoor?: boolean | undefined;
}

/** As often as Shopify tries again, over a minute instead of four hours. */
const RETRY_GAPS_MS = [250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000];
const PORTS = { sandbox: 0, web: 0, postgres: 0 };

export async function startSystem({ sabotage, mendEveryMs = 0, isBehindDoor = false }: SystemOptions): Promise<System> {
  const profile = `chaos-${process.pid}`;
  await buildWhenNeeded(showProgress(process.stderr));
  await resetProfile(profile);
  const dir = makeProfileDir(profile);
  const logDir = join(dir, 'logs');
  const settings = readSettings(profile, PORTS);
  const ends: (() => Promise<void>)[] = [() => removeProfile(profile)];
  const close = async () => {
    for (const end of ends.splice(0).toReversed()) await end().catch(tellEnd);
  };
  try {
    const ports = await findPorts(5);
    const [postgresPort = 0, sandboxPort = 0, gatePort = 0, webPort = 0, behindPort = 0] = ports;
    const database = await openDatabase({ profile, port: postgresPort, passwords: settings.passwords, logDir });
    ends.push(() => database.stop());
    const clockFile = join(dir, 'clock');
    makeClockFile(clockFile);
    const sandbox = await startSandbox(sandboxOptions({ settings, sandboxPort, webPort, clockFile }));
    ends.push(() => sandbox.close());
    const gate = await openGate({ port: gatePort, sandboxPort });
    ends.push(() => gate.close());
    const env = {
      ...appEnv({ settings, urls: database.urls, sandboxUrl: sandbox.url, port: webPort, sendgrid: 'connected' }),
      // Thousands of e-mails a minute, all from the sender the shops share.
      SHARED_SENDER_DAILY_LIMIT: 'off',
      PORT: String(isBehindDoor ? behindPort : webPort),
      SENDGRID_BASE_URL: `http://127.0.0.1:${gatePort}/sendgrid`,
      SANDBOX_URL: sandbox.url,
      CLOCK_FILE: clockFile,
      WORKER_BUILD: copyWorker(dir, sabotage),
      MEND_EVERY_MS: String(mendEveryMs),
    };
    const part = (name: string, script: string) => {
      const made = makePart({ name, script, env, logDir });
      ends.push(() => made.stop());
      return made;
    };
    const web = part('web', 'scripts/local/web.ts');
    const workers = [part('worker-a', 'chaos/worker.ts'), part('worker-b', 'chaos/worker.ts')] as const;
    await Promise.all([web.start(), workers[0].start()]);
    const { context } = sandbox;
    return {
      database,
      sandbox,
      sendgrid: sendgridOf(context),
      gate,
      web,
      workers,
      env,
      logDir,
      now: () => context.clock.now(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface SandboxWish {
  settings: LocalSettings;
  sandboxPort: number;
  webPort: number;
  clockFile: string;
}

function sandboxOptions({ settings, sandboxPort, webPort, clockFile }: SandboxWish) {
  const { sendgrid, shopify } = settings;
  const appUrl = `http://127.0.0.1:${webPort}`;
  return {
    port: sandboxPort,
    host: '127.0.0.1',
    appUrl,
    apiKey: shopify.apiKey,
    apiSecret: shopify.apiSecret,
    appToml: join(projectRoot, 'shopify.app.toml'),
    clockFile,
    webhookRetryGapsMs: RETRY_GAPS_MS,
    sendgrid: {
      apiKey: sendgrid.apiKey,
      verifiedSenders: [sendgrid.senderEmail],
      eventsUrl: `${appUrl}/webhooks/sendgrid`,
      eventPrivateKey: sendgrid.eventKeys.privateKey,
    },
  };
}

async function findPorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await findFreePort(0, ports));
  return ports;
}

function tellEnd(error: unknown): void {
  process.stderr.write(`While ending: ${error instanceof Error ? error.message : String(error)}\n`);
}

/** Waits until something is so. @returns false when it took longer than `patienceMs` */
export async function until(
  isSo: () => Promise<boolean> | boolean,
  { patienceMs, everyMs = 50 }: { patienceMs: number; everyMs?: number },
): Promise<boolean> {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) return false;
    await pause(everyMs);
  }
  return true;
}
