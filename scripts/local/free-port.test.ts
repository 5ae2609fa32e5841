import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { findFreePort } from './free-port';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function occupy(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}

test('a taken port is worked around', async () => {
  const wanted = await findFreePort(0);
  await occupy(wanted);
  const found = await findFreePort(wanted);
  expect(found).not.toBe(wanted);
  await occupy(found);
});

test('a free port is kept, unless it was given out already', async () => {
  const wanted = await findFreePort(0);
  expect(await findFreePort(wanted)).toBe(wanted);
  expect(await findFreePort(wanted, [wanted])).not.toBe(wanted);
});
