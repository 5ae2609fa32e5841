/** What is under way for a customer and what follows, if nothing else happens: read by the customer page. Changes nothing. */
import type { ScenarioFacts } from '../domain/exit';
import { type Foreseen, foresee } from '../domain/foresee';
import { together } from '../lib/together';
import { loadUnderWay, type UnderWay } from '../store/reports/customer-next';
import { loadScenarioFacts } from '../store/scenario-facts';
import type { ShopScope } from '../store/scope';
import { loadPinnedScenarios, pinnedName } from './effective-scenario';

export interface ComingUp extends Pick<UnderWay, 'planned'> {
  enrollmentId: number;
  scenario: UnderWay['enrollment']['scenario'];
  /** After what is planned; null when every step is done, or it cannot be told. */
  after: Foreseen | null;
}

/** The soonest first. */
export async function whatComesNext(shop: ShopScope, customerId: string, now: Date): Promise<ComingUp[]> {
  const underWay = await loadUnderWay(shop, customerId);
  if (underWay.length === 0) return [];
  const enrollments = underWay.map(({ enrollment }) => enrollment);
  const { facts, pinned } = await together({
    facts: loadScenarioFacts(
      shop,
      enrollments.map(({ id }) => id),
    ),
    pinned: loadPinnedScenarios(shop, enrollments),
  });
  return underWay.map(({ enrollment, planned }) => {
    const { id, scenario, status } = enrollment;
    const known = facts.get(id);
    const definition = pinned.get(pinnedName(enrollment))?.definition;
    const seen = known && planned.length > 0 ? onceSent(known, now) : known;
    const after = status === 'active' && seen && definition ? foresee(definition, enrollment, seen, now) : null;
    return { enrollmentId: id, scenario, planned, after };
  });
}

/** What is planned goes out first, and gives the code it shows. */
function onceSent(facts: ScenarioFacts, now: Date): ScenarioFacts {
  const { code } = facts;
  return code ? { ...facts, code: { ...code, givenAt: code.givenAt ?? now } } : facts;
}
