/** Quiet hours: e-mails that nobody just asked for wait until the shopper's morning. */
import { type MinuteOfDay, minuteOfDay, nextLocalTime } from '../lib/time-zone';

export interface QuietHours {
  from: MinuteOfDay;
  to: MinuteOfDay;
}

/**
 * The end of the quiet hours this moment falls in, or null when it falls in none.
 * Equal ends mean the owner wants none. They may span midnight.
 * @param zone the shopper's IANA zone
 */
export function quietUntil(at: Date, zone: string, { from, to }: QuietHours): Date | null {
  if (from === to) return null;
  const minute = minuteOfDay(at, zone);
  const quiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  return quiet ? nextLocalTime(at, zone, to) : null;
}
