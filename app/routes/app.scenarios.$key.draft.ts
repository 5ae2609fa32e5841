/** Keeps what the owner is editing while they edit it, or drops it. The page asks by itself; nothing of it is live. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import type { OtherDraft } from '../pipeline/scenario-edits';
import { requireShop, userOf } from '../shopify.server';
import { draftShape, readDraft } from './draft-shape';
import { readJson } from './read-json';
import { requireScenarioKey } from './scenario-key';

/** The write this one goes on from; left out to do away with whatever is there. */
const follows = z.uuid().nullable().optional();
const intents = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('keep'), draft: draftShape, basedOn: z.int32(), follows }),
  z.object({ intent: z.literal('drop'), follows }),
]);

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  const { commands } = deps();
  const asked = await readJson(request, intents);
  if (asked.intent === 'drop') {
    const dropped = await commands.dropDraft(shop.id, { key, follows: asked.follows });
    return dropped.ok ? { dropped: true as const } : { kept: shown(dropped) };
  }
  const { intent, ...draft } = asked;
  const kept = await commands.keepDraft(shop.id, { key, ...draft, by: userOf(shop) });
  return { kept: kept.ok ? kept : shown(kept) };
}

/** Another window's draft as this release can read it. */
function shown({ ok, other }: { ok: false; other: OtherDraft }) {
  return { ok, other: { ...other, draft: readDraft(other.draft) } };
}
