/** Whom each scenario concerns; asked by the overview and the list of scenarios once they are shown, so that nothing waits for it. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import { SCENARIO_KEYS, type ScenarioKey } from '../domain/scenario';
import { loadScenarios } from '../pipeline/effective-scenario';
import { requireShop } from '../shopify.server';
import type { Audience } from '../store/reports/audience';
import { inShop } from '../store/scope';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { db, audiences } = deps();
  const counted = await inShop(db, shop.id, (scope) => audiences.read(scope, loadScenarios(scope), shop.settings));
  return Object.fromEntries(SCENARIO_KEYS.map((key) => [key, counted[key].audience])) as Record<ScenarioKey, Audience>;
}
