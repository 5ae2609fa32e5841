/** Takes a list of people who must not get e-mails, as it comes, and answers what is wrong with it if anything is. Posted to by the refusals page. */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import { requireShop } from '../shopify.server';

const query = z.object({
  name: z.string().max(500).default(''),
  modified: z.coerce.number().int().positive().optional().catch(undefined),
});

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const { searchParams } = new URL(request.url);
  const told = query.safeParse(Object.fromEntries(searchParams));
  if (!told.success || !request.body) throw new Response(null, { status: 400 });
  const { name, modified } = told.data;
  const read = await deps().readRefusalList(shop.id, {
    name,
    modifiedAt: modified === undefined ? null : new Date(modified),
    bytes: Readable.fromWeb(request.body as ReadableStream<Uint8Array>),
  });
  return Response.json(read);
}
