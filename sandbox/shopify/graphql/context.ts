// What a resolver gets beside its source: the shop, the granted scopes, the clock, the verbs. Made per request by door.ts and per bulk operation.
import type { SandboxClock } from '../../clock';
import type { ShopActions } from '../actions';
import type { CodeCreations } from '../discounts/creations';
import type { ShopifyFaults } from '../faults';
import type { StagedUploads } from '../files/staged-uploads';
import type { OrderRecord } from '../records';
import type { ShopifyState, ShopState } from '../state';
import { hasScope } from '../webhooks/topic-scopes';

export type Args = Record<string, unknown>;

export interface GraphqlContext {
  state: ShopifyState;
  shop: ShopState;
  scopes: string[];
  clock: SandboxClock;
  actions: ShopActions;
  apiKey: string;
  appUrl: string;
  bulk: BulkControl;
  codes: CodeCreations;
  uploads: StagedUploads;
  faults: ShopifyFaults;
  /** Set inside a bulk operation: connections need no `first`, and the outermost one is read window by window. */
  window?: BulkWindow | undefined;
}

/** Starts and stops bulk operations; the mutations call it. */
export interface BulkControl {
  start(ctx: GraphqlContext, query: string, groupObjects: boolean): BulkStart;
  cancel(ctx: GraphqlContext, id: string): string | null;
}

export type BulkStart =
  | { id: string }
  | { message: string; code: 'INVALID' | 'LIMIT_REACHED' | 'OPERATION_IN_PROGRESS' };

export interface BulkWindow {
  offset: number;
  size: number;
  /** Filled by the outermost connection on first use and kept between windows. */
  roots: unknown[] | null;
}

export type Resolver = (source: never, args: Args, ctx: GraphqlContext) => unknown;
export type Resolvers = Record<string, Record<string, Resolver>>;

/** Types the sources of one type's resolvers. */
export function fields<Source>(
  map: Record<string, (source: Source, args: Args, ctx: GraphqlContext) => unknown>,
): Record<string, Resolver> {
  return map as Record<string, Resolver>;
}

export function textArg(args: Args, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' ? value : undefined;
}

const sixtyDays = 60 * 24 * 3_600_000;

/** Without `read_all_orders` an app sees the last 60 days only. */
export function canSeeOrder(ctx: GraphqlContext, order: OrderRecord): boolean {
  if (hasScope(ctx.scopes, 'read_all_orders')) return true;
  return Date.parse(order.createdAt) >= ctx.clock.now() - sixtyDays;
}

const types = new WeakMap<object, string>();

/** Remembers the GraphQL type of a value behind an interface (Node, Media, …). */
export function tagged<T extends object>(type: string, value: T): T {
  types.set(value, type);
  return value;
}

export function typeOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? types.get(value) : undefined;
}
