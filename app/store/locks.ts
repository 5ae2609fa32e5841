/** Locks that hold until the transaction ends, so that two tellings of things that belong together are applied one after the other. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from './scope';

/**
 * For one webhook: nobody else applies anything that shares one of these names (a customer, an address, a checkout), and
 * no batch is under way. The order and its checkout, told at the same moment, would otherwise each miss the other.
 */
export async function lockNames(shop: ShopScope, names: readonly string[]): Promise<void> {
  await shop.tx.execute(sql`select pg_advisory_xact_lock_shared(${shop.shopId}, 0)`);
  // In one order everywhere, so that two transactions never wait for each other.
  const sorted = [...new Set(names)].sort();
  await shop.tx.execute(sql`
    select pg_advisory_xact_lock(${shop.shopId}, hashtext(name))
    from (select name from unnest(${sql.param(sorted)}::text[]) with ordinality as n(name, place) order by place) sorted`);
}

/** For a scan: two of the same scenario would find the same people, and each wait for the other's rows. */
export async function lockScan(shop: ShopScope, scenario: string): Promise<void> {
  await shop.tx.execute(sql`select pg_advisory_xact_lock(${shop.shopId}, hashtext(${`scan:${scenario}`}))`);
}

/** For a batch of many things: nobody else applies anything of this shop meanwhile. Keep the transaction short. */
export async function lockMirror(shop: ShopScope): Promise<void> {
  await shop.tx.execute(sql`select pg_advisory_xact_lock(${shop.shopId}, 0)`);
}
