// What the signed door says of a webhook, to its sender and to the log.
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { DrizzleQueryError } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import type { LogLine } from '../log.server';
import type { Ingest, Told } from '../pipeline/ingest';
import { webhooksShopify } from './webhooks.shopify';

const SECRET = 'test-api-secret';
const MEGABYTE = 1024 * 1024;
let server: Server | undefined;
let lines: LogLine[] = [];
let told: Told[] = [];

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  lines = [];
  told = [];
});

/** The door alone on a port; by default all is stored. */
async function open(ingest?: Ingest): Promise<number> {
  const note = (line: LogLine) => void lines.push(line);
  const keep: Ingest = async (some) => told.push(...some);
  const log = { info: note, warn: note, error: note };
  server = createServer(webhooksShopify({ secrets: [SECRET], ingest: ingest ?? keep, shopIdOf: async () => 1, log }));
  const opened = server;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return (opened.address() as AddressInfo).port;
}

const sign = (body: string | Buffer) => createHmac('sha256', SECRET).update(body).digest('base64');
const headersFor = (body: string | Buffer) => ({
  'X-Shopify-Topic': 'customers/create',
  'X-Shopify-Shop-Domain': 'lune.myshopify.com',
  'X-Shopify-Webhook-Id': 'w-1',
  'X-Shopify-Hmac-Sha256': sign(body),
});
const post = (port: number, body: string | Buffer, headers: Record<string, string> = headersFor(body)) =>
  fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });

it('names the fault in the log, without the body that a failed query repeats', async () => {
  const body = '{"email":"zoe@example.com"}';
  const port = await open(async () => {
    throw new DrizzleQueryError('insert into inbound_events values ($1)', [body], new Error('connection closed'));
  });
  const answer = await post(port, body);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('Retry-After')).toBe('10');
  expect(lines.map(({ event }) => event)).toEqual(['webhook.not-stored']);
  const text = JSON.stringify(lines);
  expect(text).toContain('connection closed');
  expect(text).not.toContain('zoe@example');
});

describe('a signed webhook', () => {
  it('is stored as it came and told in one line', async () => {
    const body = '{"name":"Zoé 🎁"}';
    const answer = await post(await open(), body);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(told).toMatchObject([
      { shopId: 1, events: [{ topic: 'customers/create', dedupeKey: 'w-1', payload: body }] },
    ]);
    expect(lines).toEqual([{ event: 'webhook.stored', topic: 'customers/create', shopId: 1, ms: expect.any(Number) }]);
  });

  it('may come in pieces, without its length announced, and be as large as 5 MB', async () => {
    const port = await open();
    const body = Buffer.alloc(5 * MEGABYTE, 'x');
    expect((await post(port, body)).status).toBe(200);
    const pieces = new ReadableStream({
      start(controller) {
        for (const piece of ['{"a"', ':1', '}']) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    const headers = headersFor('{"a":1}');
    const request = { method: 'POST', body: pieces, duplex: 'half', headers } as RequestInit;
    expect((await fetch(`http://127.0.0.1:${port}/`, request)).status).toBe(200);
    expect(told.map(({ events }) => events[0]?.payload.length)).toEqual([5 * MEGABYTE, 7]);
  });
});

describe('what is turned away, each in one line', () => {
  const lastLine = () => lines.map(({ event, status }) => [event, status]);

  it('a wrong signature with 401, a head without its topic with 400', async () => {
    const port = await open();
    const { 'X-Shopify-Topic': _, ...headless } = headersFor('{}');
    expect((await post(port, '{}', headersFor('{ }'))).status).toBe(401);
    expect((await post(port, '{}', headless)).status).toBe(400);
    expect(lastLine()).toEqual([
      ['webhook.refused', 401],
      ['webhook.refused', 400],
    ]);
  });

  it('another method with 405', async () => {
    const answer = await fetch(`http://127.0.0.1:${await open()}/`);
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST']);
    expect(lastLine()).toEqual([['request.answered', 405]]);
  });

  it('a body over 5 MB with 413, announced or not, and a compressed one with 415', async () => {
    const port = await open();
    const huge = Buffer.alloc(5 * MEGABYTE + 1, 'x');
    expect((await post(port, huge)).status).toBe(413);
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(MEGABYTE));
        if (lines.length > 1) controller.close();
      },
    });
    const unannounced = { method: 'POST', body: stream, duplex: 'half', headers: headersFor('') } as RequestInit;
    expect((await fetch(`http://127.0.0.1:${port}/`, unannounced)).status).toBe(413);
    const zipped = gzipSync('{}');
    expect((await post(port, zipped, { ...headersFor(zipped), 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect(lastLine().map(([, status]) => status)).toEqual([413, 413, 415]);
    expect(told).toEqual([]);
  });

  it('a body that breaks off, and the next is served', async () => {
    const port = await open();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    while (lines.length === 0) await wait(5);
    expect(lastLine()).toEqual([['request.answered', 400]]);
    expect((await post(port, '{}')).status).toBe(200);
  });
});
