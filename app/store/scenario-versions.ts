/** The structures enrollments were started on, so that they finish on theirs. */
import { and, eq, sql } from 'drizzle-orm';
import type { ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import { scenarioVersions } from './schema';
import type { ShopScope } from './scope';

/** Keeps the structure new enrollments start on, once per version. */
export async function keepScenarioVersion(shop: ShopScope, definition: ScenarioDefinition): Promise<void> {
  await shop.tx
    .insert(scenarioVersions)
    .values({ shopId: shop.shopId, scenario: definition.key, version: definition.version, definition })
    .onConflictDoNothing();
}

/** A structure with the e-mails it had when the scenario last had it. */
export interface KeptVersion {
  definition: ScenarioDefinition;
  emails: Record<string, unknown>;
}

/** Writes down a version as it counts now: whoever is on it keeps to this once the scenario has another. */
export async function writeScenarioVersion(shop: ShopScope, { definition, emails }: KeptVersion): Promise<void> {
  const { key: scenario, version } = definition;
  await shop.tx
    .insert(scenarioVersions)
    .values({ shopId: shop.shopId, scenario, version, definition, emails })
    .onConflictDoUpdate({
      target: [scenarioVersions.shopId, scenarioVersions.scenario, scenarioVersions.version],
      set: { definition, emails },
    });
}

/** One version, or null when no enrollment ever started on it. */
export async function findScenarioVersion(
  shop: ShopScope,
  scenario: ScenarioKey,
  version: number,
): Promise<KeptVersion | null> {
  const { shopId } = scenarioVersions;
  const [row] = await shop.tx
    .select({ definition: scenarioVersions.definition, emails: scenarioVersions.emails })
    .from(scenarioVersions)
    .where(
      and(eq(shopId, shop.shopId), eq(scenarioVersions.scenario, scenario), eq(scenarioVersions.version, version)),
    );
  return row ?? null;
}

/** Every version of every scenario that is still kept. */
export function listScenarioVersions(shop: ShopScope): Promise<KeptVersion[]> {
  return shop.tx
    .select({ definition: scenarioVersions.definition, emails: scenarioVersions.emails })
    .from(scenarioVersions)
    .where(eq(scenarioVersions.shopId, shop.shopId));
}

/** The highest version number of a scenario that was ever given, in use or not; 0 where none was. */
export async function highestVersion(shop: ShopScope, scenario: ScenarioKey): Promise<number> {
  const [row] = await shop.tx.execute<{ highest: number | null }>(sql`
    select greatest(
      (select max(version) from scenario_versions where shop_id = ${shop.shopId} and scenario = ${scenario}),
      (select structure from scenario_settings where shop_id = ${shop.shopId} and scenario = ${scenario})) as highest`);
  return row?.highest ?? 0;
}

/** As many as an owner's edits; beyond them only those somebody is on. */
const MOST_VERSIONS = 50;

/** Removes the oldest versions nobody is on any more, nor waits for an e-mail of. */
export async function forgetScenarioVersions(shop: ShopScope, scenario: ScenarioKey): Promise<void> {
  await shop.tx.execute(sql`
    delete from scenario_versions v where shop_id = ${shop.shopId} and scenario = ${scenario} and version < (
        select version from scenario_versions where shop_id = ${shop.shopId} and scenario = ${scenario}
        order by version desc offset ${MOST_VERSIONS - 1} limit 1)
      and not exists (select from enrollments e where e.shop_id = v.shop_id and e.scenario = v.scenario
        and e.version = v.version and (e.status = 'active' or exists (
          select from messages m where m.shop_id = e.shop_id and m.enrollment_id = e.id
            and m.status in ('planned', 'claimed', 'handed-over', 'unsettled'))))`);
}
