/** What the owner set per scenario. */
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Facts } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { invariant } from '../lib/invariant';
import { scenarioSettings } from './schema';
import type { ShopScope } from './scope';

export interface ScenarioSetting {
  scenario: ScenarioKey;
  enabled: boolean;
  enabledAt: Date | null;
  /** When the owner switched it off; null while it is on or never was. */
  offSince: Date | null;
  overlay: unknown;
  /** The version of the owner's own tree; null while the structure is the prebuilt one. */
  structure: number | null;
  revision: number;
  /** What the last scan found out. */
  scanFacts: Facts;
  updatedAt: Date;
}

/** The owner's row for one scenario; null while they never touched it. */
export async function findScenarioSetting(shop: ShopScope, scenario: ScenarioKey): Promise<ScenarioSetting | null> {
  const [row] = await shop.tx
    .select()
    .from(scenarioSettings)
    .where(and(eq(scenarioSettings.shopId, shop.shopId), eq(scenarioSettings.scenario, scenario)));
  return row ?? null;
}

/** The owner's row for each scenario they ever touched. */
export function listScenarioSettings(shop: ShopScope): Promise<ScenarioSetting[]> {
  return shop.tx.select().from(scenarioSettings).where(eq(scenarioSettings.shopId, shop.shopId));
}

/** Switches a scenario on or off; a scanned one is looked at at once. Answers whether that changed anything. */
export async function setScenarioEnabled(
  shop: ShopScope,
  { scenario, enabled, scanned, at }: { scenario: ScenarioKey; enabled: boolean; scanned: boolean; at: Date },
): Promise<boolean> {
  const before = await findScenarioSetting(shop, scenario);
  if ((before?.enabled ?? false) === enabled) return false;
  const changes = {
    enabled,
    enabledAt: enabled ? at : null,
    offSince: enabled ? null : at,
    scanDueAt: enabled && scanned ? at : null,
    updatedAt: at,
  };
  await shop.tx
    .insert(scenarioSettings)
    .values({ shopId: shop.shopId, scenario, ...changes })
    .onConflictDoUpdate({ target: [scenarioSettings.shopId, scenarioSettings.scenario], set: changes });
  return true;
}

/** The scenarios of which the owner has read that Shopify may send the same e-mails itself. */
export async function listDoubleSendersRead(shop: ShopScope): Promise<ScenarioKey[]> {
  const rows = await shop.tx
    .select({ scenario: scenarioSettings.scenario })
    .from(scenarioSettings)
    .where(and(eq(scenarioSettings.shopId, shop.shopId), isNotNull(scenarioSettings.doubleSenderReadAt)));
  return rows.map(({ scenario }) => scenario);
}

/** The owner has read it: it is said no more. */
export async function markDoubleSenderRead(
  shop: ShopScope,
  { scenario, at }: { scenario: ScenarioKey; at: Date },
): Promise<void> {
  await shop.tx
    .insert(scenarioSettings)
    .values({ shopId: shop.shopId, scenario, doubleSenderReadAt: at, updatedAt: at })
    .onConflictDoUpdate({
      target: [scenarioSettings.shopId, scenarioSettings.scenario],
      set: { doubleSenderReadAt: at },
    });
}

/** Moves a scenario's next scan to a moment. */
export async function putOffScan(shop: ShopScope, scenario: ScenarioKey, until: Date): Promise<void> {
  await shop.tx
    .update(scenarioSettings)
    .set({ scanDueAt: until })
    .where(and(eq(scenarioSettings.shopId, shop.shopId), eq(scenarioSettings.scenario, scenario)));
}

/**
 * Keeps the rule a scan goes by.
 * @param since when it became this one; left out where it was this one all along
 */
export async function keepScanRule(
  shop: ShopScope,
  { scenario, rule, since }: { scenario: ScenarioKey; rule: string; since: Date | null },
): Promise<void> {
  const found = { rule, ...(since ? { ruleSince: since.toISOString() } : {}) };
  await shop.tx
    .update(scenarioSettings)
    .set({ scanFacts: sql`${scenarioSettings.scanFacts} || ${JSON.stringify(found)}::jsonb` })
    .where(and(eq(scenarioSettings.shopId, shop.shopId), eq(scenarioSettings.scenario, scenario)));
}

/** What a scenario nobody edited stands at. */
export const FIRST_REVISION = 1;

/** The owner's row for one scenario, made where there is none, and locked until the transaction ends. */
export async function lockScenarioSetting(shop: ShopScope, scenario: ScenarioKey, at: Date): Promise<ScenarioSetting> {
  await shop.tx.insert(scenarioSettings).values({ shopId: shop.shopId, scenario, updatedAt: at }).onConflictDoNothing();
  const [row] = await shop.tx
    .select()
    .from(scenarioSettings)
    .where(and(eq(scenarioSettings.shopId, shop.shopId), eq(scenarioSettings.scenario, scenario)))
    .for('update');
  invariant(row, 'a row that was just made is there');
  return row;
}

/** Keeps the owner's edit under the next revision; everything not yet sent follows it. */
export async function saveOverlay(
  shop: ShopScope,
  edit: { scenario: ScenarioKey; overlay: object; structure: number | null; revision: number; at: Date },
): Promise<void> {
  const { scenario, overlay, structure, revision, at: updatedAt } = edit;
  await shop.tx
    .update(scenarioSettings)
    .set({ overlay, structure, revision, updatedAt })
    .where(and(eq(scenarioSettings.shopId, shop.shopId), eq(scenarioSettings.scenario, scenario)));
}
