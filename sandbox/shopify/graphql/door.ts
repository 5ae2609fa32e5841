// POST /admin/api/<version>/graphql.json: who asks, may they, can they afford it, and the answer in Shopify's shape.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type DocumentNode, type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql';
import type { SandboxContext } from '../../http/context';
import { type App, jsonBody, route } from '../../http/router';
import type { CodeCreations } from '../discounts/creations';
import type { ShopifyFaults } from '../faults';
import type { StagedUploads } from '../files/staged-uploads';
import { findToken } from '../oauth/tokens';
import { apiVersion } from '../schema/load';
import { shopOfRequest } from '../shop-of-request';
import type { ShopState } from '../state';
import type { BulkControl, GraphqlContext } from './context';
import { actualCost, CostBucket, maximumSingleCost, requestedCost, type ThrottleStatus } from './cost';
import { graphqlEngine } from './run';

interface DoorParts {
  ctx: SandboxContext;
  bulk: BulkControl;
  codes: CodeCreations;
  uploads: StagedUploads;
  faults: ShopifyFaults;
  buckets: Map<string, CostBucket>;
}

export function registerGraphql(app: App, parts: Omit<DoorParts, 'buckets'>): void {
  const door: DoorParts = { ...parts, buckets: new Map() };
  app.post(
    '/admin/api/:version/graphql.json',
    jsonBody,
    route(async (req: Request, res: Response) => {
      res.set('x-request-id', randomUUID());
      if (req.params.version !== apiVersion) {
        res.status(404).json({ errors: 'Not Found' });
        return;
      }
      res.set('X-Shopify-API-Version', apiVersion);
      const shop = shopOfRequest(parts.ctx.state, req);
      const token = shop && findToken(shop, req.get('x-shopify-access-token') ?? '');
      if (!shop || !token) {
        res
          .status(401)
          .json({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' });
        return;
      }
      const { status, body } = await answer(door, shop, token.scopes, req.body);
      res.status(status).json(body);
    }),
  );
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function answer(door: DoorParts, shop: ShopState, scopes: string[], body: unknown): Promise<Answer> {
  const { query, variables, operationName } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== 'string' || query.trim() === '') {
    return { status: 400, body: { errors: { query: 'Required parameter missing or invalid' } } };
  }
  const engine = graphqlEngine();
  const document = engine.read(query);
  if (isErrors(document)) return { status: 200, body: { errors: document.map(asJson) } };
  const name = typeof operationName === 'string' ? operationName : undefined;
  const operation = getOperationAST(document, name);
  if (!operation) return { status: 200, body: { errors: [{ message: 'An operation name is required' }] } };
  const values = typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {};
  const requested = requestedCost(engine.admin.schema, document, operation, values);
  const bucket = bucketOf(door, shop);
  if (requested > maximumSingleCost) return tooExpensive(requested, bucket.status());
  if (door.faults.throttled) {
    door.faults.met.throttled += 1;
    bucket.empty();
  }
  if (!bucket.take(requested)) return throttled(requested, bucket.status());
  const result = await engine.run({
    document,
    context: contextFor(door, shop, scopes),
    variables: values,
    operationName: name,
  });
  const actual = result.data ? actualCost(result.data, requested, operation.operation === 'mutation') : requested;
  bucket.giveBack(requested - actual);
  complain(shop, result);
  const cost = { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() };
  const errors = result.errors?.map(asJson);
  return {
    status: 200,
    body: { ...('data' in result ? { data: result.data } : {}), ...(errors ? { errors } : {}), extensions: { cost } },
  };
}

function contextFor(door: DoorParts, shop: ShopState, scopes: string[]): GraphqlContext {
  const { state, clock, actions, options } = door.ctx;
  const { apiKey, appUrl } = options;
  const { bulk, codes, uploads, faults } = door;
  return { state, shop, scopes, clock, actions, apiKey, appUrl, bulk, codes, uploads, faults };
}

function bucketOf(door: DoorParts, shop: ShopState): CostBucket {
  const known = door.buckets.get(shop.domain);
  if (known) return known;
  const bucket = new CostBucket();
  door.buckets.set(shop.domain, bucket);
  return bucket;
}

function tooExpensive(requested: number, status: ThrottleStatus): Answer {
  const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${maximumSingleCost}).`;
  const extensions = { code: 'MAX_COST_EXCEEDED', cost: requested, maxCost: maximumSingleCost, documentation };
  const cost = { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: status };
  return { status: 200, body: { errors: [{ message, extensions }], extensions: { cost } } };
}

function throttled(requested: number, status: ThrottleStatus): Answer {
  const cost = { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: status };
  const error = { message: 'Throttled', extensions: { code: 'THROTTLED', documentation } };
  return { status: 200, body: { errors: [error], extensions: { cost } } };
}

const documentation = 'https://shopify.dev/api/usage/limits';

/** A field the sandbox lacks is our fault, not the app's: say so where a person looks. */
function complain(shop: ShopState, result: ExecutionResult): void {
  for (const error of result.errors ?? []) {
    const isOurs = error.extensions.code === 'SANDBOX_NOT_IMPLEMENTED' || error.originalError instanceof TypeError;
    if (isOurs) console.error(`sandbox: GraphQL for ${shop.domain}: ${error.message}`);
  }
}

function isErrors(value: DocumentNode | readonly GraphQLError[]): value is readonly GraphQLError[] {
  return Array.isArray(value);
}

function asJson(error: GraphQLError): Record<string, unknown> {
  const { message, locations, path, extensions } = error;
  const hasExtensions = Object.keys(extensions).length > 0;
  return {
    message,
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    ...(hasExtensions ? { extensions } : {}),
  };
}
