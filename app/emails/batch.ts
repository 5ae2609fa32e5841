/** Many recipients of one compiled e-mail as one SendGrid request: shared subject, HTML and text with tags, and each recipient's substitutions. Called by deliver. */
import { randomBytes } from 'node:crypto';
import { Columns } from './columns';
import type { CompiledEmail } from './compiled';
import { checkArm, type RowsSlot } from './fill';
import type { Part } from './parts';
import { makeScopes } from './scope';
import { marksOf, type Piece, STAND_IN } from './shared-pieces';
import { Tags } from './tags';
import type { EmailValues } from './values';

/** SendGrid's limit for one personalization's substitutions; counted on their JSON, which is never shorter than what SendGrid counts. */
export const MAX_SUBSTITUTION_BYTES = 10_000;

export interface Personalization {
  /** Position in the `values` given. */
  index: number;
  /** Complete tag → value, already escaped for where the tag stands. */
  substitutions: Record<string, string>;
  /** As this recipient reads it. */
  subject: string;
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

/** Quotes, colon and comma around a tag and its value. */
const AROUND = 6;
/** What JSON makes of a letter at most, in bytes. */
const LONGEST_LETTER = 6;

/** Whether a recipient's own values are too long for a batch. Most are far from it, which their letters tell. */
function isTooLong(substitutions: Record<string, string>): boolean {
  let most = 2;
  for (const tag in substitutions) most += tag.length + AROUND + LONGEST_LETTER * (substitutions[tag] ?? '').length;
  return most > MAX_SUBSTITUTION_BYTES && Buffer.byteLength(JSON.stringify(substitutions)) > MAX_SUBSTITUTION_BYTES;
}

/** What one recipient reads where these pieces stand. */
function read(pieces: readonly Piece[], index: number): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : (piece[index] ?? '');
  return text;
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
  const marks = marksOf(values);
  const scopeOf = makeScopes(compiled.language, compiled);
  const scopes = values.map((one) => {
    checkArm(compiled, one);
    return scopeOf(one, marks ? marks.start + STAND_IN : one.linkQuery);
  });
  const columns = new Columns(scopes, marks);
  const pieces = {
    subject: columns.pieces(compiled.subject),
    html: columns.pieces(compiled.html),
    text: columns.pieces(compiled.text),
  };
  const searched = [...columns.uncut, ...fixedTexts(compiled), values.map(({ linkQuery }) => linkQuery)];
  let prefix = drawPrefix();
  while (occurs(prefix, searched)) prefix = drawPrefix();

  const tags = new Tags(prefix);
  const batch: EmailBatch = {
    subject: tags.join(pieces.subject),
    html: tags.join(pieces.html),
    text: tags.join(pieces.text),
    prefix,
    substitutionWrappers: ['', ''],
    personalizations: [],
    singles: [],
  };
  const htmlBytesOf = makeHtmlBytes(batch.html, pieces.html, tags);
  for (const index of values.keys()) {
    const substitutions: Record<string, string> = {};
    for (const { tag, values: each } of tags.values) substitutions[tag] = each[index] ?? '';
    if (isTooLong(substitutions)) batch.singles.push(index);
    else {
      const subject = read(pieces.subject, index);
      batch.personalizations.push({ index, substitutions, subject, htmlBytes: htmlBytesOf(index) });
    }
  }
  return batch;
}

function fixedTexts({ subject, html, text }: CompiledEmail): string[] {
  const found: string[] = [];
  const walk = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (typeof part === 'string') found.push(part);
      else if ('parts' in part) walk(part.parts);
    }
  };
  for (const parts of [subject, html, text]) walk(parts);
  return found;
}

/** Whether a word stands anywhere in these texts. */
function occurs(word: string, texts: readonly Piece[]): boolean {
  return texts.some((text) =>
    typeof text === 'string' ? text.includes(word) : text.some((one) => one.includes(word)),
  );
}

/** Size of each recipient's HTML: what all share, and their own values as often as each stands there. */
function makeHtmlBytes(html: string, pieces: readonly Piece[], tags: Tags): (index: number) => number {
  const times = new Map<readonly string[], number>();
  let shared = Buffer.byteLength(html);
  for (const piece of pieces) {
    if (typeof piece === 'string') continue;
    times.set(piece, (times.get(piece) ?? 0) + 1);
    shared -= tags.of(piece).length;
  }
  return (index) => {
    let bytes = shared;
    for (const [values, often] of times) bytes += often * Buffer.byteLength(values[index] ?? '');
    return bytes;
  };
}

/** The lists of an e-mail, in order. */
function listsOf(parts: readonly Part[]): RowsSlot[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string' || part.kind === 'value') return [];
    return part.kind === 'rows' ? [part] : listsOf(part.parts);
  });
}

/** How many rows each list has for a recipient. */
function shapeOf(lists: readonly RowsSlot[], values: EmailValues): string {
  let shape = '';
  for (const { source, max } of lists) shape += `${Math.min(max, listedIn(values, source))},`;
  return shape;
}

function listedIn({ items, mostBought, recommended }: EmailValues, source: RowsSlot['source']): number {
  return { items, 'most-bought': mostBought, recommended }[source].length;
}

/**
 * As few requests as these recipients need: one for each length of their lists, so that the markup of a cart is shared by all whose
 * cart has as many lines and none is too long for a batch because of it. `index` and `singles` count in the `values` given here.
 */
export function toBatches(compiled: CompiledEmail, values: readonly EmailValues[]): EmailBatch[] {
  const lists = listsOf(compiled.html);
  const groups = Map.groupBy(values.keys(), (index) => {
    const own = values[index];
    return own ? shapeOf(lists, own) : '';
  });
  if (groups.size === 1) return [toBatch(compiled, values)];
  return [...groups.values()].map((indexes) => {
    const batch = toBatch(
      compiled,
      indexes.flatMap((index) => values[index] ?? []),
    );
    const original = (index: number) => indexes[index] ?? index;
    for (const one of batch.personalizations) one.index = original(one.index);
    batch.singles = batch.singles.map(original);
    return batch;
  });
}
