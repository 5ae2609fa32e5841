/** Hands Postgres many long texts as one parameter. An array would have each of their quotes escaped here and read anew there. */
import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';

/** A `text[]` of these texts, of which there is at least one. */
export function textList(texts: readonly string[]): SQL {
  // Made anew each time: nobody can know it beforehand, so it stands in none of the texts.
  const between = randomUUID();
  const joined = texts.join(between);
  // An empty text splits into nothing, and would be one text less.
  return sql`case when ${joined}::text = '' then array['']::text[] else string_to_array(${joined}::text, ${between}::text) end`;
}
