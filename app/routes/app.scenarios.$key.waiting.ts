/** How many people wait at each step now: asked once the page is shown, since it counts; as plain JSON. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import { requireShop } from '../shopify.server';
import { loadWaiting } from '../store/reports/waiting';
import { inShop } from '../store/scope';
import { requireScenarioKey } from './scenario-key';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  return { waiting: await inShop(deps().db, shop.id, (scope) => loadWaiting(scope, key)) };
}
