/** The live preview's door: an e-mail as a person would get it, with edits that are not saved yet. Nothing is written. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import { LANGUAGES } from '../lib/language';
import { requireShop } from '../shopify.server';
import { readJson } from './read-json';
import { requireScenarioKey } from './scenario-key';

export const previewRequest = z.object({
  email: z.string(),
  /** Null: sample data. */
  customerId: z.string().nullable(),
  /** Null: the person's own. */
  language: z.enum(LANGUAGES).nullable(),
  /** Null: today. */
  day: z.iso.date().nullable().default(null),
  draft: z.unknown().optional(),
});

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  const asked = await readJson(request, previewRequest);
  const rendered = await deps().preview.render(shop.id, { key, ...asked });
  if (!('error' in rendered)) return { ok: true as const, mail: rendered };
  if (rendered.error.some(({ code }) => code === 'unknown-customer' || code === 'unknown-email')) {
    throw new Response(null, { status: 404 });
  }
  return { ok: false as const, errors: rendered.error };
}
