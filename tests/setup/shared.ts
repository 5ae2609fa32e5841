/**
 * `npm test` starts Postgres and the app once for all parts and hands them on in these variables; a part that is run
 * alone starts its own.
 */
import type { StackAddresses } from '../../scripts/local/stack';
import type { TestServer } from './test-server';

export const SERVER_VARIABLE = 'RELANCE_TEST_SERVER';
export const STACK_VARIABLE = 'RELANCE_TEST_STACK';

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
    testStack: StackAddresses;
  }
}

/** The Postgres that `npm test` started, if this is one of its parts. */
export function sharedServer(): TestServer | undefined {
  const value = process.env[SERVER_VARIABLE];
  return value ? (JSON.parse(value) as TestServer) : undefined;
}

/** The app that `npm test` started, if this is one of its parts. */
export function sharedStack(): StackAddresses | undefined {
  const value = process.env[STACK_VARIABLE];
  return value ? (JSON.parse(value) as StackAddresses) : undefined;
}
