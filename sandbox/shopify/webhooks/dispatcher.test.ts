import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiSecret, startTestSandbox, type TestSandbox } from '../test-sandbox';

let test: TestSandbox;
let count = 0;

beforeAll(async () => {
  test = await startTestSandbox({
    subscriptions: [
      { topic: 'customers/create', uri: '/webhooks/shopify' },
      { topic: 'customers/update', uri: '/webhooks/shopify', metafields: ['facts.birth_date'] },
      { topic: 'orders/create', uri: '/webhooks/shopify' },
      { topic: 'app/uninstalled', uri: '/webhooks/shopify' },
      { topic: 'customers/redact', uri: '/webhooks/shopify' },
    ],
  });
});
afterAll(() => test.close());
afterEach(() => {
  test.answerWith(200);
  test.sandbox.context.webhooks.setFaults({ duplicate: 0, shuffle: 0, hold: false });
});

function openShop(scopes?: string[]): string {
  count += 1;
  const { domain } = test.sandbox.context.actions.createShop({ handle: `hooks-${count}` });
  test.sandbox.context.actions.installApp(domain, scopes);
  return domain;
}

const of = (shop: string) => test.received.filter(({ headers }) => headers['x-shopify-shop-domain'] === shop);
const idle = () => test.sandbox.context.webhooks.idle();

describe('a webhook', () => {
  it('carries a signature over its exact bytes and all of Shopify’s headers', async () => {
    const shop = openShop();
    test.sandbox.context.actions.createCustomer(shop, { email: 'été@example.com', firstName: 'Zoé 💐' });
    await idle();
    const [hook] = of(shop);
    const signature = createHmac('sha256', apiSecret)
      .update(hook?.body ?? '')
      .digest('base64');
    expect(hook?.headers).toMatchObject({
      'x-shopify-hmac-sha256': signature,
      'x-shopify-topic': 'customers/create',
      'x-shopify-shop-domain': shop,
      'x-shopify-api-version': '2026-10',
    });
    expect(hook?.headers['x-shopify-webhook-id']).toMatch(/^[\da-f-]{36}$/);
    expect(hook?.headers['x-shopify-event-id']).toMatch(/^[\da-f-]{36}$/);
    expect(hook?.headers['x-shopify-triggered-at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
  });

  it('says when it was triggered in business time', async () => {
    const shop = openShop();
    test.sandbox.context.clock.advance(3_600_000);
    test.sandbox.context.actions.createCustomer(shop, { email: 'later@example.com' });
    await idle();
    const triggered = Date.parse(String(of(shop)[0]?.headers['x-shopify-triggered-at']));
    expect(triggered - Date.now()).toBeGreaterThan(3_500_000);
  });

  it('adds the metafields its subscription asks for, and no others', async () => {
    const shop = openShop();
    const { actions } = test.sandbox.context;
    const { id } = actions.createCustomer(shop, { email: 'b@example.com' }, { quiet: true });
    actions.setMetafield(
      shop,
      `gid://shopify/Customer/${id}`,
      { namespace: 'x', key: 'y', value: '1' },
      { quiet: true },
    );
    const birth = { namespace: 'facts', key: 'birth_date', type: 'date', value: '1990-02-28' };
    actions.setMetafield(shop, `gid://shopify/Customer/${id}`, birth);
    await idle();
    const { metafields } = JSON.parse(of(shop)[0]?.body ?? '{}');
    expect(metafields).toHaveLength(1);
    expect(metafields[0]).toMatchObject(birth);
  });

  it('is not sent without the scope of its topic, nor to a shop without the app', async () => {
    const { actions } = test.sandbox.context;
    const narrow = openShop(['read_customers']);
    actions.createOrder(narrow, { lines: [{ title: 'Thing', price: '1' }], email: 'n@example.com' });
    const { domain: bare } = actions.createShop({ handle: 'hooks-bare' });
    actions.createCustomer(bare, { email: 'bare@example.com' });
    await idle();
    expect(of(narrow).map(({ headers }) => headers['x-shopify-topic'])).toEqual([
      'customers/create',
      'customers/update',
    ]);
    expect(of(bare)).toEqual([]);
  });

  it('still comes for app/uninstalled and for redaction after the app is gone', async () => {
    const shop = openShop();
    const { actions } = test.sandbox.context;
    const { id } = actions.createCustomer(shop, { email: 'gone@example.com' }, { quiet: true });
    actions.uninstallApp(shop);
    actions.updateCustomer(shop, id, { note: 'unheard' });
    actions.requestRedaction(shop, 'customer_redact', id);
    await idle();
    expect(of(shop).map(({ headers }) => headers['x-shopify-topic'])).toEqual(['app/uninstalled', 'customers/redact']);
  });
});

describe('delivery', () => {
  it('is retried with the same bytes and ids until the app answers 2xx', async () => {
    const shop = openShop();
    test.answerWith(500);
    test.sandbox.context.actions.createCustomer(shop, { email: 'retry@example.com' });
    while (of(shop).length < 2) await new Promise((resolve) => setImmediate(resolve));
    test.answerWith(200);
    await idle();
    const hooks = of(shop);
    expect(new Set(hooks.map(({ body }) => body)).size).toBe(1);
    expect(new Set(hooks.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1);
    expect(test.sandbox.context.webhooks.counts(shop)).toMatchObject({ pending: 0, delivered: 1, failed: 0 });
  });

  it('is given up after the last retry, and counted as failed', async () => {
    const shop = openShop();
    test.answerWith(500);
    test.sandbox.context.actions.createCustomer(shop, { email: 'never@example.com' });
    await idle();
    expect(of(shop)).toHaveLength(4);
    expect(test.sandbox.context.webhooks.counts(shop)).toMatchObject({ pending: 0, failed: 1 });
  });

  it('comes twice with the same webhook id when told to duplicate', async () => {
    const shop = openShop();
    test.sandbox.context.webhooks.setFaults({ duplicate: 1 });
    test.sandbox.context.actions.createCustomer(shop, { email: 'twice@example.com' });
    await idle();
    const ids = of(shop).map(({ headers }) => headers['x-shopify-webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('overtakes when told to shuffle, and loses nothing', async () => {
    const shop = openShop();
    test.sandbox.context.webhooks.setFaults({ shuffle: 0.5 });
    for (let n = 0; n < 20; n += 1) test.sandbox.context.actions.createCustomer(shop, { email: `s${n}@example.com` });
    await idle();
    const times = of(shop).map(({ headers }) => String(headers['x-shopify-triggered-at']));
    expect(times).toHaveLength(20);
    expect(times).not.toEqual([...times].sort());
  });

  it('waits while held', async () => {
    const shop = openShop();
    const { webhooks, actions } = test.sandbox.context;
    webhooks.setFaults({ hold: true });
    actions.createCustomer(shop, { email: 'held@example.com' });
    expect(await webhooks.idle(20)).toBe(false);
    expect(of(shop)).toEqual([]);
    webhooks.setFaults({ hold: false });
    expect(await webhooks.idle()).toBe(true);
    expect(of(shop)).toHaveLength(1);
  });

  it('by hand can be forged in every part', async () => {
    const { webhooks } = test.sandbox.context;
    const before = test.received.length;
    await webhooks.deliverRaw({
      shop: 'x.myshopify.com',
      topic: 'orders/create',
      payload: '{not json',
      signature: 'bm9wZQ==',
      withoutHeaders: ['X-Shopify-Webhook-Id'],
    });
    const [hook] = test.received.slice(before);
    expect(hook?.body).toBe('{not json');
    expect(hook?.headers['x-shopify-hmac-sha256']).toBe('bm9wZQ==');
    expect(hook?.headers['x-shopify-webhook-id']).toBeUndefined();
  });
});
