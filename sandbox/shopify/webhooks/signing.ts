// Signs webhook bodies as Shopify does: base64 HMAC-SHA256 of the raw bytes with the app's client secret.
import { createHmac } from 'node:crypto';

export const webhookApiVersion = '2026-10';

export function signBody(body: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

export interface WebhookHeaderParts {
  topic: string;
  shop: string;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  apiVersion: string;
  signature: string;
  name?: string | undefined;
}

export function webhookHeaders(parts: WebhookHeaderParts): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Shopify-Captain-Hook',
    'X-Shopify-Topic': parts.topic,
    'X-Shopify-Hmac-Sha256': parts.signature,
    'X-Shopify-Shop-Domain': parts.shop,
    'X-Shopify-API-Version': parts.apiVersion,
    'X-Shopify-Webhook-Id': parts.webhookId,
    'X-Shopify-Event-Id': parts.eventId,
    'X-Shopify-Triggered-At': parts.triggeredAt,
    ...(parts.name === undefined ? {} : { 'X-Shopify-Name': parts.name }),
  };
}
