/** A sender domain nobody knows yet: how many e-mails a shop may send from it on each of its first days. Figures: docs/decisions/0014. */
import { DAY } from '../lib/duration';
import { localDay, onLocalDay } from '../lib/time-zone';

/** E-mails on the first day. */
const FIRST_DAY = 200;
/** Days until the number is twice as large. */
export const DOUBLES_AFTER_DAYS = 2;
/** After so many days there is no limit. */
export const RAMP_DAYS = 28;

export interface Ramp {
  /** 1 on the first day. */
  day: number;
  /** E-mails on this day of the shop's calendar. */
  limit: number;
  /** Midnight in the shop's zone: when this day began, and when the next one does. */
  from: Date;
  until: Date;
  /** The first day without a limit; null before the first e-mail. */
  freeFrom: Date | null;
}

/**
 * How a domain stands today, or null once it is known.
 * @param firstSentAt the shop's first e-mail from it; null before it
 */
export function rampOf(firstSentAt: Date | null, now: Date, zone: string): Ramp | null {
  const today = localDay(now, zone);
  const first = firstSentAt ? localDay(firstSentAt, zone) : today;
  const day = Math.max(daysBetween(first, today), 0);
  if (day >= RAMP_DAYS) return null;
  return {
    day: day + 1,
    limit: FIRST_DAY * 2 ** Math.floor(day / DOUBLES_AFTER_DAYS),
    from: onLocalDay(today, zone, 0),
    until: onLocalDay(addDays(today, 1), zone, 0),
    freeFrom: firstSentAt && onLocalDay(addDays(first, RAMP_DAYS), zone, 0),
  };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
