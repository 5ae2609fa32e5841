/**
 * How many people each scenario concerns. In a small shop counted with every visit. In a large one the last count is shown,
 * and the worker counts anew when it is some minutes old: who reads first, and first by other rules, waits for its count.
 */
import { DEFAULT_LAPSE_RULE, DEFAULT_VIP_RULE, isLapseRule, isVipRule } from '../domain/audience';
import { SCENARIO_KEYS, type ScenarioKey } from '../domain/scenario';
import type { ShopSettings } from '../domain/shop';
import type { Clock } from '../lib/clock';
import { MINUTE } from '../lib/duration';
import { together } from '../lib/together';
import type { Queue } from '../queue/enqueue';
import {
  claimCounting,
  findKeptCounts,
  forgetCounts,
  isLargeShop,
  type KeptCount,
  keepCount,
} from '../store/audience-counts';
import { loadAudience } from '../store/reports/audience';
import { lastPeriods } from '../store/reports/period';
import { loadStanding } from '../store/reports/standing';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { findShopRow } from '../store/shops';
import { type EffectiveScenario, loadScenarios } from './effective-scenario';

/** The scenarios as they count now; they may still be on their way. */
type Scenarios<K extends ScenarioKey> = Record<K, EffectiveScenario> | Promise<Record<K, EffectiveScenario>>;

export interface AudienceCounts {
  read<K extends ScenarioKey>(
    shop: ShopScope,
    asked: Scenarios<K>,
    settings: ShopSettings,
  ): Promise<Record<K, KeptCount>>;
  /** As `read`, without waiting for a count: null where there is none to show. */
  readKept<K extends ScenarioKey>(
    shop: ShopScope,
    asked: Scenarios<K>,
    settings: ShopSettings,
  ): Promise<Record<K, KeptCount | null>>;
  /** Bound to `audience.count`. */
  count(job: { shopId: number }): Promise<void>;
}

const FRESH_MS = 10 * MINUTE;

export function makeAudienceCounts({ db, queue, clock }: { db: Db; queue: Queue; clock: Clock }): AudienceCounts {
  const askAnew = async (shop: ShopScope, keys: ScenarioKey[], now: Date) => {
    const before = new Date(now.getTime() - FRESH_MS);
    if (!(await claimCounting(shop, keys, { now, before }))) return;
    await queue.enqueue(shop, 'audience.count', [{ shopId: shop.shopId }]);
  };
  /** What was counted by today's rules; what is old is asked for anew. */
  const findKnown = async <K extends ScenarioKey>(shop: ShopScope, asked: Scenarios<K>, settings: ShopSettings) => {
    const now = clock.now();
    const { kept, scenarios } = await together({ kept: findKeptCounts(shop), scenarios: Promise.resolve(asked) });
    const keys = SCENARIO_KEYS.filter((key): key is K => key in scenarios);
    const isKnown = (key: K) => kept[key]?.rules === rulesOf(key, scenarios[key], settings);
    const known = new Map(keys.filter(isKnown).map((key) => [key, kept[key]]));
    const old = keys.filter((key) => now.getTime() - (known.get(key)?.countedAt.getTime() ?? Infinity) > FRESH_MS);
    if (old.length > 0) await askAnew(shop, old, now);
    return { known, keys, scenarios, now };
  };
  return {
    async read<K extends ScenarioKey>(shop: ShopScope, asked: Scenarios<K>, settings: ShopSettings) {
      const { known, keys, scenarios, now } = await findKnown(shop, asked, settings);
      const keeps = known.size < keys.length && (await isLargeShop(shop));
      const count = (key: K) => countOne(shop, key, { scenario: scenarios[key], settings, now });
      // Begun at the same time, they travel together.
      const counts = await Promise.all(keys.map(async (key) => [key, known.get(key) ?? (await count(key))] as const));
      if (keeps) for (const [key, counted] of counts) if (!known.has(key)) await keepCount(shop, key, counted);
      return Object.fromEntries(counts) as Record<K, KeptCount>;
    },
    async readKept<K extends ScenarioKey>(shop: ShopScope, asked: Scenarios<K>, settings: ShopSettings) {
      const { known, keys } = await findKnown(shop, asked, settings);
      return Object.fromEntries(keys.map((key) => [key, known.get(key) ?? null])) as Record<K, KeptCount | null>;
    },
    count: ({ shopId }) =>
      inShop(db, shopId, async (shop) => {
        const row = await findShopRow(shop);
        if (!row?.installedAt || row.uninstalledAt) return;
        if (!(await isLargeShop(shop))) return forgetCounts(shop);
        const { settings } = await loadShop(shop);
        const scenarios = await loadScenarios(shop);
        const now = clock.now();
        for (const key of SCENARIO_KEYS) {
          await keepCount(shop, key, await countOne(shop, key, { scenario: scenarios[key], settings, now }));
        }
      }),
  };
}

interface Asked {
  scenario: EffectiveScenario;
  settings: ShopSettings;
  now: Date;
}

async function countOne(shop: ShopScope, key: ScenarioKey, { scenario, settings, now }: Asked) {
  const { audience: rule } = scenario.definition;
  const lapse = rule && isLapseRule(rule) ? rule : DEFAULT_LAPSE_RULE;
  const vip = rule && isVipRule(rule) ? rule : DEFAULT_VIP_RULE;
  return {
    audience: await loadAudience(shop, key, { period: lastPeriods(now).current, settings, lapse, vip }),
    standing: scenario.enabled ? await loadStanding(shop, key, now, lapse) : null,
    countedAt: now,
    rules: rulesOf(key, scenario, settings),
  };
}

/** Whatever changes the count at a word of the owner's, and whether a scan has been at all. */
function rulesOf(
  key: ScenarioKey,
  { definition, enabled, scanFacts }: EffectiveScenario,
  settings: ShopSettings,
): string {
  const { checkoutGround, checkoutCountries, confirmedOnly, leftOutTags } = settings;
  const cart = key === 'abandoned-checkout' ? [checkoutGround, checkoutCountries] : [];
  return JSON.stringify([
    definition.audience ?? null,
    enabled,
    scanFacts.at !== undefined,
    leftOutTags,
    confirmedOnly,
    ...cart,
  ]);
}
