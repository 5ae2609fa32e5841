/** Reads what a page sent: JSON of a bounded size in the shape the route expects. Used by the admin's actions. */
import type { z } from 'zod';
import { parseStorableJson } from '../lib/storable-text';

const MOST_CHARACTERS = 1_000_000;

/** @throws Response 400 or 413 when the body is no JSON, of another shape, or too long */
export async function readJson<T extends z.ZodType>(request: Request, shape: T): Promise<z.infer<T>> {
  const body = await request.text();
  if (body.length > MOST_CHARACTERS) throw new Response(null, { status: 413 });
  const parsed = shape.safeParse(parseJson(body));
  if (!parsed.success) throw new Response(null, { status: 400 });
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return parseStorableJson(body);
  } catch {
    return undefined;
  }
}
