/** A scenario as it counts for one shop: the prebuilt or pinned structure with the owner's edits laid over it. Used by every stage. */
import type { Facts } from '../domain/reason';
import type { ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import { CATALOGUE, SCENARIOS } from '../scenarios/catalogue';
import { type Overlay, parseOverlay, withOverlay } from '../scenarios/overlay';
import {
  findScenarioSetting,
  findScenarioVersion,
  listScenarioSettings,
  type ScenarioSetting,
} from '../store/scenarios';
import type { ShopScope } from '../store/scope';

export interface EffectiveScenario {
  definition: ScenarioDefinition;
  enabled: boolean;
  overlay: Overlay;
  /** Changes with every edit of the owner. */
  revision: number;
  /** What the last scan found out. */
  scanFacts: Facts;
}

/**
 * @param version the structure an enrollment was started on; the current one when absent
 */
export async function loadScenario(shop: ShopScope, key: ScenarioKey, version?: number): Promise<EffectiveScenario> {
  const setting = await findScenarioSetting(shop, key);
  const current = CATALOGUE[key];
  const pinned =
    version === undefined || version === current.version ? current : await findScenarioVersion(shop, key, version);
  return effective(pinned ?? current, setting);
}

/** A structure that enrollments were started on. */
export interface Pinned {
  scenario: ScenarioKey;
  version: number;
}

export const pinnedName = ({ scenario, version }: Pinned): string => `${scenario}:${version}`;

/** Those of `loadScenario` for many enrollments, by `pinnedName`: one read, and one for each structure that is no longer current. */
export async function loadPinnedScenarios(
  shop: ShopScope,
  wanted: readonly Pinned[],
): Promise<Map<string, EffectiveScenario>> {
  const settings = await listScenarioSettings(shop);
  const loaded = new Map<string, EffectiveScenario>();
  for (const pinned of wanted) {
    const name = pinnedName(pinned);
    if (loaded.has(name)) continue;
    const { scenario, version } = pinned;
    const current = CATALOGUE[scenario];
    const structure = version === current.version ? current : await findScenarioVersion(shop, scenario, version);
    const setting = settings.find((one) => one.scenario === scenario);
    loaded.set(name, effective(structure ?? current, setting ?? null));
  }
  return loaded;
}

/** Every scenario as it counts now, by one read. */
export async function loadScenarios(shop: ShopScope): Promise<Record<ScenarioKey, EffectiveScenario>> {
  const settings = await listScenarioSettings(shop);
  const entries = SCENARIOS.map((definition) => {
    const setting = settings.find(({ scenario }) => scenario === definition.key);
    return [definition.key, effective(definition, setting ?? null)];
  });
  return Object.fromEntries(entries);
}

function effective(structure: ScenarioDefinition, setting: ScenarioSetting | null): EffectiveScenario {
  // An edit that no longer fits (a step that left the prebuilt structure) falls back to the prebuilt values.
  const parsed = parseOverlay(structure, setting?.overlay);
  const overlay = parsed.ok ? parsed.overlay : {};
  return {
    definition: withOverlay(structure, overlay),
    enabled: setting?.enabled ?? false,
    overlay,
    revision: setting?.revision ?? 0,
    scanFacts: setting?.scanFacts ?? {},
  };
}
