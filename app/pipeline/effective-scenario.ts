/** A scenario as it counts for one shop: the prebuilt or pinned structure with the owner's edits laid over it. Used by every stage. */
import type { Facts } from '../domain/reason';
import { emailSteps, type ScenarioDefinition, type ScenarioKey } from '../domain/scenario';
import { CATALOGUE, SCENARIOS } from '../scenarios/catalogue';
import { type Overlay, parseOverlay, withOverlay } from '../scenarios/overlay';
import { findScenarioVersion, type KeptVersion } from '../store/scenario-versions';
import { FIRST_REVISION, findScenarioSetting, listScenarioSettings, type ScenarioSetting } from '../store/scenarios';
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
  const current = effective(key, await findScenarioSetting(shop, key));
  return version === undefined ? current : onVersion(shop, current, version);
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
  const currents = new Map<ScenarioKey, EffectiveScenario>();
  const loaded = new Map<string, EffectiveScenario>();
  for (const pinned of wanted) {
    const name = pinnedName(pinned);
    if (loaded.has(name)) continue;
    const { scenario, version } = pinned;
    const current = currents.get(scenario) ?? effective(scenario, settingOf(settings, scenario));
    currents.set(scenario, current);
    loaded.set(name, await onVersion(shop, current, version));
  }
  return loaded;
}

/** Every scenario as it counts now, by one read. */
export async function loadScenarios(shop: ShopScope): Promise<Record<ScenarioKey, EffectiveScenario>> {
  const settings = await listScenarioSettings(shop);
  const entries = SCENARIOS.map(({ key }) => [key, effective(key, settingOf(settings, key))]);
  return Object.fromEntries(entries);
}

function settingOf(settings: readonly ScenarioSetting[], key: ScenarioKey): ScenarioSetting | null {
  return settings.find(({ scenario }) => scenario === key) ?? null;
}

/** The current structure with the owner's edits. */
export function effective(
  key: ScenarioKey,
  setting: (Pick<ScenarioSetting, 'overlay' | 'structure'> & Partial<ScenarioSetting>) | null,
): EffectiveScenario {
  const prebuilt = CATALOGUE[key];
  // An edit that no longer fits (a step that left the prebuilt structure) falls back to the prebuilt values.
  const parsed = parseOverlay(prebuilt, setting?.overlay);
  const overlay = parsed.ok ? parsed.overlay : {};
  const version = overlay.steps ? (setting?.structure ?? prebuilt.version) : prebuilt.version;
  return {
    definition: { ...withOverlay(prebuilt, overlay), version },
    enabled: setting?.enabled ?? false,
    overlay,
    revision: setting?.revision ?? FIRST_REVISION,
    scanFacts: setting?.scanFacts ?? {},
  };
}

/** The scenario for those who began on this version: its own steps, and otherwise what counts now. */
async function onVersion(shop: ShopScope, current: EffectiveScenario, version: number): Promise<EffectiveScenario> {
  const { key } = current.definition;
  if (version === current.definition.version) return current;
  const kept = await findScenarioVersion(shop, key, version);
  // A prebuilt structure nobody has written down is still the prebuilt one.
  return pinnedTo(current, kept ?? { definition: CATALOGUE[key], emails: {} });
}

/** The discount, the audience and the texts are the current ones; an e-mail the scenario has no longer is as it last was. */
function pinnedTo(current: EffectiveScenario, { definition: pinned, emails }: KeptVersion): EffectiveScenario {
  const { offer, audience } = current.definition;
  const stillSent = new Set(emailSteps(current.definition).map(({ email }) => email));
  const lastTexts = Object.entries(emails).filter(([email]) => !stillSent.has(email));
  return {
    ...current,
    definition: {
      ...pinned,
      ...(offer === undefined ? {} : { offer }),
      ...(audience === undefined ? {} : { audience }),
    },
    overlay: { ...current.overlay, emails: { ...Object.fromEntries(lastTexts), ...current.overlay.emails } },
  };
}
