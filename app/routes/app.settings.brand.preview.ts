/** The first e-mail in a look that is not saved yet. Nothing is written. Asked by the brand page. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import { parseBrand } from '../pipeline/brand-form';
import { requireShop } from '../shopify.server';
import { readJson } from './read-json';

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const asked = await readJson(request, z.object({ brand: z.unknown() }));
  const parsed = parseBrand(asked.brand);
  if (!parsed.ok) return { ok: false as const, errors: parsed.errors };
  const sample = { key: 'welcome', email: 'welcome-1', customerId: null, language: null } as const;
  const rendered = await deps().preview.render(shop.id, { ...sample, brand: parsed.brand });
  return 'error' in rendered ? { ok: false as const, errors: rendered.error } : { ok: true as const, mail: rendered };
}
