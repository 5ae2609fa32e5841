// For the tests of this folder: a sandbox in memory, an app stand-in that keeps the webhooks it gets, and Shopify's own client library pointed at both.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import type { SandboxOptions } from '../http/context';
import { type Sandbox, startSandbox } from '../main';
import { issueIdToken } from './id-token';

export const apiKey = 'test-api-key';
export const apiSecret = 'test-api-secret';
export const usualScopes =
  'read_customers,write_customers,read_orders,read_products,read_locales,read_fulfillments,read_customer_merge';

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface TestSandbox {
  sandbox: Sandbox;
  /** What the app stand-in got, in order of arrival. */
  received: ReceivedWebhook[];
  /** The status the app stand-in answers with. */
  answerWith(status: number): void;
  shopify: ReturnType<typeof makeClient>;
  idToken(shop: string, lifetimeSeconds?: number): string;
  /** A fresh offline token of an installed shop. */
  offlineToken(shop: string): Promise<string>;
  graphql(shop: string, token: string, query: string, variables?: object): Promise<GraphqlAnswer>;
  close(): Promise<void>;
}

export interface GraphqlAnswer {
  status: number;
  data: Record<string, unknown> | null | undefined;
  errors: { message: string; extensions?: Record<string, unknown>; path?: string[] }[] | undefined;
  extensions: {
    cost: {
      requestedQueryCost: number;
      actualQueryCost: number | null;
      throttleStatus: { currentlyAvailable: number };
    };
  };
}

export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const received: ReceivedWebhook[] = [];
  let status = 200;
  const app = await listen((headers, body) => {
    received.push({ headers, body });
    return status;
  });
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const settings = { appUrl, apiKey, apiSecret, scopes: usualScopes, webhookRetryGapsMs: [10, 20, 30], ...options };
  const sandbox = await startSandbox(settings);
  const former = getGlobalDispatcher();
  setGlobalDispatcher(toSandbox(sandbox.url));
  const shopify = makeClient();
  const idToken = (shop: string, lifetimeSeconds?: number) =>
    issueIdToken({ apiKey, apiSecret, shop, userId: '90254163501', lifetimeSeconds });
  return {
    sandbox,
    received,
    answerWith: (next) => {
      status = next;
    },
    shopify,
    idToken,
    async offlineToken(shop) {
      const { session } = await shopify.auth.tokenExchange({
        shop,
        sessionToken: idToken(shop),
        requestedTokenType: 'urn:shopify:params:oauth:token-type:offline-access-token' as never,
        expiring: true,
      });
      return session.accessToken ?? '';
    },
    graphql: (shop, token, query, variables) => askGraphql(sandbox.url, { shop, token, query, variables }),
    async close() {
      setGlobalDispatcher(former);
      await sandbox.close();
      app.closeAllConnections();
      await new Promise((resolve) => app.close(resolve));
    },
  };
}

function makeClient() {
  return shopifyApi({
    apiKey,
    apiSecretKey: apiSecret,
    apiVersion: ApiVersion.October26,
    hostName: 'app.example',
    isEmbeddedApp: true,
    logger: { log: () => undefined },
  });
}

function toSandbox(url: string) {
  return new Agent().compose((dispatch) => (options, handler) => {
    const { hostname } = new URL(String(options.origin));
    if (!hostname.endsWith('.myshopify.com')) return dispatch(options, handler);
    const headers = Array.isArray(options.headers)
      ? options.headers.map(String)
      : Object.entries({ ...options.headers })
          .flat()
          .map(String);
    const kept = headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== 'host');
    return dispatch({ ...options, origin: url, headers: [...kept, 'x-sandbox-shop', hostname] }, handler);
  });
}

async function askGraphql(
  url: string,
  ask: { shop: string; token: string; query: string; variables: object | undefined },
): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/admin/api/2026-10/graphql.json`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-sandbox-shop': ask.shop, 'X-Shopify-Access-Token': ask.token },
    body: JSON.stringify({ query: ask.query, variables: ask.variables }),
  });
  const body = (await response.json()) as Omit<GraphqlAnswer, 'status'>;
  return { ...body, status: response.status };
}

function listen(answer: (headers: IncomingHttpHeaders, body: string) => number): Promise<Server> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      res.statusCode = answer(req.headers, Buffer.concat(chunks).toString('utf8'));
      res.end();
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
