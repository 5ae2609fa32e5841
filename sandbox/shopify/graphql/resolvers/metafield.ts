// Metafields of customers, products, orders and the shop, and their definitions.
import { createHash } from 'node:crypto';
import type { MetafieldDefinitionRecord, MetafieldRecord } from '../../records';
import { connection } from '../connection';
import { type Args, fields, type GraphqlContext, textArg } from '../context';

interface Owner {
  metafields: MetafieldRecord[];
}

/** `$app` and `$app:x` are namespaces of the app's own. */
export function realNamespace(namespace: string | undefined): string {
  const name = namespace ?? '$app';
  return name.startsWith('$app') ? name.replace('$app', 'app--4711').replace(':', '--') : name;
}

export const metafieldOwner = {
  metafield(owner: Owner, args: Args): MetafieldRecord | null {
    const namespace = realNamespace(textArg(args, 'namespace'));
    return owner.metafields.find((field) => field.namespace === namespace && field.key === args.key) ?? null;
  },
  metafields(owner: Owner, args: Args, ctx: GraphqlContext) {
    const namespace = textArg(args, 'namespace');
    const keys = Array.isArray(args.keys) ? args.keys.map(String) : null;
    const shown = owner.metafields.filter(
      (field) =>
        (namespace === undefined || field.namespace === realNamespace(namespace)) &&
        (keys === null || keys.includes(`${field.namespace}.${field.key}`) || keys.includes(field.key)),
    );
    return connection(ctx, shown, args, { id: (field) => field.id });
  },
};

export const metafieldResolvers = {
  Metafield: fields<MetafieldRecord>({
    id: (field) => `gid://shopify/Metafield/${field.id}`,
    legacyResourceId: (field) => field.id,
    compareDigest: (field) => createHash('sha256').update(field.value).digest('hex'),
    jsonValue: (field) => jsonValue(field),
    sizeInBytes: (field) => Buffer.byteLength(field.value),
    description: () => null,
  }),
  MetafieldDefinition: fields<MetafieldDefinitionRecord>({
    id: (definition) => `gid://shopify/MetafieldDefinition/${definition.id}`,
    type: (definition) => ({ name: definition.type, category: 'DATE_TIME' }),
    description: () => null,
    pinnedPosition: () => null,
    useAsCollectionCondition: () => false,
    validationStatus: () => 'ALL_VALID',
    validations: () => [],
  }),
};

function jsonValue(field: MetafieldRecord): unknown {
  if (
    field.type === 'json' ||
    field.type.startsWith('list.') ||
    field.type === 'boolean' ||
    field.type === 'number_integer'
  ) {
    return JSON.parse(field.value);
  }
  return field.value;
}
