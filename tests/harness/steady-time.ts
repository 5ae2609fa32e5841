/** Days on which no clock is put forward or back, so that "48 hours later" is the same time of day. */
import { nextLocalTime } from '../../app/lib/time-zone';

const DAY_MS = 86_400_000;

/** Minutes the zone is ahead of UTC at this instant. */
function offsetOf(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

function changesWithin(from: Date, days: number, zone: string): boolean {
  const now = offsetOf(from, zone);
  return Array.from({ length: days + 1 }, (_, i) => new Date(from.getTime() + i * DAY_MS)).some(
    (day) => offsetOf(day, zone) !== now,
  );
}

/**
 * The next moment at or after `from` at this time of day from which the zone keeps its clock for `days`.
 * @param accept narrows the days down, e.g. to Mondays
 */
export function nextSteadyTime(
  from: Date,
  {
    zone,
    minute,
    days,
    accept = () => true,
  }: { zone: string; minute: number; days: number; accept?: (day: Date) => boolean },
): Date {
  let at = nextLocalTime(from, zone, minute);
  while (changesWithin(at, days, zone) || !accept(at))
    at = nextLocalTime(new Date(at.getTime() + 3_600_000), zone, minute);
  return at;
}
