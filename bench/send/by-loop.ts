/** The baseline's side of `send`: starts the naive loop and hears its rate. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/local/paths';
import type { BenchServer } from '../database';
import { say, short } from '../measured';
import { withReceiver } from './by-app';
import type { NaiveResult } from './naive';

/** The loop's rate does not change with its length, once warm; a part of the messages tells it. */
const NAIVE_PART = 20;

export function sendNaively(
  server: BenchServer,
  { total, uniform }: { total: number; uniform: boolean },
): Promise<number> {
  return withReceiver(server, async (url) => {
    const count = Math.max(100, Math.floor(total / NAIVE_PART));
    const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'bench', 'send', 'naive.ts')], {
      cwd: projectRoot,
      env: {
        ...process.env,
        SENDGRID_BASE_URL: `${url}/sendgrid`,
        NAIVE_COUNT: String(count),
        NAIVE_UNIFORM: uniform ? '1' : '0',
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const { rate, cpu } = await new Promise<NaiveResult>((resolve, reject) => {
      child.once('message', (message) => resolve(message as NaiveResult));
      child.once('exit', (code) => reject(new Error(`The naive loop ended with code ${code}`)));
    });
    say(
      `naive loop${uniform ? ', uniform' : ''}: ${short(rate)}/s over ${count} e-mails; ${short(cpu)} CPU seconds of its own`,
    );
    return rate;
  });
}
