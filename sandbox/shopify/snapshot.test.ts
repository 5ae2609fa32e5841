import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startTestSandbox } from './test-sandbox';

const shop = 'kept.myshopify.com';
const options = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  return {
    dataDir,
    clockFile: join(dataDir, 'clock'),
    subscriptions: [{ topic: 'customers/create', uri: '/webhooks/shopify' }],
  };
};

it('a second start finds shops, people, orders, tokens, the clock and the next ids as they were', async () => {
  const settings = options();
  const first = await startTestSandbox(settings);
  const { actions, clock } = first.sandbox.context;
  actions.createShop({ handle: 'kept' });
  actions.installApp(shop);
  const customer = actions.createCustomer(shop, { email: 'kept@example.com' }, { quiet: true });
  const order = actions.createOrder(shop, { lines: [{ title: 'Thing', price: '3' }], customerId: customer.id });
  clock.advance(7 * 24 * 3_600_000);
  const discount = actions.createDiscount(shop, { code: 'KEPT', percentage: 0.1 });
  const token = await first.offlineToken(shop);
  await first.close();

  const second = await startTestSandbox(settings);
  const { state, clock: sameClock, actions: again } = second.sandbox.context;
  expect(state.shop(shop).customerByEmail('KEPT@example.com')).toEqual(customer);
  expect(state.shop(shop).ordersOf(customer.id)).toEqual([order]);
  expect(state.shop(shop).discounts.get(state.shop(shop).book.findCode('kept')?.discountId ?? '')).toEqual(discount);
  expect(sameClock.offsetMs()).toBe(7 * 24 * 3_600_000);
  expect((await second.graphql(shop, token, '{ shop { name } }')).data).toEqual({ shop: { name: 'kept' } });
  expect(BigInt(again.createCustomer(shop, { email: 'next@example.com' }).id)).toBe(BigInt(customer.id) + 1n);
  await second.close();
});

it('a webhook that was still on its way is sent after the restart, with the same ids and bytes', async () => {
  const settings = options();
  const first = await startTestSandbox(settings);
  first.answerWith(503);
  const { actions, webhooks, state } = first.sandbox.context;
  actions.createShop({ handle: 'kept' });
  actions.installApp(shop);
  webhooks.setFaults({ hold: true });
  actions.createCustomer(shop, { email: 'late@example.com' });
  const [pending] = state.deliveries.values();
  await first.close();

  const second = await startTestSandbox(settings);
  await second.sandbox.context.webhooks.idle();
  expect(second.received).toHaveLength(1);
  expect(second.received[0]?.body).toBe(pending?.body);
  expect(second.received[0]?.headers['x-shopify-webhook-id']).toBe(pending?.webhookId);
  await second.close();
});
