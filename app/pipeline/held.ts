/** What waits for the owner's own switch, and what expired meanwhile. Read by the admin's pages, and told when the owner resumes. */
import { type HeldCount, NOTHING_HELD } from '../domain/release';
import { emailSteps, type ScenarioDefinition, type ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import { durationMs } from '../lib/duration';
import { together } from '../lib/together';
import { type CodeStep, countHeld } from '../store/held';
import { listScenarioVersions } from '../store/scenario-versions';
import { listScenarioSettings, type ScenarioSetting } from '../store/scenarios';
import type { ShopScope } from '../store/scope';
import { loadScenarios } from './effective-scenario';

/**
 * The steps that wait for the shopper's code, and ask for none while nothing may go out: of the scenarios as they count now,
 * and of those structures that people are still on.
 */
export async function loadCodeSteps(shop: ShopScope): Promise<CodeStep[]> {
  const { current, earlier } = await together({ current: loadScenarios(shop), earlier: listScenarioVersions(shop) });
  const all = [...Object.values(current), ...earlier].flatMap(({ definition }) => codeSteps(definition));
  // A step is one thing for ever; where its settings changed, those of now count.
  return [...new Map(all.toReversed().map((one) => [`${one.scenario} ${one.step}`, one])).values()];
}

function codeSteps(definition: ScenarioDefinition): CodeStep[] {
  return emailSteps(definition).flatMap(({ id: step, code, expiresAfter }) => {
    const expiresAfterMs = expiresAfter === 'end-of-day' ? null : durationMs(expiresAfter);
    return code ? [{ scenario: definition.key, step, expiresAfterMs }] : [];
  });
}

type Paused = Pick<Shop, 'pausedAt' | 'timeZone'>;

/** What the pause of everything holds, by scenario, where it alone does; nothing while nothing is paused. */
export async function heldByPause(
  shop: ShopScope,
  { pausedAt, timeZone }: Paused,
  now: Date,
): Promise<Map<ScenarioKey, HeldCount>> {
  if (!pausedAt) return new Map();
  const { codeSteps, settings } = await together({
    codeSteps: loadCodeSteps(shop),
    settings: listScenarioSettings(shop),
  });
  const held = await countHeld(shop, { reason: 'everything-paused', since: pausedAt, now, codeSteps, timeZone });
  const on = new Set(settings.flatMap(({ enabled, scenario }) => (enabled ? [scenario] : [])));
  return new Map([...held].filter(([scenario]) => on.has(scenario)));
}

type Off = Pick<ScenarioSetting, 'scenario' | 'offSince'>;

/** What a scenario that is switched off holds. */
export async function heldByScenario(
  shop: ShopScope,
  { scenario, offSince: since, timeZone, now }: Off & { timeZone: string; now: Date },
): Promise<HeldCount> {
  const query = { since, now, codeSteps: await loadCodeSteps(shop), timeZone };
  const held = await countHeld(shop, { reason: 'scenario-off', ...query });
  return held.get(scenario) ?? NOTHING_HELD;
}

/** What waits in each scenario for the owner: where it is switched off, or paused with everything. */
export async function heldOfScenarios(
  shop: ShopScope,
  paused: Paused,
  now: Date,
): Promise<Partial<Record<ScenarioKey, HeldCount>>> {
  const held = await heldByPause(shop, paused, now);
  for (const { scenario, offSince } of await listScenarioSettings(shop)) {
    if (!offSince) continue;
    held.set(scenario, await heldByScenario(shop, { scenario, offSince, timeZone: paused.timeZone, now }));
  }
  return Object.fromEntries(held);
}
