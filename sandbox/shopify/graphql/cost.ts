// Query cost and the leaky bucket: 100 points a second, 2,000 in store, per shop, in real time. Used by door.ts.
// Counted as Shopify's published costs come out: scalars and MoneyV2 nothing, other objects (MoneyBag too) 1, a connection 2 plus its nodes.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

export const maximumSingleCost = 1_000;

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** One bucket per shop and app. */
export class CostBucket {
  private available: number;
  private updatedAt = Date.now();
  private readonly maximum: number;
  private readonly rate: number;

  constructor(maximum = 2_000, rate = 100) {
    this.maximum = maximum;
    this.rate = rate;
    this.available = maximum;
  }

  /** Takes the points if they are there. */
  take(points: number): boolean {
    this.fill();
    if (this.available < points) return false;
    this.available -= points;
    return true;
  }

  giveBack(points: number): void {
    this.available = Math.min(this.maximum, this.available + points);
  }

  empty(): void {
    this.fill();
    this.available = 0;
  }

  status(): ThrottleStatus {
    this.fill();
    return { maximumAvailable: this.maximum, currentlyAvailable: Math.floor(this.available), restoreRate: this.rate };
  }

  private fill(): void {
    const now = Date.now();
    this.available = Math.min(this.maximum, this.available + ((now - this.updatedAt) / 1_000) * this.rate);
    this.updatedAt = now;
  }
}

interface CostParts {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/** What the query may cost at most: an object 1, a connection 2 plus its size times its node, a mutation 10. */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const mutations = operation.operation === 'mutation' ? operation.selectionSet.selections.length * 10 : 0;
  return Math.max(1, mutations + selectionCost({ schema, fragments, variables }, root, operation.selectionSet));
}

function selectionCost(parts: CostParts, type: GraphQLNamedType, set: SelectionSetNode): number {
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = parts.fragments.get(selection.name.value);
      const on = fragment && parts.schema.getType(fragment.typeCondition.name.value);
      if (fragment && on) cost += selectionCost(parts, on, fragment.selectionSet);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition ? parts.schema.getType(selection.typeCondition.name.value) : type;
      cost += selectionCost(parts, on ?? type, selection.selectionSet);
    } else if (selection.selectionSet && 'getFields' in type) {
      const field = type.getFields()[selection.name.value];
      const inner = field && 'args' in field ? getNamedType(field.type) : undefined;
      if (!inner || !isCompositeType(inner)) continue;
      const own = selectionCost(parts, inner, selection.selectionSet);
      if (inner.name.endsWith('Connection')) {
        const args = Object.fromEntries((selection.arguments ?? []).map((arg) => [arg.name.value, arg.value]));
        cost += 2 + pageSize(parts, args) * own;
      } else if (
        inner.name === 'MoneyV2' ||
        inner.name.endsWith('Edge') ||
        inner.name === 'PageInfo' ||
        inner.name.endsWith('Payload')
      )
        cost += own;
      else cost += timesAsked(parts, selection) * (isObjectType(inner) || 'getFields' in inner ? 1 + own : own);
    }
  }
  return cost;
}

/** What is asked for by a list of ids counts for each of them. */
function timesAsked({ variables }: CostParts, { arguments: args }: FieldNode): number {
  const ids = args?.find(({ name }) => name.value === 'ids')?.value;
  if (ids?.kind === Kind.LIST) return ids.values.length;
  const value = ids?.kind === Kind.VARIABLE ? variables[ids.name.value] : undefined;
  return Array.isArray(value) ? value.length : 1;
}

function pageSize(parts: CostParts, args: Record<string, ValueNode>): number {
  for (const node of [args.first, args.last]) {
    if (node?.kind === Kind.INT) return Number(node.value);
    const value = node?.kind === Kind.VARIABLE ? parts.variables[node.name.value] : undefined;
    if (typeof value === 'number') return value;
  }
  return 1;
}

/** What the answer did cost: counted on the data, never above what was asked. */
export function actualCost(data: unknown, requested: number, isMutation: boolean): number {
  const base = isMutation && data && typeof data === 'object' ? Object.keys(data).length * 10 : 0;
  return Math.min(requested, Math.max(1, base + countObjects(data, true)));
}

function countObjects(value: unknown, isRoot = false): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + countObjects(entry), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const record = value as Record<string, unknown>;
  const inner = Object.values(record).reduce((sum: number, entry) => sum + countObjects(entry), 0);
  const isConnection = 'edges' in record || 'nodes' in record;
  const isMoney = Object.keys(record).every((key) => key === 'amount' || key === 'currencyCode');
  const isWrapper =
    isRoot || isMoney || 'hasNextPage' in record || ('node' in record && Object.keys(record).length <= 2);
  return inner + (isConnection ? 2 : isWrapper ? 0 : 1);
}
