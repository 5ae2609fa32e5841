/** What the recipients of one request have in common within a value: the address of a link, say, up to the token that is theirs alone. Called by columns. */
import { randomBytes } from 'node:crypto';
import type { EmailValues } from './values';

/** One text for all, or one for each recipient. */
export type Piece = string | readonly string[];

/** Cutting less off a value would not pay. */
const LEAST_SHARED = 16;
const LEAST_MARK = 8;

/**
 * Stands in every link where a recipient's mark will, so that links to one page are the same for all and made once. Nobody can
 * guess it, and it leaves no e-mail that is cut at it.
 */
export const STAND_IN = randomBytes(12).toString('hex');

/** What the queries of all links begin with, and the word of each recipient's own that follows. */
export interface Marks {
  start: string;
  own: readonly string[];
}

/** What all values begin with, of the first one's beginning that is `most` long; never half a sign. */
function sharedStart(values: readonly string[], first: string, most: number): number {
  let shared = first.slice(0, most);
  for (const value of values) {
    if (value.startsWith(shared)) continue;
    let same = 0;
    while (same < shared.length && value.charCodeAt(same) === shared.charCodeAt(same)) same += 1;
    shared = shared.slice(0, same);
  }
  const start = shared.length;
  return start > 0 && isHighSurrogate(first.charCodeAt(start - 1)) ? start - 1 : start;
}

function sharedEnd(values: readonly string[], first: string, most: number): number {
  let shared = first.slice(first.length - most);
  for (const value of values) {
    if (value.endsWith(shared)) continue;
    let same = 0;
    while (
      same < shared.length &&
      value.charCodeAt(value.length - 1 - same) === first.charCodeAt(first.length - 1 - same)
    )
      same += 1;
    shared = first.slice(first.length - same);
  }
  const end = shared.length;
  return end > 0 && isLowSurrogate(first.charCodeAt(first.length - end)) ? end - 1 : end;
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** Whether every value is the same. */
export function allSame(values: readonly string[]): boolean {
  const [first] = values;
  return values.every((value) => value === first);
}

/** Beginning and end that all values share, and what each has between. */
function withoutSharedEnds(values: readonly string[]): Piece[] {
  const [first = ''] = values;
  if (allSame(values)) return [first];
  let shortest = first.length;
  for (const { length } of values) if (length < shortest) shortest = length;
  const start = sharedStart(values, first, shortest);
  const end = sharedEnd(values, first, shortest - start);
  if (start + end < LEAST_SHARED) return [values];
  return [
    first.slice(0, start),
    values.map((value) => value.slice(start, value.length - end)),
    first.slice(first.length - end),
  ];
}

/** The marks of these recipients: plain letters and signs that no place escapes; null where their links have none. */
export function marksOf(recipients: readonly EmailValues[]): Marks | null {
  const queries = recipients.map(({ linkQuery }) => linkQuery);
  const [first = ''] = queries;
  const start = sharedStart(queries, first, first.length);
  const own = queries.map((query) => query.slice(start));
  if (!own.every((mark) => mark.length >= LEAST_MARK && /^[\w.-]+$/.test(mark))) return null;
  return { start: first.slice(0, start), own };
}

/** A text or a column of texts, links with the stand-in, cut so that only what differs is left to differ. */
export function cutPiece(piece: Piece, marks: Marks | null): Piece[] {
  if (!marks) return typeof piece === 'string' ? [piece] : withoutSharedEnds(piece);
  if (typeof piece === 'string') {
    const [before = '', ...after] = piece.split(STAND_IN);
    return [before, ...after.flatMap((text): Piece[] => [marks.own, text])];
  }
  const places = piece.map((value) => value.indexOf(STAND_IN));
  if (places.every((place) => place < 0)) return withoutSharedEnds(piece);
  if (places.some((place) => place < 0)) return withoutSharedEnds(withOwnMarks(piece, marks));
  return [
    ...withoutSharedEnds(piece.map((value, index) => value.slice(0, places[index]))),
    marks.own,
    ...withoutSharedEnds(
      withOwnMarks(
        piece.map((value, index) => value.slice((places[index] ?? 0) + STAND_IN.length)),
        marks,
      ),
    ),
  ];
}

function withOwnMarks(values: readonly string[], { own }: Marks): string[] {
  return values.map((value, index) => value.replaceAll(STAND_IN, own[index] ?? ''));
}
