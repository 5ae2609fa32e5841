// Whom the door of SendGrid's events believes: its signature on the raw bytes, while it is fresh.
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import type { LogLine } from '../log.server';
import { sendgridWebhook } from './webhooks.sendgrid';

const NOW = Date.parse('2026-03-03T10:00:00Z');
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const event = {
  ...{ event: 'delivered', sg_event_id: 'e1', timestamp: NOW / 1000, shop: '7' },
  message: '01a20238-e0c1-7dfe-a109-634faae6b366',
};
/** As SendGrid writes it, one event a line: parsed and written anew it would be other bytes. */
const BODY = `[${JSON.stringify(event)},\r\n${JSON.stringify({ ...event, sg_event_id: 'e2' })}\r\n]\r\n`;
const lines: LogLine[] = [];
const stored: string[] = [];
let server: Server;

beforeAll(async () => {
  const note = (line: LogLine) => void lines.push(line);
  const ingest = async (batches: readonly { events: readonly { dedupeKey: string }[] }[]) => {
    const keys = batches.flatMap(({ events }) => events.map(({ dedupeKey }) => dedupeKey));
    stored.push(...keys);
    return keys.length;
  };
  const log = { info: note, warn: note, error: note };
  server = createServer(express().use(sendgridWebhook({ key: publicKey, ingest, log, realNow: () => NOW })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  lines.length = 0;
  stored.length = 0;
});
afterAll(() => server.close());

/** Posts the body, or another one, with its signature at a moment, or with another moment's. */
async function post({ sent = BODY, at = NOW, claimed }: { sent?: string; at?: number; claimed?: number } = {}) {
  const signature = sign('sha256', Buffer.from(`${at / 1000}${BODY}`), privateKey).toString('base64');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    method: 'POST',
    body: sent,
    headers: {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-signature': signature,
      'x-twilio-email-event-webhook-timestamp': String((claimed ?? at) / 1000),
    },
  });
  return answer.status;
}
const refused = () => lines.filter((line) => line.event === 'sendgrid-events.refused').map(({ reason }) => reason);

describe('SendGrid’s events', () => {
  it('are believed by the signature on their very bytes', async () => {
    expect(await post()).toBe(200);
    expect(stored).toEqual(['e1', 'e2']);
  });

  it.each([
    ['other bytes that mean the same', { sent: JSON.stringify(JSON.parse(BODY)) }],
    ['another moment than was signed', { claimed: NOW + 1000 }],
  ])('are refused with %s', async (_what, change) => {
    expect(await post(change)).toBe(401);
    expect(refused()).toEqual(['bad-signature']);
    expect(stored).toEqual([]);
  });

  it('are taken for a day, as SendGrid repeats itself so long', async () => {
    expect(await post({ at: NOW - DAY })).toBe(200);
    expect(await post({ at: NOW + 5 * MINUTE })).toBe(200);
  });

  it.each([
    ['older than SendGrid repeats itself', NOW - DAY - 2 * HOUR],
    ['from the future', NOW + HOUR],
  ])('are refused when %s, however well signed', async (_what, at) => {
    expect(await post({ at })).toBe(401);
    expect(refused()).toEqual(['outside-replay-window']);
    expect(stored).toEqual([]);
  });
});
