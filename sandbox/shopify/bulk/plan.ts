// Reads a bulk query: checks Shopify's rules for it and finds its connections, so that the runner can cut results into lines.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** One connection of the query and those inside its nodes. */
export interface ConnectionPlan {
  /** Keys that lead from a node (or the root) to the connection, aliases included. */
  path: string[];
  children: ConnectionPlan[];
}

const maxConnections = 5;
const maxDepth = 2;

/** The outermost connections, or why Shopify refuses the query. */
export function planBulkQuery(schema: GraphQLSchema, document: DocumentNode): ConnectionPlan[] | string {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = operations[0];
  if (!operation || operations.length > 1) return 'Bulk queries must contain exactly one query operation.';
  if (operation.operation !== 'query') return `Invalid operation type. Only \`query\` operations are supported.`;
  const root = schema.getQueryType();
  if (!root) return 'Bulk queries must contain at least one connection.';
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const reader = new PlanReader(schema, fragments);
  const plans = reader.connectionsIn(root, operation.selectionSet, [], 1);
  if (reader.problem !== null) return reader.problem;
  if (plans.length === 0) return 'Bulk queries must contain at least one connection.';
  if (reader.count > maxConnections) return `Bulk queries cannot contain more than ${maxConnections} connections.`;
  return plans;
}

class PlanReader {
  count = 0;
  problem: string | null = null;
  private readonly schema: GraphQLSchema;
  private readonly fragments: Map<string, FragmentDefinitionNode>;

  constructor(schema: GraphQLSchema, fragments: Map<string, FragmentDefinitionNode>) {
    this.schema = schema;
    this.fragments = fragments;
  }

  connectionsIn(type: GraphQLNamedType, set: SelectionSetNode, path: string[], depth: number): ConnectionPlan[] {
    const plans: ConnectionPlan[] = [];
    for (const { field, key, selectionSet } of this.fieldsOf(type, set)) {
      if (depth === 1 && path.length === 0 && (field.name === 'node' || field.name === 'nodes')) {
        this.problem = `Bulk queries cannot contain a top level \`${field.name}\` field.`;
      }
      const inner = getNamedType(field.type);
      if (!selectionSet) continue;
      if (inner.name.endsWith('Connection')) plans.push(this.connection(inner, selectionSet, [...path, key], depth));
      else plans.push(...this.connectionsIn(inner, selectionSet, [...path, key], depth));
    }
    return plans;
  }

  private connection(type: GraphQLNamedType, set: SelectionSetNode, path: string[], depth: number): ConnectionPlan {
    this.count += 1;
    if (depth > maxDepth + 1)
      this.problem = `Bulk queries cannot contain connections with a nesting depth greater than ${maxDepth}.`;
    const node = this.nodeSelection(type, set);
    const plan: ConnectionPlan = { path, children: [] };
    if (!node) {
      this.problem = `The connection \`${path.at(-1)}\` must select its \`edges.node\` or \`nodes\`.`;
      return plan;
    }
    plan.children = this.connectionsIn(node.type, node.set, [], depth + 1);
    const hasId = this.fieldsOf(node.type, node.set).some(({ field, key }) => field.name === 'id' && key === 'id');
    if (plan.children.length > 0 && !hasId) {
      this.problem =
        'The parent `node` field for a nested connection must select the `id` field without an alias and must be of ID type.';
    }
    return plan;
  }

  private nodeSelection(
    type: GraphQLNamedType,
    set: SelectionSetNode,
  ): { type: GraphQLNamedType; set: SelectionSetNode } | null {
    for (const { field, selectionSet } of this.fieldsOf(type, set)) {
      if (!selectionSet) continue;
      if (field.name === 'nodes') return { type: getNamedType(field.type), set: selectionSet };
      if (field.name === 'edges') {
        const edge = getNamedType(field.type);
        const node = this.fieldsOf(edge, selectionSet).find((one) => one.field.name === 'node');
        if (node?.selectionSet) return { type: getNamedType(node.field.type), set: node.selectionSet };
      }
    }
    return null;
  }

  private fieldsOf(type: GraphQLNamedType, set: SelectionSetNode): SelectedField[] {
    return set.selections.flatMap((selection): SelectedField[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = this.fragments.get(selection.name.value);
        return fragment ? this.fieldsOn(fragment.typeCondition.name.value, fragment.selectionSet) : [];
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value;
        return on === undefined
          ? this.fieldsOf(type, selection.selectionSet)
          : this.fieldsOn(on, selection.selectionSet);
      }
      const field = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
      if (!field || !('args' in field)) return [];
      return [{ field, key: (selection.alias ?? selection.name).value, selectionSet: selection.selectionSet }];
    });
  }

  private fieldsOn(typeName: string, set: SelectionSetNode): SelectedField[] {
    const type = this.schema.getType(typeName);
    return type ? this.fieldsOf(type, set) : [];
  }
}

interface SelectedField {
  field: GraphQLField<unknown, unknown>;
  key: string;
  selectionSet: SelectionSetNode | undefined;
}
