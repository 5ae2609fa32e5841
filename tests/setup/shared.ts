/** Reads what `npm test` started for all its parts; a part that is run alone finds nothing and starts its own. */
import type { StackAddresses } from '../../scripts/local/stack';
import { SERVER_VARIABLE, STACK_VARIABLE } from './shared-variables';
import type { TestServer } from './test-server';

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
