/** Wall-clock arithmetic in IANA time zones, daylight saving included. Built on `@date-fns/tz`. */
import { TZDate } from '@date-fns/tz';

/** A time of day on a shop's wall clock, minutes after midnight (21:00 is 1260). */
export type MinuteOfDay = number;

/**
 * This IANA zone, or UTC where the runtime does not know it: no hour could be told there, and every rule by the clock
 * would silently not hold.
 */
export function knownZone(zone: string): string {
  return isTimeZone(zone) ? zone : 'UTC';
}

/** Asking the runtime takes a while, and every decision about a shopper asks. Holds no zone the runtime does not know. */
const known = new Set<string>();

function isTimeZone(zone: string): boolean {
  if (known.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    known.add(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The zone of everybody in a country, when the country has exactly one (France yes, the United States no).
 * @param country ISO 3166-1 alpha-2
 */
export function soleZoneOf(country: string | null): string | null {
  if (!country || !/^[A-Za-z]{2}$/.test(country)) return null;
  const known = soleZones.get(country);
  if (known !== undefined) return known;
  const found = findSoleZone(country);
  soleZones.set(country, found);
  return found;
}

/** Asking takes half a millisecond, and every decision about a shopper asks. */
const soleZones = new Map<string, string | null>();

function findSoleZone(country: string): string | null {
  // In Node 24 and ES2025's Intl Locale Info, not yet in TypeScript's library.
  const locale: Intl.Locale & { getTimeZones?(): string[] | undefined } = new Intl.Locale(
    `und-${country.toUpperCase()}`,
  );
  const zones = locale.getTimeZones?.();
  return zones?.length === 1 ? (zones[0] ?? null) : null;
}

/** The last answer of each zone: everybody of a batch is looked at at the same instant. */
const lastMinutes = new Map<string, { at: number; minute: MinuteOfDay }>();
const MOST_ZONES = 500;

/** Minutes after midnight on the wall clock of `zone` at this instant. */
export function minuteOfDay(at: Date, zone: string): MinuteOfDay {
  const known = lastMinutes.get(zone);
  if (known?.at === at.getTime()) return known.minute;
  const local = new TZDate(at, zone);
  const minute = local.getHours() * 60 + local.getMinutes();
  if (lastMinutes.size >= MOST_ZONES) lastMinutes.clear();
  lastMinutes.set(zone, { at: at.getTime(), minute });
  return minute;
}

/** The day on the wall calendar of `zone` at this instant, `YYYY-MM-DD`. */
export function localDay(at: Date, zone: string): string {
  const local = new TZDate(at, zone);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
}

/**
 * The next instant at or after `at` whose wall clock in `zone` shows `minute`.
 * A time that daylight saving skips becomes the first moment after the gap.
 */
export function nextLocalTime(at: Date, zone: string, minute: MinuteOfDay): Date {
  const local = new TZDate(at, zone);
  for (const days of [0, 1, 2]) {
    const day = new TZDate(local.getFullYear(), local.getMonth(), local.getDate() + days, 0, minute, 0, 0, zone);
    if (day.getTime() >= at.getTime()) return new Date(day.getTime());
  }
  throw new RangeError(`No ${minute} minutes after midnight follows in ${zone}`);
}

/**
 * The instant whose wall clock in `zone` shows `minute` on this day; the first moment after a gap that skips it.
 * @param day `YYYY-MM-DD`
 */
export function onLocalDay(day: string, zone: string, minute: MinuteOfDay): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(new TZDate(year, month - 1, date, 0, minute, 0, 0, zone).getTime());
}

/** When the day of this instant began on the calendar of `zone`, and when the next one does. */
export function dayOf(at: Date, zone: string): { from: Date; until: Date } {
  const from = onLocalDay(localDay(at, zone), zone, 0);
  // Days are up to 25 hours long; a moment in the next one finds its beginning.
  const tomorrow = new Date(from.getTime() + 36 * 60 * 60_000);
  return { from, until: onLocalDay(localDay(tomorrow, zone), zone, 0) };
}

/** The same time on the wall clock of `zone` a calendar day later: 23 to 25 hours where daylight saving begins or ends. */
export function sameTimeNextDay(at: Date, zone: string): Date {
  const local = new TZDate(at, zone);
  local.setDate(local.getDate() + 1);
  return new Date(local.getTime());
}

/** The first moment after `from`, and not after `to`, from which the clocks of `zone` are set otherwise; null when they are not. */
export function nextClockChange(from: Date, to: Date, zone: string): Date | null {
  const offsetAt = (time: number) => new TZDate(time, zone).getTimezoneOffset();
  const offset = offsetAt(from.getTime());
  if (offsetAt(to.getTime()) === offset) return null;
  let [before, after] = [from.getTime(), to.getTime()];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle) === offset) before = middle;
    else after = middle;
  }
  return new Date(after);
}
