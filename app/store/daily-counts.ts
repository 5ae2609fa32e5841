/** What the reports sum, kept short: the rows that statements added to `daily_counts` are put together day by day. Called by the sweep. */
import { sql } from 'drizzle-orm';
import type { Db, ShopScope } from './scope';

/** Fewer rows than this are summed faster than they are put together. */
const LOOSE_ENOUGH = 200;

/** Shops with many loose rows, in any shop: the worker's role sees those. */
export async function findLooseCounts(db: Db): Promise<number[]> {
  const rows = await db.execute<{ shop_id: number }>(sql`
    select shop_id from daily_counts where loose group by shop_id having count(*) >= ${LOOSE_ENOUGH} limit 100`);
  return rows.map((row) => row.shop_id);
}

/** One row for each thing counted on a day. Rows another worker has taken, and those added meanwhile, are left for the next time. */
export async function gatherCounts(shop: ShopScope): Promise<void> {
  await shop.tx.execute(sql`
    with mine as (
      select id from daily_counts
      where shop_id = ${shop.shopId}
        and day in (select day from daily_counts where shop_id = ${shop.shopId} and loose)
      for update skip locked),
    gone as (
      delete from daily_counts where shop_id = ${shop.shopId} and id in (select id from mine) returning *)
    insert into daily_counts (shop_id, day, scenario, email, what, reason, facts, latest_at, amount, money, loose)
    select shop_id, day, scenario, email, what, reason, (array_agg(facts order by latest_at desc, id desc))[1],
      max(latest_at), sum(amount), sum(money), false
    from gone
    group by shop_id, day, scenario, email, what, reason, facts->>'tag', facts->>'segment', facts->>'heldBy'
    having sum(amount) <> 0 or sum(money) <> 0`);
}
