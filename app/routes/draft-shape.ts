/** The draft of a scenario at the door, and when one kept by an older release is read: loose about what is typed, strict about what the page relies on. */
import { z } from 'zod';
import { CONDITIONS } from '../domain/scenario';
import type { DraftDiff } from '../ui/scenario-draft';

const text = z.string().max(1000);
const id = z.string().max(60);
const delay = z.object({ amount: text, unit: z.enum(['min', 'h', 'd']) });
const condition = z.enum(CONDITIONS);

const wait = z.object({
  ...{ kind: z.literal('wait'), id, delay },
  before: z.object({ event: z.literal('code-end'), at: z.number() }).optional(),
});
const email = z.object({
  ...{ kind: z.literal('email'), id, email: id },
  expires: z.union([delay, z.literal('end-of-day')]),
  code: z.object({ unless: condition.optional(), required: z.boolean().optional() }).optional(),
});
const check = z.object({
  ...{ kind: z.literal('check'), id, condition },
  get otherwise() {
    return z.array(step);
  },
});
const step: z.ZodType = z.discriminatedUnion('kind', [wait, email, check]);

const words = z.object({ fr: z.string(), en: z.string() });
const content = z.looseObject({
  ...{ key: id, subject: words, previewText: words },
  subjectVariants: z.array(z.looseObject({ when: z.array(text), subject: words, previewText: words })).optional(),
  blocks: z.array(z.looseObject({ id: text, type: text })),
});

const offer = z.object({
  kind: z.enum(['none', 'percentage', 'amount', 'free-shipping', 'fixed-code']),
  ...{ percent: text, amount: text, minimum: text, validDays: text, code: text, description: words, endsOn: text },
  items: z.union([
    z.object({ on: z.literal('all') }),
    z.object({ on: z.enum(['products', 'collections']), items: z.array(z.object({ id: text, title: text })) }),
  ]),
});
const audience = z.union([
  z.object({ by: z.enum(['usual-gap', 'days']), days: text }),
  z.object({ by: z.enum(['share', 'spend', 'orders']), percent: text, amount: text, count: text }),
]);

export const draftShape = z.object({
  steps: z.array(step).optional(),
  emails: z.record(id, content).optional(),
  offer: offer.nullable().optional(),
  audience: audience.nullable().optional(),
});

/** The draft that was kept; null where this release cannot read it. */
export function readDraft(kept: unknown): DraftDiff | null {
  const parsed = draftShape.safeParse(kept);
  // As checked: zod only does not know that nothing was left undefined.
  return parsed.success ? (JSON.parse(JSON.stringify(parsed.data)) as DraftDiff) : null;
}
