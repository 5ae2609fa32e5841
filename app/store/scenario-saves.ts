/** Earlier edits of a scenario, each as it was saved. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import type { ScenarioChange } from '../domain/scenario-change';
import { scenarioSaves } from './schema';
import type { ShopScope } from './scope';

/** As many as an owner looks through; the oldest go. */
export const MOST_SAVES = 50;

export interface NewSave {
  scenario: ScenarioKey;
  revision: number;
  savedAt: Date;
  savedBy: string | null;
  overlay: object;
  changes: ScenarioChange[];
}

/** Keeps an edit; one that is kept already stays as it is. */
export async function keepScenarioSave(shop: ShopScope, save: NewSave): Promise<void> {
  await shop.tx
    .insert(scenarioSaves)
    .values({ shopId: shop.shopId, ...save })
    .onConflictDoNothing();
  await shop.tx.execute(sql`
    delete from scenario_saves where shop_id = ${shop.shopId} and scenario = ${save.scenario} and revision <= (
      select revision from scenario_saves where shop_id = ${shop.shopId} and scenario = ${save.scenario}
      order by revision desc offset ${MOST_SAVES} limit 1)`);
}

const ofScenario = (shop: ShopScope, scenario: ScenarioKey) =>
  and(eq(scenarioSaves.shopId, shop.shopId), eq(scenarioSaves.scenario, scenario));

/** The latest first, without what they hold. */
export function listScenarioSaves(
  shop: ShopScope,
  scenario: ScenarioKey,
): Promise<Omit<NewSave, 'scenario' | 'overlay'>[]> {
  const { revision, savedAt, savedBy, changes } = scenarioSaves;
  return shop.tx
    .select({ revision, savedAt, savedBy, changes })
    .from(scenarioSaves)
    .where(ofScenario(shop, scenario))
    .orderBy(desc(revision));
}

/** One of them; null once it is too old. */
export async function findScenarioSave(shop: ShopScope, scenario: ScenarioKey, revision: number) {
  const [row] = await shop.tx
    .select()
    .from(scenarioSaves)
    .where(and(ofScenario(shop, scenario), eq(scenarioSaves.revision, revision)));
  return row ?? null;
}
