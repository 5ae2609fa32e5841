/** How many test e-mails a shop sent of late, kept on its row so that every web process counts the same. */
import { sql } from 'drizzle-orm';
import { HOUR } from '../lib/duration';
import type { ShopScope } from './scope';

/**
 * Counts one more test e-mail, unless the shop has sent its most within the last hour.
 * @returns null when it may go, else the moment from which the next one may
 */
export async function takeTestSend(shop: ShopScope, { now, most }: { now: Date; most: number }): Promise<Date | null> {
  const since = new Date(now.getTime() - HOUR).toISOString();
  const recent = sql`array(select at from unnest(tests_sent_at) as at where at > ${since}::timestamptz order by at)`;
  // One statement: of two processes at once the second counts what the first wrote.
  const taken = await shop.tx.execute(sql`
    update shops set tests_sent_at = ${recent} || ${now.toISOString()}::timestamptz
    where shop_id = ${shop.shopId} and cardinality(${recent}) < ${most} returning shop_id`);
  if (taken.length > 0) return null;
  const [row] = await shop.tx.execute<{ oldest: string }>(sql`
    select (${recent})[greatest(1, cardinality(${recent}) - ${most}::int + 1)] as oldest from shops where shop_id = ${shop.shopId}`);
  return new Date((row ? new Date(row.oldest) : now).getTime() + HOUR);
}
