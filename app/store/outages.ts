/** E-mails that an outage held back: looked at less and less often while it lasts, and at once when it is over. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from './scope';

/** Written out, so that the index of just these is used. */
const HELD_BY = {
  'orders-not-confirmed': sql`reason = 'orders-not-confirmed'`,
  provider: sql`reason in ('provider-unavailable', 'provider-paused')`,
} as const;

/** So many at once; the rest are found by their own next look, or by the next wake. */
const MOST_WOKEN = 10_000;

/**
 * Has whatever this outage still holds back looked at now.
 * @param laterThan those that are looked at by then anyway are left alone
 */
export async function wakeFromOutage(
  shop: ShopScope,
  outage: keyof typeof HELD_BY,
  { now, laterThan }: { now: Date; laterThan: Date },
): Promise<void> {
  await shop.tx.execute(sql`
    update messages m set due_at = ${now.toISOString()}, alarm_at = null
    from (
      select id from messages
      where shop_id = ${shop.shopId} and status = 'planned' and ${HELD_BY[outage]} and due_at > ${laterThan.toISOString()}
      order by due_at limit ${MOST_WOKEN} for update skip locked) w
    where m.shop_id = ${shop.shopId} and m.id = w.id`);
}
