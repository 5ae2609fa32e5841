import { expect, test } from 'vitest';
import { makeRunningParts, type Part } from './running-parts';

function part(name: string, ended: string[]): Part & { die(): void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return {
    name,
    logFile: `/nowhere/logs/${name}.log`,
    exited: promise,
    async stop() {
      ended.push(name);
      resolve('exit code 0');
    },
    die: () => resolve('signal SIGKILL'),
  };
}

test('parts end in the opposite order of their start', async () => {
  const ended: string[] = [];
  const parts = makeRunningParts();
  for (const name of ['database', 'web', 'worker']) parts.add(part(name, ended));
  await parts.stopAll();
  expect(ended).toEqual(['worker', 'web', 'database']);
});

test('a part that dies is named, and ending it again is not tried', async () => {
  const ended: string[] = [];
  const parts = makeRunningParts();
  const worker = part('worker', ended);
  parts.add(part('web', ended));
  parts.add(worker);
  worker.die();
  expect(await parts.died).toContain('The worker ended (signal SIGKILL)');
  await parts.stopAll();
  expect(ended).toEqual(['web']);
});

test('a part that is ended on purpose is no death', async () => {
  const ended: string[] = [];
  const parts = makeRunningParts();
  parts.add(part('web', ended));
  await parts.stop('web');
  const outcome = await Promise.race([parts.died, Promise.resolve('alive')]);
  expect(outcome).toBe('alive');
  expect(ended).toEqual(['web']);
});
