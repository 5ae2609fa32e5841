/** How many people win-back and VIP concern today, as the admin tells it. Used by `orders-main.ts`. */
import type { ScenarioKey } from '../../app/domain/scenario';
import type { Store } from '../../tests/harness/store';
import { readAdminPage } from './admin-data';

export const COUNTED = ['win-back', 'vip'] as const satisfies readonly ScenarioKey[];

export interface AudienceCount {
  scenario: (typeof COUNTED)[number];
  /** People in the state today, whether they may be e-mailed or not. */
  customers: number;
  /** Those of them who may be e-mailed. */
  mayBeEmailed: number;
}

/** What the scenario's page says of whom it concerns. */
interface Shown {
  /** `inAll` where `reached` counts only those of a period. */
  audience: { reached: number; mayBeEmailed: number; inAll?: number };
  /** In the state and not enrolled for it; null until the first scan of a scenario that is on. */
  standing: { mayBeEmailed: number } | null;
}

/** Once both are on and their first scan is over. */
export async function readAudiences(store: Store): Promise<AudienceCount[]> {
  const counts: AudienceCount[] = [];
  for (const scenario of COUNTED) {
    const page = (await readAdminPage(store.admin, `/app/scenarios/${scenario}`)) as unknown as Shown;
    const { audience, standing } = page;
    const mayBeEmailed = standing?.mayBeEmailed ?? audience.mayBeEmailed;
    counts.push({ scenario, customers: audience.inAll ?? audience.reached, mayBeEmailed });
  }
  return counts;
}
