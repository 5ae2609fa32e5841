/** What is wrong with a scenario as it is saved: read once its page is shown, looked at anew when somebody asks or something is new. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import type { ScenarioKey } from '../domain/scenario';
import { requireShop } from '../shopify.server';
import { requireScenarioKey } from './scenario-key';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  return readChecks(shop.id, requireScenarioKey(params.key));
}

/** Puts a look on the queue, and answers that it is under way; the page reads what came of it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  await deps().checks.ask(shop.id, key);
  return readChecks(shop.id, key);
}

async function readChecks(shopId: number, key: ScenarioKey) {
  const { lookedAt, ...checks } = await deps().checks.read(shopId, key);
  return { ...checks, lookedAt: lookedAt?.toISOString() ?? null };
}
