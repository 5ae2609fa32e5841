/** Who is left out because of a customer segment, as Shopify last told. Written by the refresh, read by the last look and the scans. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from './scope';

export interface SegmentMembership {
  /** By customer: the name of the first of the owner's segments they are in. */
  members: ReadonlyMap<string, string>;
  /** Names of segments nothing new is known of: who stood in them stays. */
  unknown: readonly string[];
}

/** Replaces who is left out; answers how many customers changed. Asking again with the same members changes nothing. */
export async function saveLeftOutMembers(shop: ShopScope, { members, unknown }: SegmentMembership): Promise<number> {
  const ids = sql.param([...members.keys()]);
  const names = sql.param([...members.values()]);
  const kept = sql.param([...unknown]);
  const [row] = await shop.tx.execute<{ changed: string }>(sql`
    with told as (select * from unnest(${ids}::text[], ${names}::text[]) as t(id, segment)),
    entered as (
      update customers c set left_out_segment = told.segment from told
      where c.shop_id = ${shop.shopId} and c.id = told.id and c.left_out_segment is distinct from told.segment
      returning 1),
    gone as (
      update customers c set left_out_segment = null
      where c.shop_id = ${shop.shopId} and c.left_out_segment is not null
        and not (c.left_out_segment = any(${kept}::text[]))
        and not exists (select from told where told.id = c.id)
      returning 1)
    select (select count(*) from entered) + (select count(*) from gone) as changed`);
  return Number(row?.changed ?? 0);
}
