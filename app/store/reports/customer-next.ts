/** What is still under way for one customer: enrollments that go on, and e-mails planned but not sent yet. Read by the customer page. */
import { sql } from 'drizzle-orm';
import type { Enrollment } from '../../domain/enrollment';
import type { Facts, Reason } from '../../domain/reason';
import { together } from '../../lib/together';
import { findUnderWay } from '../enrollments';
import type { ShopScope } from '../scope';

export interface PlannedEmail {
  email: string;
  /** When it is looked at next: put off until then, or about to go. */
  dueAt: Date | null;
  /** Why it was held back the last time; null while it was not. */
  reason: Reason | null;
  facts: Facts;
}

export interface UnderWay {
  enrollment: Enrollment & { dueAt: Date | null };
  planned: PlannedEmail[];
}

/** The soonest first. */
export async function loadUnderWay(shop: ShopScope, customerId: string): Promise<UnderWay[]> {
  const { enrollments, rows } = await together({
    enrollments: findUnderWay(shop, { customerId }),
    rows: shop.tx.execute<{
      enrollment_id: string;
      email: string;
      due_at: string | null;
      reason: Reason | null;
      facts: Facts | null;
    }>(sql`
      select enrollment_id, email, due_at, reason, facts from messages
      where shop_id = ${shop.shopId} and customer_id = ${customerId} and status in ('planned', 'claimed')
      order by due_at nulls last, id`),
  });
  const planned = Map.groupBy(rows, (row) => Number(row.enrollment_id));
  const all = enrollments.map((enrollment) => ({
    enrollment,
    planned: (planned.get(enrollment.id) ?? []).map((row) => ({
      email: row.email,
      dueAt: row.due_at === null ? null : new Date(row.due_at),
      reason: row.reason,
      facts: row.facts ?? {},
    })),
  }));
  return all.sort((a, b) => soonest(a) - soonest(b) || a.enrollment.id - b.enrollment.id);
}

function soonest({ enrollment, planned }: UnderWay): number {
  const times = [enrollment.dueAt, ...planned.map(({ dueAt }) => dueAt)].flatMap((at) => (at ? [at.getTime()] : []));
  return Math.min(Number.MAX_SAFE_INTEGER, ...times);
}
