/** What is wrong with a scenario as it is saved: read once its page is shown, looked at anew when somebody asks or something is new. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import type { ShouldRevalidateFunctionArgs } from '@remix-run/react';
import { deps } from '../deps.server';
import { requireShop } from '../shopify.server';
import { unlessQuiet } from './quiet-actions';
import { requireScenarioKey } from './scenario-key';
import { tolerantAction, tolerantLoader } from './tolerant-action';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { lookedAt, ...checks } = await deps().checks.read(shop.id, requireScenarioKey(params.key));
  return { ...checks, lookedAt: lookedAt?.toISOString() ?? null };
}

/** Puts a look on the queue; the page reads what came of it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  await deps().checks.ask(shop.id, requireScenarioKey(params.key));
  return { asked: true };
}

/** What is saved is what is checked; and who asked for a look wants to see that it is under way. */
export function shouldRevalidate(posted: ShouldRevalidateFunctionArgs) {
  return posted.formAction?.endsWith('/checks') ? posted.defaultShouldRevalidate : unlessQuiet(posted);
}

export const clientLoader = tolerantLoader;
export const clientAction = tolerantAction;
