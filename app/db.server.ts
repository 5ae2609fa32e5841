/** Connects to Postgres as one of the roles. The composition root calls this; stores receive the result. */
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { keepStatements } from './kept-statements';
import { surviveLostConnections } from './lost-connections';
import * as schema from './store/schema';
import type { Db } from './store/scope';

export type { Db as Database } from './store/scope';

export interface Connection {
  db: Db;
  close(): Promise<void>;
}

/**
 * Opens a pool. Connections are made when first used.
 * @param options.url `postgres://…` of an unprivileged role
 * @param options.max connections at most
 */
export function connect({ url, max = 10 }: { url: string; max?: number }): Connection {
  // drizzle changes the client's serializers, so nobody else may use this one.
  const client = postgres(url, {
    max,
    onnotice: () => {},
    // Statements are kept for their round trip, not for their plans: one made while a table was small would stay.
    connection: { application_name: 'relance', plan_cache_mode: 'force_custom_plan' },
  });
  return {
    db: drizzle(keepStatements(surviveLostConnections(client)), { schema }),
    close: () => client.end({ timeout: 5 }),
  };
}
