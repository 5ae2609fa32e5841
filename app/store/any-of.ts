/** A list of ids as one parameter. Used by the queries of the send path, whose lists have another length each time. */
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** `column` is one of these. The statement stays the same whatever their number, so that Postgres keeps it. */
export function isAnyOf(column: PgColumn, type: 'text' | 'uuid' | 'bigint', ids: readonly (string | number)[]): SQL {
  return sql`${column} = any(${sql.param(ids.map(String))}::text[]::${sql.raw(type)}[])`;
}
