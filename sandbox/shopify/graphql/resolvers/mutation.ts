// The mutations an app of this kind uses: consent, tags, metafields, bulk operations.
import { GraphQLError } from 'graphql';
import { SandboxRefusal } from '../../../http/refusal';
import { idOf } from '../../ids';
import type { MarketingState, MetafieldRecord, OptInLevel } from '../../records';
import { hasScope } from '../../webhooks/topic-scopes';
import { accessDenied } from '../access';
import { type Args, fields, type GraphqlContext } from '../context';
import { discountBulkMutations } from '../discounts/bulk-mutations';
import { discountMutations } from '../discounts/mutations';
import { fileMutations } from './files';
import { realNamespace } from './metafield';
import { findNode } from './query-root';

const writableStates = new Set(['SUBSCRIBED', 'UNSUBSCRIBED', 'PENDING']);

interface UserError {
  field: string[] | null;
  message: string;
  code?: string | null;
}

const failed = (message: string, field: string[], code: string | null = null): { userErrors: UserError[] } => ({
  userErrors: [{ field, message, code }],
});

function updateConsent(args: Args, ctx: GraphqlContext) {
  const input = args.input as { customerId: string; emailMarketingConsent: Record<string, unknown> };
  const { marketingState, marketingOptInLevel, consentUpdatedAt } = input.emailMarketingConsent;
  const nobody = (message: string, field: string[], code: string) => ({
    customer: null,
    ...failed(message, field, code),
  });
  const state = String(marketingState);
  const id = idOf(input.customerId, 'Customer');
  const customer = id === null ? undefined : ctx.shop.customers.get(id);
  if (!customer) return nobody('Customer not found', ['input', 'customerId'], 'INVALID');
  const field = ['input', 'emailMarketingConsent', 'marketingState'];
  if (!writableStates.has(state)) return nobody(`Cannot specify ${state} as a marketing state input`, field, 'INVALID');
  if (customer.email === null)
    return nobody('An email address is required to set the email marketing consent', field, 'INVALID');
  if (typeof consentUpdatedAt === 'string' && Date.parse(consentUpdatedAt) > ctx.clock.now() + 60_000) {
    const place = ['input', 'emailMarketingConsent', 'consentUpdatedAt'];
    return nobody('Consent updated at must be in the past', place, 'INVALID');
  }
  ctx.actions.setConsent(ctx.shop.domain, customer.id, {
    state: state as MarketingState,
    optInLevel: (marketingOptInLevel ?? null) as OptInLevel | null,
    updatedAt: typeof consentUpdatedAt === 'string' ? consentUpdatedAt : undefined,
  });
  return { customer, userErrors: [] };
}

const ownerScopes: Record<string, string> = {
  Customer: 'write_customers',
  Product: 'write_products',
  Order: 'write_orders',
};

/** Tags and metafields need the write scope of what they hang on; Shopify's own table leaves this out. */
function requireOwnerScope(ctx: GraphqlContext, ownerGid: string, fieldName: string): void {
  const type = /^gid:\/\/shopify\/(\w+)\//.exec(ownerGid)?.[1] ?? '';
  const scope = ownerScopes[type];
  if (scope !== undefined && !hasScope(ctx.scopes, scope)) throw accessDenied(fieldName, `\`${scope}\` access scope.`);
}

function changeTags(
  fieldName: string,
  args: Args,
  ctx: GraphqlContext,
  change: (old: string[], tags: string[]) => string[],
) {
  const id = String(args.id);
  requireOwnerScope(ctx, id, fieldName);
  const node = findNode(ctx, id);
  if (!node) return { node: null, ...failed('Resource does not exist', ['id']) };
  const asked = (args.tags as string[])
    .flatMap((tag) => tag.split(','))
    .map((tag) => tag.trim())
    .filter(Boolean);
  ctx.actions.setTags(ctx.shop.domain, id, (old) => change(old, asked));
  return { node, userErrors: [] };
}

interface MetafieldInput {
  ownerId: string;
  namespace?: string;
  key: string;
  type?: string;
  value: string;
}

function setMetafields(args: Args, ctx: GraphqlContext) {
  const inputs = args.metafields as MetafieldInput[];
  const none = (message: string, index: number, name: string, code: string) => ({
    metafields: null,
    userErrors: [{ field: ['metafields', String(index), name], message, code, elementIndex: index }],
  });
  if (inputs.length > 25)
    return none('Exceeded the maximum metafields input limit of 25.', 0, 'ownerId', 'LESS_THAN_OR_EQUAL_TO');
  for (const [index, input] of inputs.entries()) {
    requireOwnerScope(ctx, input.ownerId, 'metafieldsSet');
    if (!ownerOf(ctx, input.ownerId)) return none('Owner does not exist.', index, 'ownerId', 'INVALID');
    const type = typeFor(ctx, input);
    if (type === null) return none("Type can't be blank", index, 'type', 'BLANK');
    if (type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(input.value)) {
      return none('Value must be in YYYY-MM-DD format.', index, 'value', 'INVALID_VALUE');
    }
    if (input.value === '') return none("Value can't be blank.", index, 'value', 'BLANK');
  }
  const written = inputs.map((input) => {
    const namespace = realNamespace(input.namespace);
    const type = typeFor(ctx, input) ?? undefined;
    return ctx.actions.setMetafield(ctx.shop.domain, input.ownerId, {
      namespace,
      key: input.key,
      value: input.value,
      type,
    });
  });
  return { metafields: written, userErrors: [] };
}

function ownerOf(ctx: GraphqlContext, ownerGid: string): { metafields: MetafieldRecord[] } | null {
  const node = findNode(ctx, ownerGid);
  if (node === ctx.shop) return ctx.shop.record;
  return node && 'metafields' in node ? (node as { metafields: MetafieldRecord[] }) : null;
}

function typeFor(ctx: GraphqlContext, input: MetafieldInput): string | null {
  if (input.type) return input.type;
  const namespace = realNamespace(input.namespace);
  const same = (one: { namespace: string; key: string }) => one.namespace === namespace && one.key === input.key;
  return (
    ownerOf(ctx, input.ownerId)?.metafields.find(same)?.type ??
    ctx.shop.record.metafieldDefinitions.find(same)?.type ??
    null
  );
}

/** The standard definitions the sandbox knows. */
const standardDefinitions: Record<string, { name: string; type: string; ownerType: string }> = {
  'facts.birth_date': { name: 'Birth date', type: 'date', ownerType: 'CUSTOMER' },
};

function enableStandardDefinition(args: Args, ctx: GraphqlContext) {
  const { namespace, key, ownerType } = args;
  const standard = standardDefinitions[`${namespace}.${key}`];
  if (!standard || standard.ownerType !== ownerType) {
    return {
      createdDefinition: null,
      ...failed('A standard definition was not found.', ['key'], 'TEMPLATE_NOT_FOUND'),
    };
  }
  if (ownerType === 'CUSTOMER' && !hasScope(ctx.scopes, 'write_customers')) {
    throw accessDenied('standardMetafieldDefinitionEnable', '`write_customers` access scope.');
  }
  const definitions = ctx.shop.record.metafieldDefinitions;
  if (definitions.some((one) => one.namespace === namespace && one.key === key && one.ownerType === ownerType)) {
    return {
      createdDefinition: null,
      ...failed('Key is in use for Customer metafields on the facts namespace.', ['key'], 'TAKEN'),
    };
  }
  const created = {
    id: ctx.state.nextId('other'),
    ownerType: String(ownerType),
    namespace: String(namespace),
    key: String(key),
    name: standard.name,
    type: standard.type,
  };
  definitions.push(created);
  ctx.shop.touch();
  return { createdDefinition: created, userErrors: [] };
}

function deleteMetafields(args: Args, ctx: GraphqlContext) {
  const inputs = args.metafields as { ownerId: string; namespace: string; key: string }[];
  const deleted = inputs.map(({ ownerId, namespace, key }) => {
    requireOwnerScope(ctx, ownerId, 'metafieldsDelete');
    const owner = ownerOf(ctx, ownerId);
    const place =
      owner?.metafields.findIndex((one) => one.namespace === realNamespace(namespace) && one.key === key) ?? -1;
    if (!owner || place < 0) return null;
    owner.metafields.splice(place, 1);
    ctx.shop.touch();
    return { ownerId, namespace, key };
  });
  return { deletedMetafields: deleted, userErrors: [] };
}

function runBulkQuery(args: Args, ctx: GraphqlContext) {
  const started = ctx.bulk.start(ctx, String(args.query), args.groupObjects === true);
  if ('id' in started) return { bulkOperation: ctx.shop.bulkOperations.get(started.id), userErrors: [] };
  return { bulkOperation: null, ...failed(started.message, ['query'], started.code) };
}

function cancelBulk(args: Args, ctx: GraphqlContext) {
  const id = idOf(String(args.id), 'BulkOperation');
  const operation = id === null ? undefined : ctx.shop.bulkOperations.get(id);
  if (!operation) return { bulkOperation: null, ...failed('Bulk operation does not exist', ['id']) };
  const refusal = ctx.bulk.cancel(ctx, operation.id);
  return { bulkOperation: operation, userErrors: refusal === null ? [] : [{ field: null, message: refusal }] };
}

/** A refusal of the sandbox's verbs becomes a GraphQL error, not a crash. */
function guarded(run: (args: Args, ctx: GraphqlContext) => unknown) {
  return (_root: unknown, args: Args, ctx: GraphqlContext): unknown => {
    try {
      return run(args, ctx);
    } catch (error) {
      if (error instanceof SandboxRefusal)
        throw new GraphQLError(error.message, { extensions: { code: 'BAD_REQUEST' } });
      throw error;
    }
  };
}

const addTags = (old: string[], tags: string[]) => [...new Set([...old, ...tags])];
const removeTags = (old: string[], tags: string[]) => old.filter((tag) => !tags.includes(tag));

export const mutationResolvers = {
  Mutation: {
    ...discountMutations,
    ...discountBulkMutations,
    ...fileMutations,
    ...fields<unknown>({
      customerEmailMarketingConsentUpdate: guarded(updateConsent),
      tagsAdd: guarded((args, ctx) => changeTags('tagsAdd', args, ctx, addTags)),
      tagsRemove: guarded((args, ctx) => changeTags('tagsRemove', args, ctx, removeTags)),
      metafieldsSet: guarded(setMetafields),
      metafieldsDelete: guarded(deleteMetafields),
      standardMetafieldDefinitionEnable: guarded(enableStandardDefinition),
      bulkOperationRunQuery: guarded(runBulkQuery),
      bulkOperationCancel: guarded(cancelBulk),
    }),
  },
};
