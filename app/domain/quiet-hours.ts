/** Quiet hours: e-mails that nobody just asked for wait until the shopper's morning. */
import { MINUTE } from '../lib/duration';
import { type MinuteOfDay, minuteOfDay, nextClockChange, nextLocalTime } from '../lib/time-zone';

export interface QuietHours {
  from: MinuteOfDay;
  to: MinuteOfDay;
}

/**
 * The end of the quiet hours this moment falls in, or null when it falls in none.
 * Equal ends mean the owner wants none. They may span midnight.
 * @param zone the shopper's IANA zone
 */
export function quietUntil(at: Date, zone: string, hours: QuietHours): Date | null {
  if (!isQuiet(at, zone, hours)) return null;
  let end = endAfter(at, zone, hours);
  // Where all that is not quiet lies in the hour a night skips, it is quiet until the next day.
  for (let from = at; end <= at || isQuiet(end, zone, hours); end = endAfter(from, zone, hours))
    from = new Date(Math.max(from.getTime(), end.getTime()) + MINUTE);
  return end;
}

function endAfter(at: Date, zone: string, hours: QuietHours): Date {
  const end = nextLocalTime(at, zone, hours.to);
  const change = nextClockChange(at, end, zone);
  if (!change) return end;
  // In the night the clocks change, the wall clock may pass the end before (it shows it twice) or just then (it skips it).
  const before = new Date(floorToMinute(at) + minutesUntil(minuteOfDay(at, zone), hours.to) * MINUTE);
  if (before < change) return before;
  return isQuiet(change, zone, hours) ? nextLocalTime(change, zone, hours.to) : change;
}

function isQuiet(at: Date, zone: string, { from, to }: QuietHours): boolean {
  if (from === to) return false;
  const minute = minuteOfDay(at, zone);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

const DAY_MINUTES = 24 * 60;
const minutesUntil = (now: MinuteOfDay, then: MinuteOfDay) => (then - now + DAY_MINUTES) % DAY_MINUTES;
const floorToMinute = (at: Date) => Math.floor(at.getTime() / MINUTE) * MINUTE;
