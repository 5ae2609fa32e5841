/** A customer asked for their data: the owner sees it on the overview, goes there and saves the file. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'privacy' });
  const asker = await store.shopper({ email: 'odile@example.com', firstName: 'Odile' });
  await store.install();
  await world.settle();
  const customer = { id: Number(asker.id()), email: 'odile@example.com', phone: null };
  const payload = { shop_domain: store.domain, orders_requested: [], customer, data_request: { id: 4712 } };
  await world.sandbox.post('/control/api/webhooks/raw', {
    shop: store.domain,
    topic: 'customers/data_request',
    payload,
  });
  await world.settle();
});

it.each([DESKTOP, PHONE])('the list can be read and used in a window %o', async (viewport) => {
  const window = await openAdmin(store, { language: 'fr', viewport });
  await window.visit('settings/privacy');
  expect([await window.overflow(), await window.barriers()]).toEqual([0, []]);
  expect(window.complaints).toEqual([]);
});

it('the owner goes from the overview to the file, and nothing waits any longer', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit();
  await app.getByText('A customer asks for their data').waitFor();
  await app.getByRole('link', { name: 'See the requests' }).click();
  const coming = page.waitForEvent('download');
  await app.getByRole('button', { name: 'Download the data of odile@example.com' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe('customer-data-4712.json');
  expect(JSON.parse(readFileSync(await file.path(), 'utf8')).data.customer).toMatchObject([{ first_name: 'Odile' }]);
  await app.getByText(/downloaded on/).waitFor();
  await visit();
  expect(await app.getByText('A customer asks for their data').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('the settings lead there', async () => {
  const { app, visit, complaints } = await openAdmin(store);
  await visit('settings');
  await app.getByRole('link', { name: 'Requests for data' }).click();
  await app.getByRole('heading', { name: 'Customers’ data' }).waitFor();
  expect(complaints).toEqual([]);
});
