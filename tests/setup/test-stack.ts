/** The whole app for the stories and the browser tests: built as for production, on a copy of the migrated template. */
import { rmSync } from 'node:fs';
import { profileDir } from '../../scripts/local/paths';
import { silently } from '../../scripts/local/progress';
import { ANY_PORTS, type StackAddresses, startStack } from '../../scripts/local/stack';
import { copyTemplate } from './copy-template';
import type { TestServer } from './test-server';

/** Starts the stack; a part of it that dies is reported on standard error at once, as the tests can only time out. */
export async function startTestStack(
  server: TestServer,
): Promise<{ addresses: StackAddresses; stop(): Promise<void> }> {
  const profile = `test-${process.pid}-stack`;
  const { urls } = await copyTemplate(server, 'relance_stack');
  const stack = await startStack({ profile, progress: silently, ports: ANY_PORTS, database: urls });
  void stack.died.then((message) => process.stderr.write(`\n${message}\n`));
  return {
    addresses: stack.addresses,
    async stop() {
      await stack.stop();
      rmSync(profileDir(profile), { recursive: true, force: true });
    },
  };
}
