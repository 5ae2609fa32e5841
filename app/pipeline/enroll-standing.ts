/** The owner's own command: writes to those who are in a scenario's state and were not written to, spread over days. */
import { DEFAULT_LAPSE_RULE, isLapseRule, STANDING_DAYS } from '../domain/audience';
import type { ScenarioKey } from '../domain/scenario';
import type { Clock } from '../lib/clock';
import { forgetCounts } from '../store/audience-counts';
import { lockScan } from '../store/locks';
import { enrollStandingPeople, hasStanding } from '../store/scans/standing';
import { keepScenarioVersion } from '../store/scenario-versions';
import { type Db, inShop } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { loadScenario } from './effective-scenario';

export type EnrolledStanding =
  | { ok: true; enrolled: number }
  | { ok: false; code: 'out-of-range' | 'scenario-off' | 'not-applicable' | 'orders-unknown' };

/** Nobody twice, however often it is asked. @returns how many were enrolled by this call */
export function makeEnrollStanding({
  db,
  clock,
}: {
  db: Db;
  clock: Clock;
}): (shopId: number, key: ScenarioKey, options: { days: number }) => Promise<EnrolledStanding> {
  return (shopId, key, { days }) => {
    if (!Number.isInteger(days) || days < STANDING_DAYS.fewest || days > STANDING_DAYS.most)
      return Promise.resolve({ ok: false, code: 'out-of-range' });
    return inShop(db, shopId, async (shop): Promise<EnrolledStanding> => {
      if (!hasStanding(key)) return { ok: false, code: 'not-applicable' };
      await lockScan(shop, key);
      const { definition, enabled } = await loadScenario(shop, key);
      if (!enabled) return { ok: false, code: 'scenario-off' };
      const { settings, timeZone, ordersKnownUntil } = await loadShop(shop);
      // Until all orders are here everybody looks lapsed.
      if (ordersKnownUntil === null) return { ok: false, code: 'orders-unknown' };
      const { audience } = definition;
      const rule = audience && isLapseRule(audience) ? audience : DEFAULT_LAPSE_RULE;
      await keepScenarioVersion(shop, definition);
      const standing = key === 'vip' ? { key } : { key, rule };
      const scan = { definition, now: clock.now(), shopZone: timeZone, standing, settings, days };
      const enrolled = await enrollStandingPeople(shop, scan);
      await forgetCounts(shop, key);
      return { ok: true, enrolled };
    });
  };
}
