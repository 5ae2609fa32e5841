/**
 * Reads Shopify's JSON without losing anything Postgres or we rely on. Used for webhook bodies, bulk results and answers.
 * Ids beyond 2^53 come out as strings with all their digits; text comes out storable.
 */
import { storableText } from '../../lib/storable-text';

/** JSON.parse as Node 24 has it: the reviver sees the source text of a primitive. Not yet in TypeScript's library. */
type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const parse = JSON.parse as unknown as (text: string, reviver: SourceReviver) => unknown;

/** @throws SyntaxError when the text is not JSON */
export function parseExactJson(text: string): unknown {
  return parse(text, (_key, value, { source }) => {
    if (typeof value === 'number') return exactNumber(value, source);
    return typeof value === 'string' ? storableText(value) : value;
  });
}

function exactNumber(value: number, source: string | undefined): number | string {
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && source && /^-?\d+$/.test(source)) return source;
  return value;
}
