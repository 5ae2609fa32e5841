/** Day by day: e-mails sent, e-mails clicked, orders from e-mails. Read by the overview's chart once the page is shown. */
import { sql } from 'drizzle-orm';
import { DAY } from '../../lib/duration';
import type { ShopScope } from '../scope';
import { countedWithin, type Period } from './period';

export interface DayOfEmails {
  /** `YYYY-MM-DD`. */
  day: string;
  sent: number;
  clicked: number;
  orders: number;
}

/** Every day the period touches, the first one first, those without anything included. */
export async function loadDailyEngagement(shop: ShopScope, period: Period): Promise<DayOfEmails[]> {
  const rows = await shop.tx.execute<{ day: string; sent: string; clicked: string; orders: string }>(sql`
    select to_char(day, 'YYYY-MM-DD') as day, coalesce(sum(amount) filter (where what = 'sent'), 0) as sent,
      coalesce(sum(amount) filter (where what = 'clicked'), 0) as clicked,
      coalesce(sum(amount) filter (where what = 'orders'), 0) as orders
    from daily_counts
    where shop_id = ${shop.shopId} and ${countedWithin(period)} and what in ('sent', 'clicked', 'orders')
    group by day`);
  const known = new Map(rows.map((row) => [row.day, row]));
  return daysWithin(period).map((day) => {
    const row = known.get(day);
    return { day, sent: Number(row?.sent ?? 0), clicked: Number(row?.clicked ?? 0), orders: Number(row?.orders ?? 0) };
  });
}

/** Days of UTC, as the daily counts are. */
export function daysWithin({ from, to }: Period): string[] {
  const first = Date.parse(`${from.toISOString().slice(0, 10)}T00:00:00Z`);
  const count = Math.max(0, Math.ceil((to.getTime() - first) / DAY));
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY).toISOString().slice(0, 10));
}
