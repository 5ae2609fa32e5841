/** Keeps what the owner is editing while they edit it, or drops it. The page asks by itself; nothing of it is live. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import { requireShop, userOf } from '../shopify.server';
import { draftShape, readDraft } from './draft-shape';
import { readJson } from './read-json';
import { requireScenarioKey } from './scenario-key';
import { tolerantAction } from './tolerant-action';

const intents = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('keep'),
    draft: draftShape,
    basedOn: z.number().int(),
    /** Left out to write over whatever is there. */
    follows: z.uuid().nullable().optional(),
  }),
  z.object({ intent: z.literal('drop') }),
]);

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  const { commands } = deps();
  const asked = await readJson(request, intents);
  if (asked.intent === 'drop') {
    await commands.dropDraft(shop.id, key);
    return { dropped: true as const };
  }
  const { draft, basedOn, follows } = asked;
  const kept = await commands.keepDraft(shop.id, { key, draft, basedOn, follows, by: userOf(shop) });
  if (kept.ok) return { kept };
  const { other } = kept;
  return { kept: { ...kept, other: { ...other, draft: readDraft(other.draft) } } };
}

export const clientAction = tolerantAction;
