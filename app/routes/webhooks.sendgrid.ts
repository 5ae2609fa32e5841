/** SendGrid's event webhook: signature on the raw bytes, no older than SendGrid repeats itself, then stored like any other event, once by its own id. Mounted by `deps.server`. */
import type { KeyObject } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import {
  isSigned,
  parseEvents,
  type SendgridEvent,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
} from '../gateways/sendgrid/events';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import type { Logger } from '../log.server';
import type { Ingest } from '../pipeline/ingest';

/** SendGrid posts at most 768 kB at a time; room for growth. */
const MOST_BODY_BYTES = '4mb';

/**
 * SendGrid tells again for a day what was not answered 200, and does not say whether with its first timestamp. Within this window a
 * repeat is told by its events' own ids, which are kept much longer (see `pipeline/forget`).
 */
const REPLAY_WINDOW = { behindMs: DAY + HOUR, aheadMs: 10 * MINUTE };

export interface SendgridWebhookParts {
  /** Null while the operator has not set it: every event is refused, and the log says why. */
  key: KeyObject | null;
  /** That of a shop's own subuser; null where it has none. */
  keyOf?: (shopId: number) => Promise<KeyObject | null>;
  ingest: Ingest;
  log: Logger;
  /** Real time: a signature's age has nothing to do with business hours. */
  realNow?: () => number;
}

/** `POST /webhooks/sendgrid`, and `/webhooks/sendgrid/:shopId` for a shop with a subuser, whose key speaks for that shop alone. 401 for a bad signature or an old one, 400 for what is no list of events, 200 when all are stored. */
export function sendgridWebhook(parts: SendgridWebhookParts): Router {
  const router = express.Router();
  router.post('/', express.raw({ type: () => true, limit: MOST_BODY_BYTES }), (request, response, next) => {
    take(parts, request, response).catch(next);
  });
  router.post(
    '/:shopId(\\d{1,9})',
    express.raw({ type: () => true, limit: MOST_BODY_BYTES }),
    (request, response, next) => {
      takeOfShop(parts, request, response).catch(next);
    },
  );
  return router;
}

async function takeOfShop(parts: SendgridWebhookParts, request: Request, response: Response): Promise<void> {
  const shopId = Number(request.params.shopId);
  const key = shopId > 0 ? ((await parts.keyOf?.(shopId)) ?? null) : null;
  await take({ ...parts, key }, request, response, shopId);
}

/** @param only events of other shops are left out */
async function take(
  parts: SendgridWebhookParts,
  request: Request,
  response: Response,
  only: number | null = null,
): Promise<void> {
  const { ingest, log } = parts;
  const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const reason = whyRefused(parts, body, request);
  if (reason !== null) {
    log.warn({ event: 'sendgrid-events.refused', reason });
    response.status(401).send('Signature does not match, or is too old.');
    return;
  }
  const events = parseEvents(body.toString('utf8'));
  if (!events) {
    response.status(400).send('Expected a JSON list of events.');
    return;
  }
  const told = events.filter((event) => only === null || event.shopId === only);
  for (const [shopId, list] of Map.groupBy(told, (event) => event.shopId)) {
    const fresh = await ingest([{ shopId, events: list.map(toInbound) }]);
    log.info({ event: 'sendgrid-events.stored', shopId, count: list.length, fresh });
  }
  response.status(200).send();
}

function whyRefused({ key, realNow = Date.now }: SendgridWebhookParts, body: Buffer, request: Request): string | null {
  if (!key) return request.params.shopId ? 'no-such-subuser' : 'SENDGRID_WEBHOOK_PUBLIC_KEY is not set';
  const signature = request.get(SIGNATURE_HEADER) ?? '';
  const timestamp = request.get(TIMESTAMP_HEADER) ?? '';
  if (!isSigned({ key, body, signature, timestamp })) return 'bad-signature';
  const age = realNow() - Number(timestamp) * 1000;
  return age <= REPLAY_WINDOW.behindMs && age >= -REPLAY_WINDOW.aheadMs ? null : 'outside-replay-window';
}

function toInbound(event: SendgridEvent) {
  return {
    source: 'sendgrid' as const,
    topic: event.name,
    dedupeKey: event.id,
    triggeredAt: event.at,
    payload: JSON.stringify(event),
  };
}
