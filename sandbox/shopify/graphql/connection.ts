// Relay connections as Shopify pages them: 250 at most, cursors that survive deletions, reverse. Shared by every resolver with a list.
import { GraphQLError } from 'graphql';
import { compareIds } from '../ids';
import type { Args, GraphqlContext } from './context';

export interface SortKey<T> {
  id: (item: T) => string;
  /** Absent: by id, the order in which the items stand. */
  value?: ((item: T) => string | number) | undefined;
}

interface Cursor {
  last_id: string;
  last_value: string | number;
}

export const maxPage = 250;

/** Pages `items`, which stand in id order. */
export function connection<T>(ctx: GraphqlContext, items: T[], args: Args, key: SortKey<T>) {
  if (ctx.window) return page(args.reverse === true ? [...items].reverse() : items, key, false, false);
  const { first, last } = sizes(args);
  const value = key.value ?? key.id;
  const compare = (a: T, b: T): number => compareValues(value(a), value(b)) || compareIds(key.id(a), key.id(b));
  const sorted = key.value ? [...items].sort(compare) : items;
  const direction = args.reverse === true ? -1 : 1;
  let rest = direction === -1 ? [...sorted].reverse() : sorted;
  const against = (cursor: Cursor) => (item: T) =>
    direction * (compareValues(value(item), cursor.last_value) || compareIds(key.id(item), cursor.last_id));
  const after = readCursor(args.after);
  const before = readCursor(args.before);
  const total = rest.length;
  if (after) rest = rest.filter((item) => against(after)(item) > 0);
  const droppedBefore = rest.length < total;
  if (before) rest = rest.filter((item) => against(before)(item) < 0);
  if (last !== undefined) {
    const shown = rest.slice(Math.max(0, rest.length - last));
    return page(shown, key, before !== null, rest.length > shown.length || droppedBefore);
  }
  const shown = rest.slice(0, first);
  return page(shown, key, rest.length > shown.length, droppedBefore);
}

/** The outermost connection of a bulk operation: its roots are found once and shown in windows. */
export function rootConnection<T>(ctx: GraphqlContext, find: () => T[], args: Args, key: SortKey<T>) {
  const { window } = ctx;
  if (!window) return connection(ctx, find(), args, key);
  if (window.roots === null) {
    const value = key.value;
    const items = find();
    if (value) items.sort((a, b) => compareValues(value(a), value(b)) || compareIds(key.id(a), key.id(b)));
    window.roots = args.reverse === true ? items.reverse() : items;
  }
  return page(window.roots.slice(window.offset, window.offset + window.size) as T[], key, false, false);
}

function page<T>(nodes: T[], key: SortKey<T>, hasNextPage: boolean, hasPreviousPage: boolean) {
  const cursorOf = (item: T | undefined): string | null => (item === undefined ? null : writeCursor(item, key));
  return {
    nodes,
    get edges() {
      return nodes.map((node) => ({ node, cursor: cursorOf(node) }));
    },
    get pageInfo() {
      return { hasNextPage, hasPreviousPage, startCursor: cursorOf(nodes[0]), endCursor: cursorOf(nodes.at(-1)) };
    },
  };
}

export function writeCursor<T>(item: T, key: SortKey<T>): string {
  const cursor: Cursor = { last_id: key.id(item), last_value: (key.value ?? key.id)(item) };
  return Buffer.from(JSON.stringify(cursor)).toString('base64');
}

function readCursor(value: unknown): Cursor | null {
  if (typeof value !== 'string') return null;
  try {
    return JSON.parse(Buffer.from(value, 'base64').toString('utf8')) as Cursor;
  } catch {
    throw new GraphQLError(`Invalid cursor for current pagination sort.`, { extensions: { code: 'BAD_REQUEST' } });
  }
}

function sizes(args: Args): { first: number | undefined; last: number | undefined } {
  const [first, last] = [size(args, 'first'), size(args, 'last')];
  if (first === undefined && last === undefined) throw refuse('you must provide one of first or last');
  if (first !== undefined && last !== undefined) throw refuse('providing both first and last is not supported');
  return { first, last };
}

function size(args: Args, name: 'first' | 'last'): number | undefined {
  const value = args[name];
  if (typeof value !== 'number') return undefined;
  if (value < 0) throw refuse(`${name} cannot be negative`);
  if (value > maxPage) throw refuse(`${name} cannot exceed ${maxPage}`);
  return value;
}

function refuse(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return compareIds(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}
