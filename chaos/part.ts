/** One process of the system under test, to be killed and started again any number of times. */
import { join } from 'node:path';
import { type Child, startChild } from '../scripts/local/child';

export interface PartOptions {
  /** Also the name of its log, with a number for each start. */
  name: string;
  script: string;
  env: Record<string, string>;
  logDir: string;
}

export interface Part {
  readonly name: string;
  start(): Promise<void>;
  /** kill -9; nothing when it is not up. */
  kill(): Promise<void>;
  /** As an operator ends it. */
  stop(): Promise<void>;
  /** Starts it again if it ended by itself, as a supervisor would. @returns whether it had */
  revive(): Promise<boolean>;
}

export function makePart({ name, script, env, logDir }: PartOptions): Part {
  let child: Child | undefined;
  let starts = 0;
  let isWanted = false;
  const start = async () => {
    isWanted = true;
    for (let tries = 1; !child; tries += 1) {
      starts += 1;
      const logFile = join(logDir, `${name}-${starts}.log`);
      try {
        const started = await startChild({ name, script, env, logFile });
        child = started;
        void started.exited.then(() => {
          if (child === started) child = undefined;
        });
      } catch (error) {
        // Without a database it may end while starting; a supervisor tries again.
        if (tries === 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  };
  const end = async (how: 'kill' | 'stop') => {
    isWanted = false;
    const ending = child;
    child = undefined;
    await ending?.[how]();
  };
  return {
    name,
    start,
    kill: () => end('kill'),
    stop: () => end('stop'),
    async revive() {
      if (!isWanted || child) return false;
      await start();
      return true;
    },
  };
}
