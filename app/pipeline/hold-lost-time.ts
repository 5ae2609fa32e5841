/** After a restore from a copy, shop by shop: holds what may have left in the lost time and has Shopify asked for what changed. Called by `app/restored.ts`. */
import type { LostTime } from '../domain/lost-time';
import { holdUncertain, latestKnown, listInstalledShops, markRestored } from '../store/restored';
import { type Db, inShop } from '../store/scope';

export interface LostTimeHeld {
  shops: number;
  emails: number;
}

/** What two clocks may differ by. */
const SKEW_MS = 120_000;

/** Something the rows tell of that is newer than the copy can be; null when nothing is. */
export async function newerThanCopy(db: Db, copyFrom: Date): Promise<Date | null> {
  const known: number[] = [];
  for (const shopId of await listInstalledShops(db)) {
    const at = await inShop(db, shopId, latestKnown);
    if (at) known.push(at.getTime());
  }
  const latest = Math.max(...known);
  return latest > copyFrom.getTime() + SKEW_MS ? new Date(latest) : null;
}

/** Harmless to repeat: what is held stays held. A shop's e-mails and its mark are committed together. */
export async function holdLostTime(db: Db, lost: LostTime, now: Date): Promise<LostTimeHeld> {
  const held = { shops: 0, emails: 0 };
  for (const shopId of await listInstalledShops(db)) {
    held.emails += await inShop(db, shopId, async (shop) => {
      await markRestored(shop, lost, now);
      return holdUncertain(shop, lost, now);
    });
    held.shops += 1;
  }
  return held;
}
