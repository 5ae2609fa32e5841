/** Global set-up of the database tests: makes sure a Postgres with a migrated template runs. */
import type { TestProject } from 'vitest/node';
import { sharedServer } from './shared';
import { startTestServer } from './test-server';

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const shared = sharedServer();
  if (shared) {
    project.provide('testServer', shared);
    return undefined;
  }
  const { server, stop } = await startTestServer();
  project.provide('testServer', server);
  return stop;
}
