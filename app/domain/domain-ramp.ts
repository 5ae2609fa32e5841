/** A sender domain nobody knows yet, or any more: how many e-mails a shop may send from it on each of its first days. Figures: docs/decisions/0014. */
import { DAY } from '../lib/duration';
import { localDay, onLocalDay } from '../lib/time-zone';

/** E-mails on the first day. */
const FIRST_DAY = 200;
/** Days until the number is twice as large. */
export const DOUBLES_AFTER_DAYS = 2;
/** After so many days there is no limit. */
export const RAMP_DAYS = 28;

/** After so many days without an e-mail mail providers have forgotten it, and it begins again. */
export const IDLE_DAYS = 30;
/** A domain that sends is noted once a day, so that sending costs nothing more. */
const NOTED_EVERY_MS = DAY;

/** What is known of a domain a shop sends from; nulls: nothing went out yet. */
export interface SentFrom {
  /** The e-mail its first weeks count from. */
  firstAt: Date | null;
  /** To the day. */
  lastAt: Date | null;
}

/** The last moment an e-mail may be of for its domain to have gone idle by now. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - IDLE_DAYS * DAY);
}

export function hasGoneIdle({ lastAt }: SentFrom, now: Date): boolean {
  return lastAt !== null && lastAt <= idleSince(now);
}

/** Whether the next e-mail from it must be noted. */
export function wantsNoting({ firstAt, lastAt }: SentFrom, now: Date): boolean {
  return firstAt === null || lastAt === null || now.getTime() - lastAt.getTime() >= NOTED_EVERY_MS;
}

export interface Ramp {
  /** 1 on the first day. */
  day: number;
  /** E-mails on this day of the shop's calendar. */
  limit: number;
  /** Midnight in the shop's zone: when this day began, and when the next one does. */
  from: Date;
  until: Date;
  /** The first day without a limit; null before the e-mail the days count from. */
  freeFrom: Date | null;
}

/** How a domain stands today, or null once it is known. */
export function rampOf(sent: SentFrom, now: Date, zone: string): Ramp | null {
  const firstSentAt = hasGoneIdle(sent, now) ? null : sent.firstAt;
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
