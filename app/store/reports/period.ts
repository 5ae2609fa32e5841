/** A span of time that reports count in: from included, to excluded. */
import { sql } from 'drizzle-orm';
import { DAY } from '../../lib/duration';

export interface Period {
  from: Date;
  to: Date;
}

export const REPORT_DAYS = 30;

/** The last thirty days and the thirty before them. */
export function lastPeriods(now: Date): { current: Period; before: Period } {
  const length = REPORT_DAYS * DAY;
  const from = new Date(now.getTime() - length);
  return { current: { from, to: now }, before: { from: new Date(from.getTime() - length), to: from } };
}

/** `column` lies within the period; both ends travel as ISO text, which raw queries want. */
export function within(column: string, { from, to }: Period) {
  return sql`${sql.raw(column)} >= ${from.toISOString()} and ${sql.raw(column)} < ${to.toISOString()}`;
}
