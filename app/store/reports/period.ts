/** A span of time that reports count in: from included, to excluded. */
import { sql } from 'drizzle-orm';
import { DAY } from '../../lib/duration';

export interface Period {
  from: Date;
  to: Date;
}

export const REPORT_DAYS = 30;

/** The last thirty days, of which today is one, and the thirty before them. Whole days of UTC: the daily counts know no hours. */
export function lastPeriods(now: Date): { current: Period; before: Period } {
  const today = now.getTime() - (now.getTime() % DAY);
  const from = new Date(today - (REPORT_DAYS - 1) * DAY);
  return { current: { from, to: now }, before: { from: new Date(from.getTime() - REPORT_DAYS * DAY), to: from } };
}

/** `column` lies within the period; both ends travel as ISO text, which raw queries want. */
export function within(column: string, { from, to }: Period) {
  return sql`${sql.raw(column)} >= ${from.toISOString()} and ${sql.raw(column)} < ${to.toISOString()}`;
}

/** Rows of `daily_counts` of every day the period touches. */
export function countedWithin({ from, to }: Period) {
  const last = new Date(to.getTime() - 1);
  return sql`day >= ${dayOf(from)}::date and day <= ${dayOf(last)}::date`;
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
