// How a verb becomes a JSON body with a schema. Used by the files that list the verbs.
import { z } from 'zod';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import type { When } from '../shopify/actions';

export const id = z.string().regex(/^\d+$/, 'a numeric id as text');
export const amount = z.union([z.string(), z.number()]);
const when = { at: z.string().optional(), quiet: z.boolean().optional() };

export type Run = (ctx: SandboxContext, shop: string, body: unknown) => unknown;

/** Joins a body's schema with the verb it is for; `at` and `quiet` are taken off. */
export function verb<Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (
    ctx: SandboxContext,
    shop: string,
    input: Omit<z.output<z.ZodObject<Shape>>, keyof When>,
    options: When,
  ) => unknown,
): Run {
  const schema = z.strictObject({ ...shape, ...when });
  return (ctx, shop, body) => {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new SandboxRefusal(z.prettifyError(parsed.error));
    const { at, quiet, ...input } = parsed.data as Record<string, unknown> & When;
    return run(ctx, shop, input as never, { at, quiet });
  };
}
