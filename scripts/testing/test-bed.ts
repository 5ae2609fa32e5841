/** Postgres and the app for the parts of `npm test` that need them: one Postgres for all, an app for each part that moves its clock. */
import { SERVER_VARIABLE, STACK_VARIABLE } from '../../tests/setup/shared-variables';
import { startTestServer, type TestServer } from '../../tests/setup/test-server';
import { startTestStack } from '../../tests/setup/test-stack';

export interface TestBed {
  /** Variables that tell a part where Postgres is. */
  withServer(): Promise<Record<string, string>>;
  /** Variables that tell a part where Postgres and its own app are. */
  withStack(name: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Says how long a start took, so that the time of a part is not mistaken for that of its tests. */
async function timed<T>(what: string, start: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await start();
  process.stdout.write(`${what} started (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  return result;
}

export function makeTestBed(): TestBed {
  const stops: (() => Promise<void>)[] = [];
  let server: Promise<TestServer> | undefined;
  let lastStack: Promise<unknown> = Promise.resolve();
  const startServer = async () => {
    const started = await timed('Postgres', startTestServer);
    stops.push(started.stop);
    return started.server;
  };
  const startStack = async (on: TestServer, name: string) => {
    const started = await timed(`The app for ${name}`, () => startTestStack(on, { name }));
    stops.push(started.stop);
    return JSON.stringify(started.addresses);
  };
  const serverOnce = () => {
    server ??= startServer();
    return server;
  };
  return {
    withServer: async () => ({ [SERVER_VARIABLE]: JSON.stringify(await serverOnce()) }),
    async withStack(name) {
      const on = await serverOnce();
      // One after the other: the first one builds the app, and ports are looked for.
      const stack = lastStack.then(() => startStack(on, name));
      lastStack = stack.catch(() => {});
      return { [SERVER_VARIABLE]: JSON.stringify(on), [STACK_VARIABLE]: await stack };
    },
    async close() {
      for (const stop of stops.splice(0).reverse()) await stop();
    },
  };
}
