// Lines wait for each other before they are written: none may be lost however the process ends.
import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';

/** What a process writes that tells three things and then ends in its own way. */
async function written(end: string): Promise<string[]> {
  const program = `
    const { makeLogger } = await import('./app/log.server.ts');
    const log = makeLogger('info');
    for (const number of [1, 2, 3]) log.info({ event: 'thing.done', number, email: 'a@b.fr', detail: 'of a@b.fr' });
    ${end}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const part of child.stdout.setEncoding('utf8')) text += part;
  return text.split('\n').filter((line) => line !== '');
}

it.each([
  ['by itself', ''],
  [
    'when asked',
    `process.once('SIGTERM', () => process.exit(0)); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9e6);`,
  ],
  ['by an error nobody caught', `setTimeout(() => { throw new Error('broken'); }, 1);`],
  ['by a promise nobody waited for', `Promise.reject(new Error('broken'));`],
  [
    'killed after it told what went wrong',
    `log.error({ event: 'thing.failed' }); process.kill(process.pid, 'SIGKILL');`,
  ],
])('writes every line of a process that ends %s', async (_how, end) => {
  const lines = (await written(end)).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ event }) => event === 'thing.done')).toMatchObject([
    { number: 1 },
    { number: 2 },
    { number: 3 },
  ]);
  expect(lines.some(({ event }) => event === 'thing.failed')).toBe(end.includes('thing.failed'));
  expect(lines[0]).toEqual({ level: 30, time: expect.any(Number), event: 'thing.done', number: 1, detail: 'of …@…' });
});
