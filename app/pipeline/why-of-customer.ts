/** Why one customer gets the e-mails of each scenario or does not: read by the customer page. Changes nothing. */
import { isLapseRule } from '../domain/audience';
import { type Answer, whyOf } from '../domain/eligibility';
import { SCENARIO_KEYS, type ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import { knownZone, soleZoneOf } from '../lib/time-zone';
import { together } from '../lib/together';
import { type CustomerRow, loadRecentSends, toCustomer } from '../store/last-look';
import { type LastOutcome, loadOnRecord } from '../store/reports/eligibility';
import type { ShopScope } from '../store/scope';
import { loadScenarios } from './effective-scenario';
import type { ComingUp } from './what-comes-next';

export interface ScenarioAnswer extends Answer {
  scenario: ScenarioKey;
  /** What became of it the last time. */
  last: LastOutcome | null;
}

export interface WhyInput {
  shop: Shop;
  customerId: string;
  /** Their row. */
  person: CustomerRow | null | Promise<CustomerRow | null>;
  sender: 'ready' | 'sender-missing' | 'address-missing';
  /** What is under way for them. */
  coming: readonly ComingUp[] | Promise<readonly ComingUp[]>;
  now: Date;
}

/** One answer per scenario, in catalogue order; none for a customer this shop does not have. */
export async function whyOfCustomer(
  scope: ShopScope,
  { shop, customerId, person, sender, coming, now }: WhyInput,
): Promise<ScenarioAnswer[]> {
  const { scenarios, recent } = await together({
    scenarios: loadScenarios(scope),
    recent: loadRecentSends(scope, [customerId], now),
  });
  const { audience } = scenarios['win-back'].definition;
  const rule = audience && isLapseRule(audience) ? audience : undefined;
  const { row, record, underWay } = await together({
    row: Promise.resolve(person),
    record: loadOnRecord(scope, customerId, now, rule),
    underWay: Promise.resolve(coming),
  });
  if (!row || !record) return [];
  const customer = toCustomer(row);
  const shared = {
    ...{ shop, sender, customer },
    zone: soleZoneOf(customer.country) ?? knownZone(shop.timeZone),
    recent: recent.get(customerId) ?? [],
  };
  return SCENARIO_KEYS.map((scenario) => {
    const { history, last } = record[scenario];
    const { definition } = scenarios[scenario];
    const current = underWay.find((one) => one.scenario === scenario) ?? null;
    return { scenario, last, ...whyOf({ ...shared, definition, history, underWay: current }, now) };
  });
}
