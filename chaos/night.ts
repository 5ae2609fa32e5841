/** Where on the business clock a round takes place, and when quiet hours let an e-mail go: reckoned minute by minute, apart from the app's own arithmetic. */

/** Minutes after midnight on the shop's wall clock; equal ends: none. May span midnight. */
export interface QuietHours {
  from: number;
  to: number;
}

export type RoundKind = 'day' | 'midnight-in-the-shop' | 'daylight-saving-night';

/** In this order, again and again. */
export const ROUND_KINDS: readonly RoundKind[] = ['midnight-in-the-shop', 'daylight-saving-night', 'day'];

export interface Place {
  kind: RoundKind;
  /** Business time at which the round begins. */
  at: number;
  /** What it is about comes a little later; null by day. */
  moment: number | null;
  quiet: QuietHours;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** The faults begin a little before the moment itself. */
const BEFORE_MS = 15_000;
const NIGHT: QuietHours = { from: 21 * 60, to: 8 * 60 };

/** Ends and beginnings at the moment itself, within what the clocks skip or show twice, and in the morning. */
const QUIET: Record<RoundKind, readonly QuietHours[]> = {
  day: [NIGHT],
  'midnight-in-the-shop': [{ ...NIGHT, to: 0 }, { from: 0, to: 8 * 60 }, NIGHT],
  'daylight-saving-night': [{ ...NIGHT, to: 150 }, { ...NIGHT, to: 180 }, NIGHT],
};

/** The next moment of this kind; of the nights the clocks change, the next or the one after. */
export function placeOf(
  kind: RoundKind,
  { now, zone, random }: { now: number; zone: string; random(): number },
): Place {
  const choices = QUIET[kind];
  const quiet = choices[Math.floor(random() * choices.length)] ?? NIGHT;
  const wall = wallClock(zone);
  if (kind === 'day') {
    const at = isMidday(wall(now)) ? now : nextMinute(now, (later) => isMidday(wall(later)));
    return { kind, at, moment: null, quiet };
  }
  const from = now + BEFORE_MS + MINUTE_MS;
  const oneOfTwoChanges = () => {
    const next = nextChange(from, wall);
    return random() < 0.5 ? next : nextChange(next, wall);
  };
  const moment = kind === 'midnight-in-the-shop' ? nextMinute(from, (at) => wall(at) === 0) : oneOfTwoChanges();
  return { kind, at: moment - BEFORE_MS, moment, quiet };
}

/** Far enough from both ends of the night for a round. */
const isMidday = (minute: number) => minute >= 10 * 60 && minute < 17 * 60;

function nextMinute(from: number, isSo: (at: number) => boolean): number {
  let at = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
  while (!isSo(at)) at += MINUTE_MS;
  return at;
}

/** The next moment from which the wall clock differs from what it would have shown. */
function nextChange(from: number, wall: (at: number) => number): number {
  const start = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
  const isMoved = (at: number) => (wall(start) + (at - start) / MINUTE_MS) % DAY_MINUTES !== wall(at);
  let day = start;
  while (!isMoved(day)) day += DAY_MINUTES * MINUTE_MS;
  return nextMinute(day - DAY_MINUTES * MINUTE_MS, isMoved);
}

/** The minute of the day that the clocks on a zone's walls show. */
function wallClock(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const [hours = 0, minutes = 0] = format.format(at).split(':').map(Number);
    return hours * 60 + minutes;
  };
}

export interface Quiet {
  isQuiet(at: number): boolean;
  /** This moment, or the first after it that is not quiet. */
  over(at: number): number;
}

export const NEVER_QUIET: Quiet = { isQuiet: () => false, over: (at) => at };

export function makeQuiet(zone: string, { from, to }: QuietHours): Quiet {
  const wall = wallClock(zone);
  const isQuiet = (at: number) => {
    const minute = wall(at);
    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  };
  // Many ask about the same minute, and each answer takes hundreds of looks at the clock.
  const known = new Map<number, number>();
  return {
    isQuiet,
    over(at) {
      if (!isQuiet(at)) return at;
      const minute = Math.floor(at / MINUTE_MS);
      const end = known.get(minute) ?? nextMinute(at, (later) => !isQuiet(later));
      known.set(minute, end);
      return end;
    },
  };
}
