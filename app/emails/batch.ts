/** Many recipients of one compiled e-mail as one SendGrid request: shared subject, HTML and text with tags, and each recipient's substitutions. Called by deliver. */
import { randomBytes } from 'node:crypto';
import type { CompiledEmail } from './compiled';
import { type Filling, fillingOf, fillSlot, inRow, isShown, layOutRows, type RowsSlot, rowCount } from './fill';
import type { Part } from './parts';
import { marksOf, type Piece, shareWithin } from './shared-pieces';
import type { EmailValues } from './values';

/** SendGrid's limit for one personalization's substitutions; counted on their JSON, which is never shorter than what SendGrid counts. */
export const MAX_SUBSTITUTION_BYTES = 10_000;

export interface Personalization {
  /** Position in the `values` given. */
  index: number;
  /** Complete tag → value, already escaped for where the tag stands. */
  substitutions: Record<string, string>;
  /** Size of this recipient's HTML once the values stand in it. */
  htmlBytes: number;
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

const newPrefix = () => randomBytes(12).toString('hex');

function allSame<T>(values: readonly T[]): boolean {
  return values.every((value) => value === values[0]);
}

/**
 * The parts filled for many at once. Optional parts and lists are opened as long as they have the same shape for everyone, so that
 * their markup is shared and only what differs travels per recipient.
 */
function piecesOf(parts: readonly Part[], fillings: readonly Filling[]): Piece[] {
  return parts.flatMap((part): Piece[] => {
    if (typeof part === 'string') return [part];
    switch (part.kind) {
      case 'cell':
      case 'pad':
        return piecesOf(part.parts, fillings);
      case 'optional': {
        const shown = fillings.map((filling) => isShown(part, filling));
        if (allSame(shown)) return shown[0] ? piecesOf(part.parts, fillings) : [];
        break;
      }
      case 'rows': {
        const counts = fillings.map((filling) => rowCount(part, filling));
        if (allSame(counts)) return rowPieces(part, counts[0] ?? 0, fillings);
        break;
      }
    }
    const values = fillings.map((filling) => fillSlot(part, filling));
    return [allSame(values) ? (values[0] ?? '') : values];
  });
}

function rowPieces(slot: RowsSlot, count: number, fillings: readonly Filling[]): Piece[] {
  return layOutRows(slot, count).flatMap(({ part, row }) =>
    piecesOf(
      [part],
      fillings.map((filling) => inRow(slot, filling, row)),
    ),
  );
}

/**
 * The tags of a request: the same values have one tag, wherever they stand. A tag ends with a hyphen, so none is the beginning of
 * another.
 */
class Tags {
  /** By the first recipient's value, which parts most of them. */
  private readonly byFirst = new Map<string, { tag: string; values: readonly string[] }[]>();
  readonly values: { tag: string; values: readonly string[] }[] = [];
  private readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  of(values: readonly string[]): string {
    const first = values[0] ?? '';
    const alike = this.byFirst.get(first) ?? [];
    const known = alike.find((one) => one.values.every((value, index) => value === values[index]));
    if (known) return known.tag;
    const made = { tag: `-${this.prefix}.${this.values.length}-`, values };
    this.byFirst.set(first, [...alike, made]);
    this.values.push(made);
    return made.tag;
  }

  /** The pieces as one text, with tags where recipients differ. */
  join(pieces: readonly Piece[]): string {
    return pieces.map((piece) => (typeof piece === 'string' ? piece : this.of(piece))).join('');
  }
}

/** What one recipient's substitutions weigh. */
function weight(substitutions: Record<string, string>): number {
  return Buffer.byteLength(JSON.stringify(substitutions));
}

/**
 * One request for all these recipients. What is the same for everyone is written into the shared texts; the rest becomes
 * substitutions. After SendGrid's literal substitution each gets exactly what `fillEmail` gives.
 * @param drawPrefix an unguessable word; drawn again while it occurs anywhere in the filled e-mails.
 */
export function toBatch(
  compiled: CompiledEmail,
  values: readonly EmailValues[],
  drawPrefix: () => string = newPrefix,
): EmailBatch {
  const fillings = values.map((recipient) => fillingOf(compiled, recipient));
  const pieces = {
    subject: piecesOf(compiled.subject, fillings),
    html: piecesOf(compiled.html, fillings),
    text: piecesOf(compiled.text, fillings),
  };
  let prefix = drawPrefix();
  while (occurs(prefix, pieces)) prefix = drawPrefix();

  const marks = marksOf(values);
  const htmlPieces = shareWithin(pieces.html, marks);
  const tags = new Tags(prefix);
  const subject = tags.join(shareWithin(pieces.subject, marks));
  const html = tags.join(htmlPieces);
  const text = tags.join(shareWithin(pieces.text, marks));
  const batch: EmailBatch = {
    subject,
    html,
    text,
    prefix,
    substitutionWrappers: ['', ''],
    personalizations: [],
    singles: [],
  };
  const counted = countTags(htmlPieces, tags);
  const shared = Buffer.byteLength(html) - counted.reduce((sum, { tag, times }) => sum + times * tag.length, 0);
  values.forEach((_, index) => {
    const own = tags.values.map(({ tag, values: each }) => [tag, each[index] ?? '']);
    const substitutions: Record<string, string> = Object.fromEntries(own);
    if (weight(substitutions) > MAX_SUBSTITUTION_BYTES) {
      batch.singles.push(index);
      return;
    }
    const ownBytes = counted.reduce((sum, { of, times }) => sum + times * Buffer.byteLength(of[index] ?? ''), 0);
    batch.personalizations.push({ index, substitutions, htmlBytes: shared + ownBytes });
  });
  return batch;
}

/** Whether a word stands anywhere in these pieces. */
function occurs(word: string, pieces: Record<string, readonly Piece[]>): boolean {
  return Object.values(pieces).some((some) =>
    some.some((piece) => (typeof piece === 'string' ? piece.includes(word) : piece.some((one) => one.includes(word)))),
  );
}

/** How often each tag stands in the HTML. */
function countTags(pieces: readonly Piece[], tags: Tags): { tag: string; of: readonly string[]; times: number }[] {
  const times = new Map<string, number>();
  for (const piece of pieces) {
    if (typeof piece === 'string') continue;
    const tag = tags.of(piece);
    times.set(tag, (times.get(tag) ?? 0) + 1);
  }
  return tags.values.flatMap(({ tag, values: of }) => {
    const found = times.get(tag);
    return found ? [{ tag, of, times: found }] : [];
  });
}

/** How many rows each list of the e-mail has for a recipient. */
function shapeOf(parts: readonly Part[], filling: Filling): string {
  return parts
    .map((part) => {
      if (typeof part === 'string' || part.kind === 'value') return '';
      return part.kind === 'rows' ? `${rowCount(part, filling)},` : shapeOf(part.parts, filling);
    })
    .join('');
}

/**
 * As few requests as these recipients need: one for each length of their lists, so that the markup of a cart is shared by all whose
 * cart has as many lines and none is too long for a batch because of it. `index` and `singles` count in the `values` given here.
 */
export function toBatches(compiled: CompiledEmail, values: readonly EmailValues[]): EmailBatch[] {
  const groups = new Map<string, number[]>();
  values.forEach((recipient, index) => {
    const shape = shapeOf(compiled.html, fillingOf(compiled, recipient));
    const group = groups.get(shape);
    if (group) group.push(index);
    else groups.set(shape, [index]);
  });
  return [...groups.values()].map((indexes) => {
    const batch = toBatch(
      compiled,
      indexes.flatMap((index) => values[index] ?? []),
    );
    const original = (index: number) => indexes[index] ?? index;
    return {
      ...batch,
      personalizations: batch.personalizations.map((one) => ({ ...one, index: original(one.index) })),
      singles: batch.singles.map(original),
    };
  });
}
