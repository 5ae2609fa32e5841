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

interface Shown {
  key: ScenarioKey;
  /** `inAll` where `reached` counts only those of a period. */
  audience: { reached: number; mayBeEmailed: number; inAll?: number };
}

/** @throws Error when the admin shows no count for one of them */
export async function readAudiences(store: Store): Promise<AudienceCount[]> {
  const { scenarios } = (await readAdminPage(store.admin, '/app/scenarios')) as { scenarios: Shown[] };
  return COUNTED.map((scenario) => {
    const shown = scenarios.find(({ key }) => key === scenario);
    if (!shown) throw new Error(`The admin shows nothing of ${scenario}.`);
    return {
      scenario,
      customers: shown.audience.inAll ?? shown.audience.reached,
      mayBeEmailed: shown.audience.mayBeEmailed,
    };
  });
}
