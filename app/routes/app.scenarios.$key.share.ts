/** Links to a preview for somebody without a login: the live ones, a new one, one taken back. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import { LANGUAGES } from '../lib/language';
import { requireShop } from '../shopify.server';
import { readJson } from './read-json';
import { requireScenarioKey } from './scenario-key';

/** Those of all scenarios: whoever takes a link back should see every one there is. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  requireScenarioKey(params.key);
  const links = await deps().previewLinks.list(shop.id);
  return {
    links: links.map(({ createdAt, expiresAt, ...link }) => ({
      ...link,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  };
}

const intents = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('share'),
    email: z.string(),
    language: z.enum(LANGUAGES),
    show: z.enum(['as-shared', 'as-now']),
    draft: z.unknown(),
  }),
  z.object({ intent: z.literal('revoke'), id: z.uuid() }),
]);

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  const { previewLinks } = deps();
  const asked = await readJson(request, intents);
  if (asked.intent === 'revoke') {
    await previewLinks.revoke(shop.id, asked.id);
    return { revoked: asked.id };
  }
  const { intent, ...wish } = asked;
  const shared = await previewLinks.share(shop.id, { key, ...wish });
  return shared.ok ? { shared: shared.id } : { refused: shared.code };
}
