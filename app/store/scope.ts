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

/**
 * Runs `work` for several shops in one transaction, one after the other: at each one's turn Postgres is told anew whose
 * rows it may show and take. Commits all or nothing. The shops go in the order of their numbers, so that two such
 * transactions never wait for each other.
 * @param last runs after everybody's turn, for what belongs to no shop's rows
 */
export function inShopsByTurns(
  db: Db,
  shopIds: readonly number[],
  { work, last }: { work: (shop: ShopScope) => Promise<void>; last: (done: Pick<ShopScope, 'tx'>) => Promise<void> },
): Promise<void> {
  return db.transaction(async (tx) => {
    for (const shopId of shopIds.toSorted((a, b) => a - b)) {
      await tx.execute(sql`select set_config('relance.shop_id', ${String(shopId)}, true)`);
      await work({ shopId, tx });
    }
    await last({ tx });
  });
}
