/** When a scanned scenario is looked at: birthdays every hour, the others once a night, each shop at its own minute. */

import type { Facts } from '../domain/reason';
import type { Trigger } from '../domain/scenario';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import { knownZone, nextLocalTime } from '../lib/time-zone';

const NIGHT_FROM = 3 * 60;
const MINUTES = 60;

/** Whether nobody tells us of it, so that it must be looked for. */
export function isScanned(trigger: Trigger): boolean {
  return trigger.on === 'birthday' || trigger.on === 'lapsed' || trigger.on === 'vip';
}

/** The next look after `now`. */
export function nextScan(now: Date, trigger: Trigger, shop: { shopId: number; timeZone: string }): Date {
  // 37 is coprime to 60: neighboring shops land far apart, each always on the same minute.
  const minute = (shop.shopId * 37) % MINUTES;
  const soon = new Date(now.getTime() + MINUTE);
  if (trigger.on === 'birthday') {
    const inHour = Math.floor(soon.getTime() / HOUR) * HOUR + minute * MINUTE;
    return new Date(inHour >= soon.getTime() ? inHour : inHour + HOUR);
  }
  return nextLocalTime(soon, knownZone(shop.timeZone), NIGHT_FROM + minute);
}

/** A copy older than this is not made up for night by night. */
const MOST_NIGHTS = 31;

/**
 * The nightly looks that a database restored from a copy has forgotten. They are taken again as of their own time: whoever
 * they found was written to that morning, maybe, and not the next.
 */
export function missedScans(
  shop: { shopId: number; timeZone: string; restoredFrom: Date | null; restoredUntil: Date | null },
  { scanFacts, enabledAt }: { scanFacts: Facts; enabledAt: Date | null },
  trigger: Trigger,
): Date[] {
  const { restoredFrom, restoredUntil } = shop;
  // Birthdays are looked for every hour, a day ahead, and have a time of their own.
  if (!restoredFrom || !restoredUntil || trigger.on === 'birthday') return [];
  const last = typeof scanFacts.at === 'string' ? new Date(scanFacts.at) : enabledAt;
  if (!last || restoredUntil.getTime() - last.getTime() > MOST_NIGHTS * DAY) return [];
  const missed: Date[] = [];
  for (let at = nextScan(last, trigger, shop); at <= restoredUntil; at = nextScan(at, trigger, shop)) missed.push(at);
  return missed;
}
