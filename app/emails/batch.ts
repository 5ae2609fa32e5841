/** Many recipients of one compiled e-mail as one SendGrid request: shared subject, HTML and text with tags, and each recipient's substitutions. Called by deliver. */
import { randomBytes } from 'node:crypto';
import type { CompiledEmail } from './compiled';
import { fillingOf, fillSlot } from './fill';
import type { Part, Slot } from './parts';
import type { EmailValues } from './values';

/** SendGrid's limit for one personalization's substitutions; counted on their JSON, which is never shorter than what SendGrid counts. */
export const MAX_SUBSTITUTION_BYTES = 10_000;

export interface Personalization {
  /** Position in the `values` given. */
  index: number;
  /** Complete tag → value, already escaped for where the tag stands. */
  substitutions: Record<string, string>;
}

export interface EmailBatch {
  subject: string;
  html: string;
  text: string;
  /** Every tag of this request begins with it. */
  prefix: string;
  /** The keys are complete tags, so SendGrid's library must wrap them in nothing (it adds `{{ }}` unless told). */
  substitutionWrappers: ['', ''];
  personalizations: Personalization[];
  /** Positions of those whose values are too long for a batch: send them one by one with `fillEmail`. */
  singles: number[];
}

interface TaggedSlot {
  slot: Slot;
  tag: string;
}

const newPrefix = () => randomBytes(12).toString('hex');

/** The tags of a request; the same value in the same place has one tag. A tag ends with a hyphen, so none is the beginning of another. */
function tagger(prefix: string) {
  const tags = new Map<string, TaggedSlot>();
  return {
    tags,
    of(slot: Slot): TaggedSlot {
      const key = JSON.stringify(slot);
      const known = tags.get(key);
      if (known) return known;
      const tagged = { slot, tag: `-${prefix}.${tags.size}-` };
      tags.set(key, tagged);
      return tagged;
    },
  };
}

type FilledRow = Map<TaggedSlot, string>;

function allSame(rows: readonly FilledRow[], slot: TaggedSlot): boolean {
  const first = rows[0]?.get(slot);
  return rows.every((row) => row.get(slot) === first);
}

/** What one recipient's substitutions weigh. */
function weight(substitutions: Record<string, string>): number {
  return Buffer.byteLength(JSON.stringify(substitutions));
}

/**
 * One request for all these recipients. What is the same for everyone is written into the shared texts; the rest becomes
 * substitutions. After SendGrid's literal substitution each gets exactly what `fillEmail` gives.
 * @param drawPrefix an unguessable word; drawn again while it occurs anywhere in the mail or the values.
 */
export function toBatch(
  compiled: CompiledEmail,
  values: readonly EmailValues[],
  drawPrefix: () => string = newPrefix,
): EmailBatch {
  const everything = JSON.stringify([compiled, values]);
  let prefix = drawPrefix();
  while (everything.includes(prefix)) prefix = drawPrefix();

  const { tags, of } = tagger(prefix);
  const texts = [compiled.subject, compiled.html, compiled.text];
  for (const parts of texts) for (const part of parts) if (typeof part !== 'string') of(part);

  const rows = values.map((recipient): FilledRow => {
    const filling = fillingOf(compiled, recipient);
    return new Map([...tags.values()].map((tagged) => [tagged, fillSlot(tagged.slot, filling)]));
  });
  const shared = new Map(
    [...tags.values()].filter((tagged) => allSame(rows, tagged)).map((tagged) => [tagged, rows[0]?.get(tagged) ?? '']),
  );
  const join = (parts: readonly Part[]) =>
    parts.map((part) => (typeof part === 'string' ? part : (shared.get(of(part)) ?? of(part).tag))).join('');

  const batch: EmailBatch = {
    subject: join(compiled.subject),
    html: join(compiled.html),
    text: join(compiled.text),
    prefix,
    substitutionWrappers: ['', ''],
    personalizations: [],
    singles: [],
  };
  rows.forEach((row, index) => {
    const own = [...row].filter(([tagged]) => !shared.has(tagged));
    const substitutions = Object.fromEntries(own.map(([tagged, text]) => [tagged.tag, text]));
    if (weight(substitutions) > MAX_SUBSTITUTION_BYTES) batch.singles.push(index);
    else batch.personalizations.push({ index, substitutions });
  });
  return batch;
}
