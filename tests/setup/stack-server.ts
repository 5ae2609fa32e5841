/** Global set-up of the stories and the browser tests: makes sure the whole app runs, on a database of its own. */
import type { TestProject } from 'vitest/node';
import { sharedServer, sharedStack } from './shared';
import { startTestServer } from './test-server';
import { startTestStack } from './test-stack';

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const stackOfRun = sharedStack();
  const serverOfRun = sharedServer();
  if (stackOfRun && serverOfRun) {
    project.provide('testStack', stackOfRun);
    project.provide('testServer', serverOfRun);
    return undefined;
  }
  const { server, stop: stopServer } = await startTestServer();
  const stack = await startTestStack(server);
  project.provide('testServer', server);
  project.provide('testStack', stack.addresses);
  return async () => {
    await stack.stop();
    await stopServer();
  };
}
