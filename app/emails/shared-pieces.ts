/** What the recipients of one request have in common within a value: the address of a link, say, up to the token that is theirs alone. Called by batch. */
import type { EmailValues } from './values';

/** One text for all, or one for each recipient. */
export type Piece = string | readonly string[];

/** Cutting less off a value would not pay. */
const LEAST_SHARED = 16;
const LEAST_MARK = 8;

/** How much longer what all values begin with may not be than `most`; never half a sign. */
function sharedStart(values: readonly string[], first: string, most: number): number {
  let start = most;
  for (const value of values) {
    if (value.startsWith(first.slice(0, start))) continue;
    let same = 0;
    while (same < start && value.charCodeAt(same) === first.charCodeAt(same)) same += 1;
    start = same;
  }
  return start > 0 && isHighSurrogate(first.charCodeAt(start - 1)) ? start - 1 : start;
}

function sharedEnd(values: readonly string[], first: string, most: number): number {
  let end = most;
  for (const value of values) {
    if (value.endsWith(first.slice(first.length - end))) continue;
    let same = 0;
    while (same < end && value.at(-1 - same) === first.at(-1 - same)) same += 1;
    end = same;
  }
  return end > 0 && isLowSurrogate(first.charCodeAt(first.length - end)) ? end - 1 : end;
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** Beginning and end that all values share, and what each has between. */
function withoutSharedEnds(values: readonly string[]): Piece[] {
  const [first = ''] = values;
  const shortest = values.reduce((least, value) => Math.min(least, value.length), first.length);
  const start = sharedStart(values, first, shortest);
  const end = sharedEnd(values, first, shortest - start);
  if (start === first.length && shortest === first.length && values.every((value) => value === first)) return [first];
  if (start + end < LEAST_SHARED) return [values];
  return [
    first.slice(0, start),
    values.map((value) => value.slice(start, value.length - end)),
    first.slice(first.length - end),
  ];
}

/**
 * A word of each recipient's own that stands in all their links; null where links have none. It is plain letters and signs
 * that no place escapes.
 */
export function marksOf(recipients: readonly EmailValues[]): readonly string[] | null {
  const queries = recipients.map(({ linkQuery }) => linkQuery);
  const [first = ''] = queries;
  const start = sharedStart(queries, first, first.length);
  const marks = queries.map((query) => query.slice(start));
  return marks.every((mark) => mark.length >= LEAST_MARK && /^[\w.-]+$/.test(mark)) ? marks : null;
}

/** The same pieces, cut so that only what differs is left to differ. */
export function shareWithin(pieces: readonly Piece[], marks: readonly string[] | null): Piece[] {
  return pieces.flatMap((piece) => {
    if (typeof piece === 'string') return [piece];
    const places = marks && piece.map((value, index) => value.indexOf(marks[index] ?? ''));
    if (!places || places.some((place) => place < 0)) return withoutSharedEnds(piece);
    const after = piece.map((value, index) => value.slice((places[index] ?? 0) + (marks[index] ?? '').length));
    return [
      ...withoutSharedEnds(piece.map((value, index) => value.slice(0, places[index]))),
      marks,
      ...withoutSharedEnds(after),
    ];
  });
}
