/** The door to a shop's rows: a transaction in which Postgres itself shows and takes rows of that shop alone. */

import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { PostgresJsDatabase, PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type * as schema from './schema';

export type Db = PostgresJsDatabase<typeof schema>;
export type Tx = PgTransaction<PostgresJsQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/** What every store function takes first: the shop, and the transaction that speaks for it. */
export interface ShopScope {
  readonly shopId: number;
  readonly tx: Tx;
}

/**
 * Runs `work` in one transaction in which row-level security shows this shop only.
 * Commits when it resolves, rolls back when it throws. No HTTP call and no rendering inside.
 */
export function inShop<T>(db: Db, shopId: number, work: (shop: ShopScope) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('relance.shop_id', ${String(shopId)}, true)`);
    return work({ shopId, tx });
  });
}

/** A transaction that may add inbound events of several shops and see them: no other table's rows, and no other shop's. */
export interface ShopsScope {
  readonly tx: Tx;
}

/** Runs `work` in one transaction in which Postgres takes and shows inbound events of these shops, and nothing else. */
export function inShops<T>(db: Db, shopIds: readonly number[], work: (shops: ShopsScope) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('relance.shop_ids', ${shopIds.join(',')}, true)`);
    return work({ tx });
  });
}
