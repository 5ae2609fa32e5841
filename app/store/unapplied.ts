/** What Shopify has told and nobody has applied yet, for the last look: an order or a withdrawal that waits for its job counts already. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from './scope';

/** More than this waiting, and nobody can say whom it concerns. Reading them takes some tens of milliseconds. */
const MOST = 500;

/** Answers whether something that was told of somebody, by any of these names (id, address, checkout), still waits. */
export type Unapplied = (names: readonly (string | null | undefined)[]) => boolean;

/** Webhooks about people, orders and checkouts that were answered 200 and are not in the mirror yet. */
const waiting = ({ shopId }: ShopScope) => sql`
  from inbound_events
  where shop_id = ${shopId} and processed_at is null and source = 'shopify' and topic ~ '^(orders|checkouts|customers)'
  limit ${MOST + 1}`;

/** Whether so many wait that nobody can say whom they concern: the cheap question before all others. */
export async function isAnybodyConcerned(shop: ShopScope): Promise<boolean> {
  const [found] = await shop.tx.execute<{ count: number }>(
    sql`select count(*)::int as count from (select 1 ${waiting(shop)}) as some_of_them`,
  );
  return (found?.count ?? 0) > MOST;
}

/** @returns who is concerned by what waits */
export async function loadUnapplied(shop: ShopScope): Promise<Unapplied> {
  const rows = await shop.tx.execute<{ payload: string }>(sql`select payload ${waiting(shop)}`);
  if (rows.length === 0) return () => false;
  if (rows.length > MOST) return () => true;
  const words = new Set(rows.flatMap(({ payload }) => payload.toLowerCase().split(BETWEEN_WORDS)));
  return (names) => names.some((name) => typeof name === 'string' && words.has(name.toLowerCase()));
}

/** Ids, addresses and tokens stand alone between these in JSON, in a gid and in a web address. */
const BETWEEN_WORDS = /[\s",:{}[\]/?=&]+/;
