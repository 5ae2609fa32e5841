import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../shopify/test-sandbox';

let test: TestSandbox;

beforeAll(async () => {
  test = await startTestSandbox({ subscriptions: [{ topic: 'customers/create', uri: '/webhooks/shopify' }] });
});
afterAll(() => test.close());

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${test.sandbox.url}/control/api${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the control API', () => {
  it('opens a shop, installs the app as a merchant would, and acts in it until all is told', async () => {
    expect(await call('POST', '/shops', { handle: 'ctl', currency: 'CHF' })).toMatchObject({
      status: 201,
      body: { domain: 'ctl.myshopify.com', currency: 'CHF', installed: false },
    });
    expect(await call('POST', '/shops/ctl/install', {})).toMatchObject({
      status: 200,
      body: { ok: true, status: 200 },
    });
    const opened = test.received.slice(-2).map(({ headers }) => headers);
    expect(opened[0]?.['user-agent']).toContain('Mozilla');
    expect(opened[1]?.authorization).toMatch(/^Bearer \S+\.\S+\.\S+$/);
    const created = await call('POST', '/shops/ctl/actions/createCustomer', { email: 'a@example.com' });
    expect(created).toMatchObject({
      status: 200,
      body: { result: { email: 'a@example.com', id: expect.any(String) } },
    });
    expect(await call('POST', '/idle', {})).toMatchObject({ body: { idle: true, pending: 0 } });
    expect(await call('GET', '/webhooks?shop=ctl')).toMatchObject({
      body: { delivered: 1, deliveries: [{ topic: 'customers/create', outcome: 'delivered' }] },
    });
    expect(await call('GET', '/shops/ctl/customers?email=A@example.com')).toMatchObject({ body: { total: 1 } });
  });

  it('moves the clock, forward only', async () => {
    const before = Number((await call('GET', '/clock')).body.offsetMs);
    expect(await call('POST', '/clock', { advanceMs: 60_000 })).toMatchObject({ body: { offsetMs: before + 60_000 } });
    expect(await call('POST', '/clock', { advanceMs: -1 })).toMatchObject({ status: 422 });
    expect((await call('POST', '/clock', { to: '2020-01-01' })).status).toBe(422);
  });

  it('refuses what it does not know: shops, actions, fields, records', async () => {
    expect((await call('GET', '/shops/nowhere')).status).toBe(404);
    expect((await call('POST', '/shops/ctl/actions/explode', {})).status).toBe(404);
    expect((await call('POST', '/shops/ctl/actions/constructor', {})).status).toBe(404);
    const misspelled = await call('POST', '/shops/ctl/actions/createCustomer', { emial: 'a@example.com' });
    expect(misspelled).toMatchObject({ status: 422, body: { error: expect.stringContaining('emial') } });
    expect((await call('POST', '/shops/ctl/actions/payCheckout', { id: '1' })).status).toBe(404);
    expect((await call('POST', '/shops', { handle: 'ctl' })).status).toBe(409);
  });

  it('switches faults one by one', async () => {
    await call('POST', '/faults', { shopify: { slowMs: 5 } });
    expect(await call('POST', '/faults', { webhooks: { duplicate: 0.5 } })).toMatchObject({
      body: { shopify: { down: false, slowMs: 5 }, webhooks: { duplicate: 0.5, hold: false } },
    });
    await call('POST', '/faults', { shopify: { slowMs: 0 }, webhooks: { duplicate: 0 } });
  });

  it('makes codes, uses them and shows who used what', async () => {
    const made = await call('POST', '/shops/ctl/actions/createDiscount', { code: 'CTL', amount: 5, usageLimit: 1 });
    const { id } = made.body.result as { id: string };
    expect(await call('POST', '/shops/ctl/actions/addRedeemCodes', { id, codes: ['CTL-2', 'ctl'] })).toMatchObject({
      body: { result: [{ error: null }, { codeId: null, error: expect.stringContaining('unique') }] },
    });
    const lines = [{ title: 'Thing', price: 20 }];
    const started = await call('POST', '/shops/ctl/actions/startCheckout', { lines, email: 'code@example.com' });
    const checkoutId = (started.body.result as { id: string }).id;
    expect(await call('POST', '/shops/ctl/actions/applyDiscountCode', { checkoutId, code: 'WRONG' })).toMatchObject({
      status: 422,
      body: { error: 'The code "WRONG" is no code of this shop.' },
    });
    const paid = await call('POST', '/shops/ctl/actions/payCheckout', { id: checkoutId, discountCode: 'CTL-2' });
    expect(paid.body.result).toMatchObject({ totalDiscounts: '5.00' });
    expect(await call('GET', '/shops/ctl/redeemCodes?code=ctl-2')).toMatchObject({
      body: { redeemCodes: [{ usageCount: 1, discountId: id }] },
    });
  });

  it('hands out id tokens, also expired or forged ones', async () => {
    const { body } = await call('POST', '/shops/ctl/id-token', { lifetimeSeconds: -30 });
    const claims = JSON.parse(Buffer.from(String(body.idToken).split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ aud: 'test-api-key', dest: 'https://ctl.myshopify.com' });
    expect(claims.exp).toBeLessThan(Date.now() / 1_000);
  });
});
