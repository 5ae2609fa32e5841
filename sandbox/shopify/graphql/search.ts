// Shopify's search syntax for `query:` arguments: terms, field:value, comparators, quotes, AND, OR, NOT, parentheses. Used by the list resolvers.
import { GraphQLError } from 'graphql';
import { compareIds } from '../ids';

export type FieldKind = 'id' | 'date' | 'number' | 'word' | 'words' | 'flag';

export interface SearchField<T> {
  kind: FieldKind;
  of: (item: T) => string | number | boolean | null | string[];
}

export interface SearchTable<T> {
  fields: Record<string, SearchField<T>>;
  /** What a bare word is looked for in. */
  text: (item: T) => string;
}

type Test<T> = (item: T) => boolean;

/** A test for one `query:`; a field the sandbox does not know is refused rather than passed over. */
export function searchTest<T>(query: string | undefined, table: SearchTable<T>): Test<T> {
  const tokens = tokenize(query ?? '');
  if (tokens.length === 0) return () => true;
  return new SearchParser(tokens, table).parse();
}

type Token =
  | { kind: 'open' | 'close' | 'and' | 'or' | 'not' }
  | { kind: 'term'; field: string | null; op: string; value: string };

const termPattern = /(?:([A-Za-z_][\w.]*):)?(>=|<=|>|<)?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()"']+))/y;

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const char = query.charAt(at);
    if (/\s/.test(char)) at += 1;
    else if (char === '(' || char === ')') {
      tokens.push({ kind: char === '(' ? 'open' : 'close' });
      at += 1;
    } else if (char === '-') {
      tokens.push({ kind: 'not' });
      at += 1;
    } else {
      termPattern.lastIndex = at;
      const found = termPattern.exec(query);
      if (!found) throw new GraphQLError(`The search "${query}" cannot be read at position ${at}.`);
      at += found[0].length;
      tokens.push(tokenOf(found));
    }
  }
  return tokens;
}

function tokenOf(found: RegExpExecArray): Token {
  const [, field, op, double, single, bare] = found;
  if (field === undefined && op === undefined && bare !== undefined) {
    if (bare === 'AND') return { kind: 'and' };
    if (bare === 'OR') return { kind: 'or' };
    if (bare === 'NOT') return { kind: 'not' };
  }
  const value = (double ?? single ?? bare ?? '').replace(/\\(.)/g, '$1');
  return { kind: 'term', field: field ?? null, op: op ?? '', value };
}

class SearchParser<T> {
  private readonly tokens: Token[];
  private readonly table: SearchTable<T>;
  private at = 0;

  constructor(tokens: Token[], table: SearchTable<T>) {
    this.tokens = tokens;
    this.table = table;
  }

  parse(): Test<T> {
    const test = this.anyOf();
    if (this.at < this.tokens.length) throw new GraphQLError('The search has a bracket too many.');
    return test;
  }

  private anyOf(): Test<T> {
    const tests = [this.allOf()];
    while (this.takes('or')) tests.push(this.allOf());
    return tests.length === 1 ? (tests[0] as Test<T>) : (item) => tests.some((test) => test(item));
  }

  private allOf(): Test<T> {
    const tests = [this.one()];
    for (;;) {
      const next = this.tokens[this.at]?.kind;
      if (next === undefined || next === 'or' || next === 'close') break;
      this.takes('and');
      tests.push(this.one());
    }
    return tests.length === 1 ? (tests[0] as Test<T>) : (item) => tests.every((test) => test(item));
  }

  private one(): Test<T> {
    if (this.takes('not')) {
      const test = this.one();
      return (item) => !test(item);
    }
    if (this.takes('open')) {
      const test = this.anyOf();
      if (!this.takes('close')) throw new GraphQLError('The search has an open bracket.');
      return test;
    }
    const token = this.tokens[this.at];
    if (token?.kind !== 'term') throw new GraphQLError('The search ends too early.');
    this.at += 1;
    return termTest(token, this.table);
  }

  private takes(kind: Token['kind']): boolean {
    if (this.tokens[this.at]?.kind !== kind) return false;
    this.at += 1;
    return true;
  }
}

function termTest<T>(term: { field: string | null; op: string; value: string }, table: SearchTable<T>): Test<T> {
  if (term.field === null) {
    const word = term.value.toLowerCase().replace(/\*$/, '');
    return (item) => table.text(item).toLowerCase().includes(word);
  }
  const field = table.fields[term.field];
  if (!field) throw new GraphQLError(`The sandbox cannot search by "${term.field}" here.`);
  if (term.value === '*') return (item) => field.of(item) !== null && field.of(item) !== '';
  const compare = comparison(field.kind, term.value);
  return (item) => {
    const value = field.of(item);
    if (value === null) return false;
    const order = Array.isArray(value) ? Math.min(...value.map((entry) => Math.abs(compare(entry)))) : compare(value);
    return holds(term.op, order);
  };
}

function holds(op: string, order: number): boolean {
  if (op === '>') return order > 0;
  if (op === '>=') return order >= 0;
  if (op === '<') return order < 0;
  if (op === '<=') return order <= 0;
  return order === 0;
}

/** Negative when the item's value comes before the wanted one, zero when it matches. */
function comparison(kind: FieldKind, wanted: string): (value: string | number | boolean) => number {
  if (kind === 'id') {
    const id = wanted.replace(/^gid:\/\/shopify\/\w+\//, '');
    return (value) => compareIds(String(value), id);
  }
  if (kind === 'date') {
    const when = Date.parse(wanted);
    if (Number.isNaN(when)) throw new GraphQLError(`"${wanted}" is not a date.`);
    return (value) => Date.parse(String(value)) - when;
  }
  if (kind === 'number') return (value) => Number(value) - Number(wanted);
  if (kind === 'flag') return (value) => (String(value) === wanted.toLowerCase() ? 0 : 1);
  const text = wanted.toLowerCase();
  if (kind === 'words' || text.endsWith('*')) {
    const start = text.replace(/\*$/, '');
    return (value) => (String(value).toLowerCase().includes(start) ? 0 : 1);
  }
  const any = text.split(',');
  return (value) => (any.includes(String(value).toLowerCase()) ? 0 : 1);
}
