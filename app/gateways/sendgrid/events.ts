/** SendGrid's event webhook: bytes and signature in, our values out. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { parseStorableJson } from '../../lib/storable-text';

export const SIGNATURE_HEADER = 'x-twilio-email-event-webhook-signature';
export const TIMESTAMP_HEADER = 'x-twilio-email-event-webhook-timestamp';

/** The verification key as SendGrid shows it: base64 of the DER, or PEM. */
export function readVerificationKey(text: string): KeyObject {
  const pem = text.includes('BEGIN')
    ? text.replaceAll('\\n', '\n')
    : `-----BEGIN PUBLIC KEY-----\n${text}\n-----END PUBLIC KEY-----`;
  return createPublicKey(pem);
}

/**
 * Whether SendGrid signed exactly these bytes: ECDSA P-256 over timestamp and raw body.
 * Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export function isSigned({
  key,
  body,
  signature,
  timestamp,
}: {
  key: KeyObject;
  body: Buffer;
  signature: string;
  timestamp: string;
}): boolean {
  try {
    return verify('sha256', Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

const eventSchema = z.object({
  event: z.enum([
    'processed',
    'deferred',
    'delivered',
    'bounce',
    'dropped',
    'open',
    'click',
    'spamreport',
    'unsubscribe',
    'group_unsubscribe',
    'group_resubscribe',
  ]),
  // SendGrid writes letters, digits, - and _; a key of ours takes nothing that cannot be seen.
  sg_event_id: z.string().regex(/^[!-~]{1,200}$/),
  /** Seconds; beyond the year 2096 is no time of an event. */
  timestamp: z.number().min(0).max(4e9),
  shop: z.string().regex(/^[1-9]\d{0,8}$/),
  message: z.uuid(),
  sg_message_id: z.string().optional(),
  url: z.string().max(4000).optional(),
  type: z.string().optional(),
  reason: z.string().optional(),
  sg_machine_open: z.boolean().optional(),
  useragent: z.string().optional(),
});

export type SendgridEventName = z.infer<typeof eventSchema>['event'];

/** One event of ours. What a person could be known by (address, IP) is left behind here. */
export interface SendgridEvent {
  name: SendgridEventName;
  id: string;
  at: Date;
  shopId: number;
  messageId: string;
  providerMessageId: string | null;
  url: string | null;
  bounceType: string | null;
  reason: string | null;
  machine: boolean;
  userAgent: string | null;
}

/**
 * The events in a posted body that carry our ids; others (tests in SendGrid's pages, another app's mail) are left out.
 * @returns null when the body is no JSON array
 */
export function parseEvents(body: string): SendgridEvent[] | null {
  let rows: unknown;
  try {
    rows = parseStorableJson(body);
  } catch {
    return null;
  }
  if (!Array.isArray(rows)) return null;
  return rows.flatMap((row) => {
    const parsed = eventSchema.safeParse(row);
    return parsed.success ? [toEvent(parsed.data)] : [];
  });
}

function toEvent(row: z.infer<typeof eventSchema>): SendgridEvent {
  return {
    name: row.event,
    id: row.sg_event_id,
    at: new Date(row.timestamp * 1000),
    shopId: Number(row.shop),
    messageId: row.message,
    providerMessageId: row.sg_message_id ?? null,
    url: row.url ?? null,
    bounceType: row.type ?? null,
    reason: row.reason?.slice(0, 200) ?? null,
    machine: row.sg_machine_open ?? false,
    userAgent: row.useragent?.slice(0, 300) ?? null,
  };
}

/** An event as we stored it ourselves at the door. */
export function readStoredEvent(payload: string): SendgridEvent {
  const stored: SendgridEvent & { at: string | Date } = JSON.parse(payload);
  return { ...stored, at: new Date(stored.at) };
}
