/** Reads what a page sent: JSON of a bounded size in the shape the route expects. Used by the admin's actions. */
import type { z } from 'zod';
import { parseStorableJson } from '../lib/storable-text';

/** As much as `web.ts` lets in by its announced length; a chunked body announces none. */
export const MOST_BYTES = 2 * 1024 * 1024;

/** @throws Response 400 or 413 when the body is no JSON, of another shape, or too long */
export async function readJson<T extends z.ZodType>(request: Request, shape: T): Promise<z.infer<T>> {
  const parsed = shape.safeParse(parseJson(await readText(request)));
  if (!parsed.success) throw new Response(null, { status: 400 });
  return parsed.data;
}

/** Stops reading at the limit, so that no body can fill the memory; what is left unread the server throws away. */
async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) throw new Response(null, { status: 413 });
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(body: string): unknown {
  try {
    return parseStorableJson(body);
  } catch {
    return undefined;
  }
}
