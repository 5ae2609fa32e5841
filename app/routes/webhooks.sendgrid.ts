/** SendGrid's event webhook: signature on the raw bytes, then stored like any other event, once by its own id. Mounted by `deps.server`. */
import type { KeyObject } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import {
  isSigned,
  parseEvents,
  type SendgridEvent,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
} from '../gateways/sendgrid/events';
import type { Logger } from '../log.server';
import type { Ingest } from '../pipeline/ingest';

/** SendGrid posts at most 768 kB at a time; room for growth. */
const MOST_BODY_BYTES = '4mb';

export interface SendgridWebhookParts {
  /** Null while the operator has not set it: every event is refused, and the log says why. */
  key: KeyObject | null;
  ingest: Ingest;
  log: Logger;
}

/** `POST /webhooks/sendgrid`. 401 for a bad signature, 400 for what is no list of events, 200 when all are stored. */
export function sendgridWebhook(parts: SendgridWebhookParts): Router {
  const router = express.Router();
  router.post('/', express.raw({ type: () => true, limit: MOST_BODY_BYTES }), (request, response, next) => {
    take(parts, request, response).catch(next);
  });
  return router;
}

async function take({ key, ingest, log }: SendgridWebhookParts, request: Request, response: Response): Promise<void> {
  const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const signature = request.get(SIGNATURE_HEADER) ?? '';
  const timestamp = request.get(TIMESTAMP_HEADER) ?? '';
  if (!key || !isSigned({ key, body, signature, timestamp })) {
    log.warn({
      event: 'sendgrid-events.refused',
      reason: key ? 'bad-signature' : 'SENDGRID_WEBHOOK_PUBLIC_KEY is not set',
    });
    response.status(401).send('Signature does not match.');
    return;
  }
  // SendGrid retries a post for a day with its first timestamp, so a replay is told by the event's own id, not its age.
  const events = parseEvents(body.toString('utf8'));
  if (!events) {
    response.status(400).send('Expected a JSON list of events.');
    return;
  }
  for (const [shopId, list] of Map.groupBy(events, (event) => event.shopId)) {
    const fresh = await ingest([{ shopId, events: list.map(toInbound) }]);
    log.info({ event: 'sendgrid-events.stored', shopId, count: list.length, fresh });
  }
  response.status(200).send();
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
