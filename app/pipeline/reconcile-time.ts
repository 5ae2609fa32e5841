/** When a shop is reconciled: once a night, at its own minute, so that not all shops ask at once. */
import { knownZone, nextLocalTime } from '../lib/time-zone';

const FROM = 2 * 60;
const MINUTES = 3 * 60;

/** The next time of the shop's own minute between two and five in the morning. */
export function nextReconciliation(now: Date, shop: { shopId: number; timeZone: string }): Date {
  // 61 is coprime to 180: neighboring shops land far apart, each always on the same minute.
  const minute = FROM + ((shop.shopId * 61) % MINUTES);
  const zone = knownZone(shop.timeZone);
  return nextLocalTime(new Date(now.getTime() + 60_000), zone, minute);
}
