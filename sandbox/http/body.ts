// Reads a JSON body by its schema; used at every door of the sandbox that takes one.
import type { Request } from 'express';
import { z } from 'zod';
import { SandboxRefusal } from './refusal';

/** What does not fit is a 422 that names the field. */
export function bodyOf<T>(schema: z.ZodType<T>, req: Request): T {
  const parsed = schema.safeParse(req.body ?? {});
  if (!parsed.success) throw new SandboxRefusal(z.prettifyError(parsed.error));
  return parsed.data;
}
