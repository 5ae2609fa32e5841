/** A customer asks what is held about them: collected at once, and the owner alone can fetch it. */
import { beforeAll, expect, it } from 'vitest';
import { type Store, switchOn } from '../harness/store';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let other: Store;

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'asked', locale: 'fr' });
  other = await world.openStore({ handle: 'not-asked' });
  for (const one of [store, other]) await one.install();
  await world.settle();
  await switchOn(store, 'welcome');
  const asker = store.stranger({ email: 'odile@example.com', firstName: 'Odile', locale: 'fr' });
  await asker.subscribe();
  await world.settle();
  const payload = {
    shop_domain: store.domain,
    orders_requested: [],
    customer: { id: Number(asker.id()), email: 'odile@example.com', phone: null },
    data_request: { id: 4711 },
  };
  await world.sandbox.post('/control/api/webhooks/raw', {
    shop: store.domain,
    topic: 'customers/data_request',
    payload,
  });
  await world.settle();
}, 60_000);

it('shows the request to the owner as waiting', async () => {
  expect((await store.admin.call({ path: '/app.data' })).body).toContain('data-request-waiting');
  const { status, body } = await store.admin.call({ path: '/app/settings/privacy.data' });
  expect(status).toBe(200);
  expect(body).toContain('odile@example.com');
});

it('is not there for another store', async () => {
  expect((await other.admin.call({ path: '/app/settings/privacy/4711' })).status).toBe(404);
  expect((await other.admin.call({ path: '/app/settings/privacy.data' })).body).not.toContain('odile');
  const rows = await store.ask<{ downloadedAt: Date | null }>('select downloaded_at from data_requests');
  expect(rows).toEqual([{ downloadedAt: null }]);
});

it('comes as a file with all that is held, and waits no longer', async () => {
  const { status, headers, body } = await store.admin.call({ path: '/app/settings/privacy/4711' });
  expect(status).toBe(200);
  expect(headers['content-disposition']).toBe('attachment; filename="customer-data-4711.json"');
  expect(JSON.parse(body).data).toMatchObject({
    customer: [{ email: 'odile@example.com', first_name: 'Odile' }],
    scenarios: [{ scenario: 'welcome' }],
    emails: [{ scenario: 'welcome', status: 'sent' }],
  });
  expect((await store.admin.call({ path: '/app.data' })).body).not.toContain('data-request-waiting');
});

it.each(['0', '%00', '%ED%A0%80', '..%2F4711'])('has nothing at %s', async (id) => {
  expect((await store.admin.call({ path: `/app/settings/privacy/${id}` })).status).toBeLessThan(500);
});
