// Which access scopes open each field: Shopify's own table plus the few entries it lacks. Asked before every field is resolved.
import { GraphQLError, type GraphQLField, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { AdminSchema } from '../schema/load';
import { hasScope } from '../webhooks/topic-scopes';

/** Every inner list must have one granted scope. */
export type Requirement = string[][];

/** What Shopify's table leaves out (tagsAdd and metafieldsSet depend on the owner: see the mutations). */
const gaps: Record<string, Requirement> = {
  'Mutation.webPixelCreate': [['write_pixels'], ['read_customer_events']],
  'Mutation.webPixelUpdate': [['write_pixels'], ['read_customer_events']],
};

export interface AccessTable {
  /** null: open to every app. */
  requirementOf(typeName: string, field: GraphQLField<unknown, unknown>): { lists: Requirement; text: string } | null;
}

export function createAccessTable({ schema, scopes }: AdminSchema): AccessTable {
  const entries = new Map(
    scopes.map((entry) => [entry.fieldName ? `${entry.typeName}.${entry.fieldName}` : entry.typeName, entry]),
  );
  const listOf = (name: string): { lists: Requirement; text: string } | null => {
    const gap = gaps[name];
    if (gap) return { lists: gap, text: gap.map((list) => `\`${list.join('` or `')}\` access scope`).join(' and ') };
    const entry = entries.get(name);
    return entry && entry.offlineScopes.length > 0
      ? { lists: [entry.offlineScopes], text: entry.requiredAccess }
      : null;
  };
  return {
    requirementOf(typeName, field) {
      return listOf(`${typeName}.${field.name}`) ?? listOf(nodeTypeName(schema, field));
    },
  };
}

/** A connection asks for what its nodes ask for. */
function nodeTypeName(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): string {
  const { name } = getNamedType(field.type);
  if (!name.endsWith('Connection')) return name;
  const type = schema.getType(name);
  if (!isObjectType(type)) return name;
  const { nodes, edges } = type.getFields();
  if (nodes) return getNamedType(nodes.type).name;
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields().node : undefined;
  return node ? getNamedType(node.type).name : name;
}

export function isAllowed(granted: string[], lists: Requirement): boolean {
  return lists.every((anyOf) => anyOf.some((scope) => hasScope(granted, scope)));
}

/** As Shopify words it. */
export function accessDenied(fieldName: string, requiredAccess: string): GraphQLError {
  return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${requiredAccess}`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess,
    },
  });
}
