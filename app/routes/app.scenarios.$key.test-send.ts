/** Sends the e-mail on the screen, unsaved edits included, to the owner. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import { LANGUAGES } from '../lib/language';
import { requireShop } from '../shopify.server';
import { readJson } from './read-json';
import { requireScenarioKey } from './scenario-key';
import { tolerantAction } from './tolerant-action';

const testRequest = z.object({
  email: z.string(),
  to: z.string().max(320),
  language: z.enum(LANGUAGES),
  customerId: z.string().nullable(),
  draft: z.unknown().optional(),
});

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  const asked = await readJson(request, testRequest);
  const sent = await deps().commands.sendTest(shop.id, { key, ...asked, to: asked.to.trim() });
  return { ...sent, to: asked.to.trim() };
}

export const clientAction = tolerantAction;
