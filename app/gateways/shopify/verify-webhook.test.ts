import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from './verify-webhook';

const body = Buffer.from('{"id":1}');
const sign = (secret: string, bytes = body) => createHmac('sha256', secret).update(bytes).digest('base64');
const headers = (changes: Record<string, string | undefined> = {}) => ({
  'x-shopify-topic': 'orders/create',
  'x-shopify-shop-domain': 'atelier.myshopify.com',
  'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
  'x-shopify-triggered-at': '2026-11-22T10:00:00.877041743Z',
  'x-shopify-api-version': '2026-10',
  'x-shopify-hmac-sha256': sign('new'),
  ...changes,
});
const verify = (changes: Record<string, string | undefined> = {}, rawBody = body) =>
  verifyWebhook({ rawBody, headers: headers(changes), secrets: ['new', 'old'] });

describe('the signed door', () => {
  it('lets a well-signed webhook in with what its headers claim', () => {
    expect(verify()).toEqual({
      ok: true,
      topic: 'orders/create',
      shopDomain: 'atelier.myshopify.com',
      webhookId: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      eventId: '98880550-7158-44d4-b7cd-2c97c8a091b5',
      triggeredAt: '2026-11-22T10:00:00.877041743Z',
      apiVersion: '2026-10',
    });
  });

  it('accepts the former secret while it is being rotated', () => {
    expect(verify({ 'x-shopify-hmac-sha256': sign('old') })).toMatchObject({ ok: true });
  });

  it.each([
    ['signed with another secret', { 'x-shopify-hmac-sha256': sign('other') }],
    ['with a signature of another length', { 'x-shopify-hmac-sha256': 'AAAA' }],
    ['with no base64 at all', { 'x-shopify-hmac-sha256': '💥' }],
    ['unsigned', { 'x-shopify-hmac-sha256': undefined }],
  ])('answers 401 to what is %s', (_name, changes) => {
    expect(verify(changes)).toMatchObject({ ok: false, status: 401 });
  });

  it('answers 401 when one byte of the body changed', () => {
    expect(verify({}, Buffer.from('{"id":2}'))).toMatchObject({ status: 401 });
  });

  it('never takes an empty secret for a secret', () => {
    const options = { rawBody: body, headers: headers({ 'x-shopify-hmac-sha256': sign('') }), secrets: [''] };
    expect(verifyWebhook(options)).toMatchObject({ status: 401 });
  });

  it.each([
    ['x-shopify-topic', undefined],
    ['x-shopify-topic', 'orders/create; drop table'],
    ['x-shopify-shop-domain', undefined],
    ['x-shopify-shop-domain', 'evil.example.com'],
    ['x-shopify-webhook-id', undefined],
  ])('answers 400 when %s is %s', (name, value) => {
    expect(verify({ [name]: value })).toMatchObject({ ok: false, status: 400 });
  });

  it('takes a missing or malformed trigger time for unknown', () => {
    expect(verify({ 'x-shopify-triggered-at': undefined })).toMatchObject({ ok: true, triggeredAt: null });
    expect(verify({ 'x-shopify-triggered-at': 'yesterday' })).toMatchObject({ ok: true, triggeredAt: null });
  });
});
