/** A scenario as it counts for one shop: the prebuilt or pinned structure with the owner's edits laid over it. Used by every stage. */
import type { ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import { CATALOGUE } from '../scenarios/catalogue';
import { type Overlay, parseOverlay, withOverlay } from '../scenarios/overlay';
import { findScenarioSetting, findScenarioVersion } from '../store/scenarios';
import type { ShopScope } from '../store/scope';

export interface EffectiveScenario {
  definition: ScenarioDefinition;
  enabled: boolean;
  overlay: Overlay;
  /** Changes with every edit of the owner. */
  revision: number;
}

/**
 * @param version the structure an enrollment was started on; the current one when absent
 */
export async function loadScenario(shop: ShopScope, key: ScenarioKey, version?: number): Promise<EffectiveScenario> {
  const setting = await findScenarioSetting(shop, key);
  const current = CATALOGUE[key];
  const pinned =
    version === undefined || version === current.version ? current : await findScenarioVersion(shop, key, version);
  const structure = pinned ?? current;
  // An edit that no longer fits (a step that left the prebuilt structure) falls back to the prebuilt values.
  const parsed = parseOverlay(structure, setting?.overlay);
  const overlay = parsed.ok ? parsed.overlay : {};
  return {
    definition: withOverlay(structure, overlay),
    enabled: setting?.enabled ?? false,
    overlay,
    revision: setting?.revision ?? 0,
  };
}
