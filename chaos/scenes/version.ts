/** One version of the app as a deploy starts and ends it: a web process and a worker, which have thirty seconds to finish. */
import { join } from 'node:path';
import { type Child, startChild } from '../../scripts/local/child';
import type { System } from '../system';

/** What operators give a process to end. */
export const GRACE_MS = 30_000;

export interface Version {
  port: number;
  /** Resolves when it answers that it is ready. */
  isReady(): Promise<boolean>;
  /** Asks both to end. @returns what the slower one took, and whether both ended by themselves, with nothing left to say */
  stop(): Promise<{ seconds: number; isGraceful: boolean }>;
  /** For whoever gives up. */
  kill(): Promise<void>;
}

export async function startVersion(
  { env, logDir }: Pick<System, 'env' | 'logDir'>,
  { name, port }: { name: string; port: number },
): Promise<Version> {
  const start = (part: string, script: string) =>
    startChild({
      name: `${name} ${part}`,
      script,
      env: { ...env, PORT: String(port) },
      logFile: join(logDir, `${name}-${part}.log`),
      graceMs: GRACE_MS,
    });
  const children: Child[] = await Promise.all([
    start('web', 'scripts/local/web.ts'),
    start('worker', 'chaos/worker.ts'),
  ]);
  return {
    port,
    async isReady() {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      return answer?.status === 200;
    },
    async stop() {
      const started = performance.now();
      const ends = await Promise.all(children.map((child) => child.stop().then(() => child.exited)));
      const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
      return { seconds, isGraceful: ends.every((end) => end === 'exit code 0') };
    },
    async kill() {
      await Promise.all(children.map((child) => child.kill()));
    },
  };
}
