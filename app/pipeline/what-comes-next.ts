/** What is under way for a customer and what follows, if nothing else happens: read by the customer page. Changes nothing. */
import { type Foreseen, foresee } from '../domain/foresee';
import { loadUnderWay, type UnderWay } from '../store/reports/customer-next';
import { loadScenarioFacts } from '../store/scenario-facts';
import type { ShopScope } from '../store/scope';
import { loadScenario } from './effective-scenario';

export interface ComingUp extends Pick<UnderWay, 'planned'> {
  enrollmentId: number;
  scenario: UnderWay['enrollment']['scenario'];
  /** After what is planned; null when every step is done, or it cannot be told. */
  after: Foreseen | null;
}

/** The soonest first. */
export async function whatComesNext(shop: ShopScope, customerId: string, now: Date): Promise<ComingUp[]> {
  const underWay = await loadUnderWay(shop, customerId);
  const facts = await loadScenarioFacts(
    shop,
    underWay.map(({ enrollment }) => enrollment.id),
  );
  const coming: ComingUp[] = [];
  for (const { enrollment, planned } of underWay) {
    const { id, scenario, version, status } = enrollment;
    const known = facts.get(id);
    const { definition } = await loadScenario(shop, scenario, version);
    const after = status === 'active' && known ? foresee(definition, enrollment, known, now) : null;
    coming.push({ enrollmentId: id, scenario, planned, after });
  }
  return coming;
}
