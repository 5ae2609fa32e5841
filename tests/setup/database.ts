/** What a database test calls first: a migrated database nobody else uses. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import './shared';
import { copyTemplate } from './copy-template';

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
  workerUrl: string;
  /** Closes what is still connected, then deletes the database. */
  drop(): Promise<void>;
}

/** A copy of the migrated template, to be dropped in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { urls, drop } = await copyTemplate(inject('testServer'), `test_${randomBytes(6).toString('hex')}`);
  return { ownerUrl: urls.owner, appUrl: urls.app, workerUrl: urls.worker, drop };
}
