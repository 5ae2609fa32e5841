/** The rule of the mirror, in SQL: the newer telling wins, by source timestamp, then by when it was told. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** Condition of an upsert into `table`: the row offered is newer than the one there, which is no tombstone. */
export function offeredIsNewer(table: 'customers' | 'orders' | 'checkouts' | 'products'): SQL {
  const there = sql.identifier(table);
  return sql`${there}.deleted_at is null
    and (coalesce(excluded.source_updated_at, '-infinity'), excluded.source_seen_at)
      > (coalesce(${there}.source_updated_at, '-infinity'), ${there}.source_seen_at)`;
}

/** `excluded.<column>`: what the upsert offers. */
export function offered(column: string): SQL {
  return sql`excluded.${sql.identifier(column)}`;
}

/** Offered columns by property: `{ title: excluded.title, … }`. */
export function takeOffered<T extends PgTable, K extends keyof T['_']['columns'] & string>(
  table: T,
  keys: readonly K[],
): Record<K, SQL> {
  const columns = getTableColumns(table);
  return Object.fromEntries(keys.map((key) => [key, offered(columns[key]?.name ?? key)])) as Record<K, SQL>;
}
