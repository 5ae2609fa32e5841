// What the signed door says when a webhook cannot be stored.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DrizzleQueryError } from 'drizzle-orm';
import express from 'express';
import { expect, it } from 'vitest';
import type { LogLine } from '../log.server';
import { webhooksShopify } from './webhooks.shopify';

const SECRET = 'test-api-secret';

it('names the fault in the log, without the body that a failed query repeats', async () => {
  const lines: LogLine[] = [];
  const note = (line: LogLine) => void lines.push(line);
  const body = '{"email":"zoe@example.com"}';
  const ingest = async () => {
    throw new DrizzleQueryError('insert into inbound_events values ($1)', [body], new Error('connection closed'));
  };
  const log = { info: note, warn: note, error: note };
  const app = express().use(webhooksShopify({ secrets: [SECRET], ingest, shopIdOf: async () => 1, log }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      method: 'POST',
      body,
      headers: {
        'X-Shopify-Topic': 'customers/create',
        'X-Shopify-Shop-Domain': 'lune.myshopify.com',
        'X-Shopify-Webhook-Id': 'w-1',
        'X-Shopify-Hmac-Sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
      },
    });
    expect(answer.status).toBe(503);
  } finally {
    server.close();
  }
  const told = JSON.stringify(lines.filter(({ event }) => event === 'webhook.not-stored'));
  expect(told).toContain('connection closed');
  expect(told).not.toContain('zoe@example');
});
