/** When a scanned scenario is looked at: birthdays every hour, the others once a night, each shop at its own minute. */
import type { Trigger } from '../domain/scenario';
import { HOUR, MINUTE } from '../lib/duration';
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
