/** One worker of the app for `send` and `pending`: starts before anything is due, and is told the moment by its clock. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../scripts/local/paths';
import { type AppPlace, appVariables } from './app-process';
import { cpuSeconds } from './cpu';
import { NOON } from './seed/shops';

export interface BenchWorker {
  /** Makes it `NOON` for the worker: everything falls due. */
  makeItNoon(): void;
  /** CPU seconds it took so far. */
  cpuSeconds(): number;
  /** Ends it. @returns the most memory it ever held, in MB */
  stop(): Promise<number>;
}

/** An hour before `NOON`, until told otherwise. */
export async function startWorker(place: AppPlace): Promise<BenchWorker> {
  const clockFile = join(place.logDir, 'clock');
  const setClock = (at: number) => {
    const offset = Buffer.alloc(8);
    offset.writeDoubleLE(at - Date.now());
    // Whole or not at all: the worker reads it at any moment.
    writeFileSync(`${clockFile}-new`, offset);
    renameSync(`${clockFile}-new`, clockFile);
  };
  setClock(NOON.getTime() - 3_600_000);
  const log = openSync(join(place.logDir, 'worker.log'), 'w');
  const child: ChildProcess = spawn(process.execPath, [join(projectRoot, 'bench', 'worker.ts')], {
    cwd: projectRoot,
    env: { ...process.env, ...appVariables(place), CLOCK_FILE: clockFile } as NodeJS.ProcessEnv,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  await told(child);
  return {
    makeItNoon: () => setClock(NOON.getTime()),
    cpuSeconds: () => cpuSeconds(child.pid),
    async stop() {
      const peak = told(child);
      child.send('end');
      const { peakKilobytes } = (await peak) as { peakKilobytes: number };
      return peakKilobytes / 1024;
    },
  };
}

/** The next thing the worker says; its end before that is an error. */
function told(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The worker ended with code ${code}: see its log`)));
  });
}
