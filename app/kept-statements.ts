/**
 * Lets a client keep the statements it sends again and again. Drizzle sends each one unnamed, which costs two round trips
 * (describe, then run); a kept one takes a single. Used by `db.server`.
 */
import type { Sql } from 'postgres';

/** A statement with more parameters is a list whose length changes: each length would be kept for itself. */
const MOST_PARAMETERS = 24;
/** Per connection; Postgres holds a few kB for each. */
const MOST_KEPT = 400;
/** Texts remembered only to see whether they come again. */
const MOST_SEEN = 2000;

interface Asks {
  unsafe: Sql['unsafe'];
}

/** The same client; statements seen before are prepared and kept by its connections. */
export function keepStatements(client: Sql): Sql {
  const seen = new Set<string>();
  const kept = new Set<string>();
  const isKept = (text: string, parameters: number): boolean => {
    if (parameters === 0 || parameters > MOST_PARAMETERS) return false;
    if (kept.has(text)) return true;
    if (!seen.has(text) || kept.size >= MOST_KEPT) {
      if (seen.size >= MOST_SEEN) seen.clear();
      seen.add(text);
      return false;
    }
    seen.delete(text);
    kept.add(text);
    return true;
  };
  const keep = <T extends Asks>(asked: T): T => {
    const unsafe = asked.unsafe;
    asked.unsafe = ((text: string, parameters: never[] = [], options = {}) =>
      unsafe(text, parameters, { ...options, prepare: isKept(text, parameters.length) })) as Sql['unsafe'];
    return asked;
  };
  const begin = client.begin;
  client.begin = ((first: never, second?: (scope: Asks) => Promise<unknown>) => {
    const wrap = (work: (scope: Asks) => Promise<unknown>) => (scope: Asks) => work(keepInside(scope, keep));
    return second ? begin(first, wrap(second) as never) : begin(wrap(first) as never);
  }) as Sql['begin'];
  return keep(client);
}

/** The scope of a transaction, and of every savepoint within it. */
function keepInside<T extends Asks>(scope: T, keep: <U extends Asks>(asked: U) => U): T {
  const nested = scope as T & { savepoint?: (...given: unknown[]) => unknown };
  const { savepoint } = nested;
  if (savepoint) {
    nested.savepoint = (...given) => {
      const work = given.at(-1) as (inner: Asks) => Promise<unknown>;
      return savepoint(...given.slice(0, -1), (inner: Asks) => work(keepInside(inner, keep)));
    };
  }
  return keep(scope);
}
