/** The whole app for the stories and the browser tests: built as for production, on a copy of the migrated template. */
import { rmSync } from 'node:fs';
import type { SendgridState } from '../../scripts/local/app-env';
import { profileDir } from '../../scripts/local/paths';
import { silently } from '../../scripts/local/progress';
import { ANY_PORTS, type Stack, startStack } from '../../scripts/local/stack';
import { copyTemplate } from './copy-template';
import type { TestServer } from './test-server';

/** One stack serves all tests; one that needs other settings starts another under a name of its own. */
export interface TestStackWish {
  name?: string;
  sendgrid?: SendgridState;
}

export type TestStack = Pick<Stack, 'addresses' | 'setSendgrid' | 'stop'>;

/** Starts the stack; a part of it that dies is reported on standard error at once, as the tests can only time out. */
export async function startTestStack(server: TestServer, wish: TestStackWish = {}): Promise<TestStack> {
  const { name = 'stack', sendgrid = 'connected' } = wish;
  const profile = `test-${process.pid}-${name}`;
  const { urls } = await copyTemplate(server, `relance_${name}`);
  const stack = await startStack({ profile, progress: silently, ports: ANY_PORTS, database: urls, sendgrid });
  void stack.died.then((message) => process.stderr.write(`\n${message}\n`));
  return {
    addresses: stack.addresses,
    setSendgrid: stack.setSendgrid,
    async stop() {
      await stack.stop();
      rmSync(profileDir(profile), { recursive: true, force: true });
    },
  };
}
