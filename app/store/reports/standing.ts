/** Who is in a scenario's state already when the owner looks: a number beside the button that enrolls them. */
import { DEFAULT_LAPSE_RULE, type LapseRule } from '../../domain/audience';
import type { ScenarioKey } from '../../domain/scenario';
import { countStanding, hasStanding } from '../scans/standing';
import type { ShopScope } from '../scope';
import { loadShop } from '../shop-settings';

export interface Standing {
  /** In the state, and not enrolled for it. */
  customers: number;
  /** Of them, those whom an e-mail may be sent to today: who the owner's command enrolls. */
  mayBeEmailed: number;
}

/**
 * Null where a scenario has nobody who is in its state for long, and while not every order is known that tells who is.
 * @param lapse the owner's rule for win-back
 */
export async function loadStanding(
  shop: ShopScope,
  key: ScenarioKey,
  now: Date,
  lapse: LapseRule = DEFAULT_LAPSE_RULE,
): Promise<Standing | null> {
  if (!hasStanding(key)) return null;
  const { settings, ordersKnownUntil } = await loadShop(shop);
  if (ordersKnownUntil === null) return null;
  return countStanding(shop, { standing: key === 'vip' ? { key } : { key, rule: lapse }, now, settings });
}
