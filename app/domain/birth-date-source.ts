/** Where a store keeps its customers' birth dates, and how they are written there. Read by the Shopify gateway; the owner chooses in the settings. */
import { type Day, isPossibleBirthDate } from './birthday';

/** A customer metafield (`namespace.key`), or the rest of a tag that begins like this (`birthday:1990-03-04`). */
export type BirthDateSource = { from: 'metafield'; key: string } | { from: 'tag'; prefix: string };

/** Shopify's standard definition; a date given on the preference page is kept there. */
export const STANDARD_BIRTH_DATE: BirthDateSource = { from: 'metafield', key: 'facts.birth_date' };

/** `namespace.key` as Shopify allows them. */
export const METAFIELD_KEY = /^[\w-]{2,255}\.[\w-]{2,64}$/;

/** What it takes to read a birth date of a store: where it stands, and the country whose way of writing dates counts. */
export interface BirthDateReading {
  source: BirthDateSource;
  country: string | null;
}

export const STANDARD_READING: BirthDateReading = { source: STANDARD_BIRTH_DATE, country: null };

export function isSameSource(one: BirthDateSource, other: BirthDateSource): boolean {
  if (one.from === 'metafield') return other.from === 'metafield' && other.key === one.key;
  return other.from === 'tag' && other.prefix === one.prefix;
}

/** Where the month comes first, as in the United States. */
const MONTH_FIRST = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP', 'UM', 'FM', 'MH', 'PW']);
/** Where both ways are common, so that only what can be read in one way is. */
const EITHER_WAY = new Set(['CA', 'PH']);

/**
 * A written date: year first, or day and month in the order of the store's country. What can be read in two ways where
 * both are usual, or is no day somebody alive can have been born on, is none.
 */
export function readBirthDate(text: string, country: string | null, now: Date): Day | null {
  const possible = (year: string, month: string, day: string): Day | null => {
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isPossibleBirthDate(date, now) ? date : null;
  };
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T.*)?$/.exec(text.trim());
  if (yearFirst) {
    const [, year = '', month = '', day = ''] = yearFirst;
    return possible(year, month, day);
  }
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text.trim());
  if (!yearLast) return null;
  const [, one = '', two = '', year = ''] = yearLast;
  const [dayFirst, monthFirst] = [possible(year, two, one), possible(year, one, two)];
  if (dayFirst === null || monthFirst === null || dayFirst === monthFirst) return dayFirst ?? monthFirst;
  const where = country?.toUpperCase() ?? null;
  if (where === null || EITHER_WAY.has(where)) return null;
  return MONTH_FIRST.has(where) ? monthFirst : dayFirst;
}

/** The first tag that begins so and goes on with a date. */
export function taggedBirthDate(
  tags: readonly string[],
  prefix: string,
  { country, now }: { country: string | null; now: Date },
): Day | null {
  const start = prefix.toLowerCase();
  for (const tag of tags) {
    if (!tag.toLowerCase().startsWith(start)) continue;
    const date = readBirthDate(tag.slice(prefix.length), country, now);
    if (date !== null) return date;
  }
  return null;
}
