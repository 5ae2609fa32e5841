/** The signed door: who may tell us something, and which claims the headers make. Called by the webhook route for every topic. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { exactTime } from '../../domain/snapshot';
import { storableText } from '../../lib/storable-text';

export interface VerifiedWebhook {
  ok: true;
  /** The signature covers the body alone: topic, shop and ids below are claims. */
  topic: string;
  shopDomain: string;
  webhookId: string;
  eventId: string | null;
  /** UTC with nine decimals; null when missing or no date. */
  triggeredAt: string | null;
  apiVersion: string | null;
}

export type RefusedWebhook = { ok: false; status: 400 | 401; reason: string };

type Headers = Record<string, string | string[] | undefined>;

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/;
const TOPIC = /^[a-z_]{1,60}\/[a-z_]{1,60}$/;

/**
 * @param options.rawBody the bytes exactly as received
 * @param options.secrets the client secret and, while Shopify rotates it, the former one
 */
export function verifyWebhook(options: {
  rawBody: Buffer;
  headers: Headers;
  secrets: readonly string[];
}): VerifiedWebhook | RefusedWebhook {
  const read = (name: string) => one(options.headers[`x-shopify-${name}`]);
  const signature = read('hmac-sha256');
  if (!signature) return { ok: false, status: 401, reason: 'The signature is missing.' };
  if (!options.secrets.some((secret) => signs(options.rawBody, secret, signature)))
    return { ok: false, status: 401, reason: 'The signature is wrong.' };
  const [topic, domain, webhookId] = [read('topic'), read('shop-domain')?.toLowerCase(), read('webhook-id')];
  if (!topic || !TOPIC.test(topic)) return refused('X-Shopify-Topic');
  if (!domain || !SHOP_DOMAIN.test(domain)) return refused('X-Shopify-Shop-Domain');
  if (!webhookId || webhookId.length > 200) return refused('X-Shopify-Webhook-Id');
  return {
    ok: true,
    topic,
    shopDomain: domain,
    webhookId: storableText(webhookId),
    eventId: read('event-id') ?? null,
    triggeredAt: readTime(read('triggered-at')),
    apiVersion: read('api-version') ?? null,
  };
}

function refused(header: string): RefusedWebhook {
  return { ok: false, status: 400, reason: `${header} is missing or malformed.` };
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Compares in constant time; digests of both sides, so that lengths tell nothing. */
function signs(body: Buffer, secret: string, signature: string): boolean {
  if (secret === '') return false;
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function readTime(value: string | undefined): string | null {
  return value === undefined ? null : exactTime(value);
}
