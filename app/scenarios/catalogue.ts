/** Every prebuilt scenario, in the order the owner reads them. */
import { SCENARIO_KEYS, type ScenarioDefinition, type ScenarioKey } from '../domain/scenario';
import { abandonedCheckout } from './abandoned-checkout/scenario';
import { birthday } from './birthday/scenario';
import { vip } from './vip/scenario';
import { welcome } from './welcome/scenario';
import { winBack } from './win-back/scenario';

export const CATALOGUE: Record<ScenarioKey, ScenarioDefinition> = {
  welcome,
  'abandoned-checkout': abandonedCheckout,
  birthday,
  'win-back': winBack,
  vip,
};

/** The prebuilt definitions in catalogue order. */
export const SCENARIOS: readonly ScenarioDefinition[] = SCENARIO_KEYS.map((key) => CATALOGUE[key]);

/** Keys of the scenarios whose e-mails go before those of `key` when they compete for a shopper. */
export function moreImportantThan(key: ScenarioKey): ScenarioKey[] {
  return SCENARIOS.filter((one) => one.priority < CATALOGUE[key].priority).map((one) => one.key);
}
