/** Looks for the people of one scanned scenario and enrolls them. Bound to `scenario.scan`; the sweep says when. */
import {
  type Audience,
  DEFAULT_LAPSE_RULE,
  DEFAULT_VIP_RULE,
  isLapseRule,
  isVipRule,
  textOf,
} from '../domain/audience';
import { isScenarioKey, type ScenarioDefinition } from '../domain/scenario';
import type { Clock } from '../lib/clock';
import { MINUTE } from '../lib/duration';
import { knownZone, localDay, onLocalDay } from '../lib/time-zone';
import type { Logger } from '../log.server';
import type { Queue } from '../queue/enqueue';
import { claimCounting } from '../store/audience-counts';
import { lockScan } from '../store/locks';
import { enrollBirthdays } from '../store/scans/birthdays';
import { enrollLapsed } from '../store/scans/lapses';
import { enrollVips, refreshVips } from '../store/scans/vips';
import { keepScenarioVersion } from '../store/scenario-versions';
import { findScenarioSetting, keepScanRule, putOffScan, type ScenarioSetting } from '../store/scenarios';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { findShopRow, type ShopRow } from '../store/shops';
import { loadScenario } from './effective-scenario';
import { isScanned, missedScans } from './scan-time';
import { enqueueTags } from './vip-tag-push';

export interface ScanParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  log: Logger;
}

/** Lapses and best customers are told by orders: until all of them are here, everybody would look lapsed. */
const ORDERS_MISSING_MS = 10 * MINUTE;

/** One pass in one transaction. Harmless to repeat, and at any moment. */
export function makeScan(parts: ScanParts): (job: { shopId: number; scenario: string }) => Promise<void> {
  return ({ shopId, scenario }) =>
    inShop(parts.db, shopId, async (shop) => {
      if (!isScenarioKey(scenario)) return;
      await lockScan(shop, scenario);
      const row = await findShopRow(shop);
      const setting = await findScenarioSetting(shop, scenario);
      if (!row?.installedAt || row.uninstalledAt || !setting?.enabled) return;
      const { definition } = await loadScenario(shop, scenario);
      if (!isScanned(definition.trigger)) return;
      const now = parts.clock.now();
      if (definition.trigger.on !== 'birthday' && row.ordersKnownUntil === null) {
        await putOffScan(shop, scenario, new Date(now.getTime() + ORDERS_MISSING_MS));
        return;
      }
      await keepScenarioVersion(shop, definition);
      let enrolled = 0;
      for (const moment of [...missedScans(row, setting, definition.trigger), now])
        enrolled += await look(parts, shop, { row, setting, definition, now: moment });
      if (await claimCounting(shop, [scenario], { now, before: now })) {
        await parts.queue.enqueue(shop, 'audience.count', [{ shopId }]);
      }
      parts.log.info({ event: 'scenario.scanned', shopId, scenario, enrolled });
    });
}

interface Look {
  row: ShopRow;
  setting: ScenarioSetting;
  definition: ScenarioDefinition;
  now: Date;
}

async function look(parts: ScanParts, shop: ShopScope, { row, setting, definition, now }: Look): Promise<number> {
  const { audience } = definition;
  const enabledAt = setting.enabledAt ?? now;
  const scan = { definition, now, shopZone: row.timeZone };
  if (definition.trigger.on === 'birthday') return enrollBirthdays(shop, scan);
  if (definition.trigger.on === 'lapsed') {
    const rule = audience && isLapseRule(audience) ? audience : DEFAULT_LAPSE_RULE;
    // The last pass found everybody who lapses until midnight.
    const midnight = onLocalDay(localDay(now, knownZone(row.timeZone)), knownZone(row.timeZone), 0);
    const standingUntil = await settle(shop, { setting, rule, changedAt: midnight, enabledAt });
    return enrollLapsed(shop, { ...scan, rule, standingUntil });
  }
  const rule = audience && isVipRule(audience) ? audience : DEFAULT_VIP_RULE;
  // Whoever is among the best on the first pass was so before it was switched on.
  const isFirst = setting.scanFacts.enabledAt !== enabledAt.toISOString();
  const changed = await refreshVips(shop, { rule, now, since: isFirst ? enabledAt : now });
  await enqueueTags(parts, shop, changed);
  const standingUntil = await settle(shop, { setting, rule, changedAt: isFirst ? enabledAt : now, enabledAt });
  return enrollVips(shop, { ...scan, enabledAt, standingUntil });
}

interface Settle {
  setting: ScenarioSetting;
  rule: Audience;
  /** When the rule became this one, if the last pass went by another. */
  changedAt: Date;
  enabledAt: Date;
}

/**
 * Until when whoever came into the state is standing: it was switched on then, or its rule changed since, which may bring
 * in thousands in one night.
 */
async function settle(shop: ShopScope, { setting, rule, changedAt, enabledAt }: Settle): Promise<Date> {
  const { rule: before, ruleSince } = setting.scanFacts;
  const text = textOf(rule);
  const since = before !== undefined && before !== text ? changedAt : null;
  if (before !== text) await keepScanRule(shop, { scenario: setting.scenario, rule: text, since });
  const last = since ?? (typeof ruleSince === 'string' ? new Date(ruleSince) : enabledAt);
  return last > enabledAt ? last : enabledAt;
}
