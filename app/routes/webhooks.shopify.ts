/** Shopify's webhooks, all topics through one signed door, before Remix. shopify.app.toml names this route for each. Mounted by `deps.server`. */
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import { verifyWebhook } from '../gateways/shopify/verify-webhook';
import { describeError } from '../lib/describe-error';
import { storableText } from '../lib/storable-text';
import type { Logger } from '../log.server';
import { gatherIngest, type Store } from '../pipeline/gather-ingest';
import type { Ingest } from '../pipeline/ingest';

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
 * cannot be stored: Shopify then tries again.
 */
export function webhooksShopify(parts: ShopifyWebhookParts): Router {
  const door = { ...parts, store: gatherIngest(parts.ingest), shopIdOf: remember(parts.shopIdOf) };
  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: MOST_BODY_BYTES, inflate: false }));
  router.post('/', (request, response) => {
    take(door, request, response).catch((error: unknown) => {
      parts.log.error({ event: 'webhook.not-stored', error: describeError(error) });
      response.status(503).set('Retry-After', '10').send('Not stored; try again.');
    });
  });
  router.all('/', (_request, response) => void response.status(405).set('Allow', 'POST').send('POST only.'));
  router.use(refuseBody);
  return router;
}

interface Door extends ShopifyWebhookParts {
  store: Store;
}

async function take(parts: Door, request: Request, response: Response): Promise<void> {
  const rawBody: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const webhook = verifyWebhook({ rawBody, headers: request.headers, secrets: parts.secrets });
  if (!webhook.ok) {
    parts.log.warn({ event: 'webhook.refused', status: webhook.status, reason: webhook.reason });
    response.status(webhook.status).send(webhook.reason);
    return;
  }
  const { topic, webhookId, triggeredAt } = webhook;
  const shopId = await parts.shopIdOf(webhook.shopDomain);
  const payload = storableText(rawBody.toString('utf8'));
  await parts.store({ shopId, events: [{ source: 'shopify', topic, dedupeKey: webhookId, triggeredAt, payload }] });
  parts.log.info({ event: 'webhook.stored', topic, shopId });
  response.status(200).send();
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

/** The body parser refuses before we see anything: too large, cut off, compressed. */
const refuseBody: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 400;
  response.status(status).send(status === 413 ? 'The body is too large.' : 'The body cannot be read.');
};
