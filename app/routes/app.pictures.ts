/** Takes a picture as it comes and keeps it in the shop's files. Posted to where a picture is chosen. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { deps } from '../deps.server';
import { MOST_PICTURE_BYTES } from '../domain/picture';
import { requireShop } from '../shopify.server';
import type { PictureAnswer } from '../ui/picture-field';

const query = z.object({ name: z.string().max(500).default(''), alt: z.string().max(2000).default('') });

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const told = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!told.success) throw new Response(null, { status: 400 });
  const answer = (given: PictureAnswer) => Response.json(given);
  const bytes = await readBytes(request);
  if (bytes === null) return answer({ ok: false, code: 'size' });
  return answer(await deps().storePicture(shop, { ...told.data, bytes }));
}

/** Null once there are more than a picture may have; what is left unread the server throws away. */
async function readBytes(request: Request): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return Uint8Array.from(Buffer.concat(parts));
    length += value.byteLength;
    if (length > MOST_PICTURE_BYTES) return null;
    parts.push(value);
  }
}
