/** One worker of the app for `send` and `pending`: starts before anything is due, and is told the moment by its clock. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../scripts/local/child';
import { type AppPlace, appVariables } from './app-process';
import { NOON } from './seed/shops';

export interface BenchWorker {
  /** Makes it `NOON` for the worker: everything falls due. */
  makeItNoon(): void;
  /** Ends it. @returns the most memory it ever held, in MB */
  stop(): Promise<number>;
}

/** An hour before `NOON`, until told otherwise. */
export async function startWorker(place: AppPlace): Promise<BenchWorker> {
  const clockFile = join(place.logDir, 'clock');
  const setClock = (at: number) => {
    const offset = Buffer.alloc(8);
    offset.writeDoubleLE(at - Date.now());
    writeFileSync(clockFile, offset);
  };
  setClock(NOON.getTime() - 3_600_000);
  const logFile = join(place.logDir, 'worker.log');
  const env = { ...appVariables(place), CLOCK_FILE: clockFile };
  const child = await startChild({ name: 'worker', script: 'bench/worker.ts', env, logFile });
  return {
    makeItNoon: () => setClock(NOON.getTime()),
    async stop() {
      await child.stop();
      const last = readFileSync(logFile, 'utf8').trimEnd().split('\n').at(-1) ?? '';
      const { peakKilobytes } = JSON.parse(last) as { peakKilobytes: number };
      return peakKilobytes / 1024;
    },
  };
}
