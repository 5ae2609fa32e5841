/** Starts the app's own processes for a benchmark, with the settings a deployment would give them. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { appEnv } from '../scripts/local/app-env';
import { buildWhenNeeded } from '../scripts/local/build';
import { type Child, startChild } from '../scripts/local/child';
import { findFreePort } from '../scripts/local/free-port';
import type { RoleUrls } from '../scripts/local/postgres/roles';
import { showProgress } from '../scripts/local/progress';
import type { LocalSettings } from '../scripts/local/settings';
import { readSettings } from '../scripts/local/settings';
import { PROFILE } from './database';

export const LOOPBACK = '127.0.0.1';

/** The secrets of this run. */
export function benchSettings(): LocalSettings {
  return readSettings(PROFILE, { sandbox: 0, web: 0, postgres: 0 });
}

export interface AppPlace {
  urls: RoleUrls;
  logDir: string;
  /** Address of the receiver that stands for SendGrid; none where nothing is sent. */
  sandboxUrl?: string;
}

/** Builds the app when its sources changed. */
export const built = () => buildWhenNeeded(showProgress(process.stderr));

/** Variables of a web or worker process. */
export function appVariables({ urls, sandboxUrl = `http://${LOOPBACK}:9` }: AppPlace, port = 0) {
  const env = appEnv({ settings: benchSettings(), urls, sandboxUrl, port, sendgrid: 'connected' });
  // What is measured is sending, and a limit of some hundreds a day would end it at once.
  return { ...env, SHARED_SENDER_DAILY_LIMIT: 'off' };
}

export interface WebProcess extends Child {
  port: number;
}

/** The built web process, or one of the benchmark's own servers, on a free port. */
export async function startWeb(place: AppPlace, script = 'scripts/local/web.ts'): Promise<WebProcess> {
  const port = await findFreePort(0);
  const name = script.replaceAll(/[^a-z-]+/g, '-');
  const logFile = join(place.logDir, `${name}.log`);
  const child = await startChild({ name, script, env: appVariables(place, port), logFile });
  return { ...child, port };
}

/** An unguessable word. */
export const secret = () => randomBytes(16).toString('hex');
