/** Shopify's webhooks, all topics through one signed door, before Express and Remix. shopify.app.toml names this route for each. Made by `deps.server`. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { verifyWebhook } from '../gateways/shopify/verify-webhook';
import { describeError } from '../lib/describe-error';
import { storableText } from '../lib/storable-text';
import type { Logger } from '../log.server';
import { gatherIngest, type Store } from '../pipeline/gather-ingest';
import type { Ingest } from '../pipeline/ingest';
import { readBody } from './read-body';

export const SHOPIFY_WEBHOOKS = '/webhooks/shopify';

/** Shopify's largest payloads (a product of 100 variants, an order of 500 lines) stay under 2 MB. */
const MOST_BODY_BYTES = 5 * 1024 * 1024;

export interface ShopifyWebhookParts {
  /** The client secret and, while Shopify rotates it, the former one. */
  secrets: readonly string[];
  ingest: Ingest;
  /** The shop's id, given out on first sight. */
  shopIdOf: (domain: string) => Promise<number>;
  log: Logger;
}

/**
 * `POST /webhooks/shopify`. 200 once stored (also when it was stored before, and when the signed body is no JSON: it is
 * kept and named malformed), 401 for a bad signature, 400 for missing headers, 413 for a body nobody sends, 503 when it
 * cannot be stored: Shopify then tries again. A log line for each, whatever the answer.
 */
export function webhooksShopify(parts: ShopifyWebhookParts): RequestListener {
  const door = { ...parts, store: gatherIngest(parts.ingest), shopIdOf: remember(parts.shopIdOf) };
  return (request, response) => {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    take(door, { request, response, ms }).catch((error: unknown) => {
      parts.log.error({ event: 'webhook.not-stored', ms: ms(), error: describeError(error) });
      response.setHeader('Retry-After', '10');
      answer(response, 503, 'Not stored; try again.');
    });
  };
}

interface Door extends ShopifyWebhookParts {
  store: Store;
}

interface Knock {
  request: IncomingMessage;
  response: ServerResponse;
  /** How long it has been at the door. */
  ms(): number;
}

async function take(door: Door, { request, response, ms }: Knock): Promise<void> {
  const { method = '', headers } = request;
  const turnAway = (status: number, reason: string) => {
    door.log.info({ event: 'request.answered', method, path: SHOPIFY_WEBHOOKS, status, ms: ms() });
    answer(response, status, reason);
  };
  if (method !== 'POST') {
    response.setHeader('Allow', 'POST');
    return turnAway(405, 'POST only.');
  }
  const body = await readBody(request, MOST_BODY_BYTES);
  if (!body.ok) return turnAway(body.status, body.reason);
  const webhook = verifyWebhook({ rawBody: body.bytes, headers, secrets: door.secrets });
  if (!webhook.ok) {
    const { status, reason } = webhook;
    door.log.warn({ event: 'webhook.refused', status, reason, ms: ms() });
    return answer(response, status, reason);
  }
  const { topic, webhookId, triggeredAt } = webhook;
  const shopId = await door.shopIdOf(webhook.shopDomain);
  const payload = storableText(body.bytes.toString('utf8'));
  await door.store({ shopId, events: [{ source: 'shopify', topic, dedupeKey: webhookId, triggeredAt, payload }] });
  door.log.info({ event: 'webhook.stored', topic, shopId, ms: ms() });
  response.end();
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(text);
}

/** A domain's number never changes, so it is asked for once per process. */
function remember(shopIdOf: ShopifyWebhookParts['shopIdOf']): ShopifyWebhookParts['shopIdOf'] {
  const known = new Map<string, number>();
  return async (domain) => {
    const id = known.get(domain) ?? (await shopIdOf(domain));
    // The domain is a header's claim: whoever makes many up must not fill the memory.
    if (known.size >= 50_000) known.clear();
    known.set(domain, id);
    return id;
  };
}
