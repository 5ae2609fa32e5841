/** Shopify may send the same e-mails itself: the admin says so beside the switch, where to turn it off, and once only. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'double-senders' });
  await store.install();
  await world.settle();
});

it.each([DESKTOP, PHONE])('the notice can be read in a window %o', async (viewport) => {
  const window = await openAdmin(store, { language: 'fr', viewport });
  await window.visit('scenarios/abandoned-checkout');
  await window.app.getByRole('button', { name: 'Shopify envoie peut-être aussi ces e-mails' }).click();
  await window.app.getByText('allez dans Marketing, puis Automatisations', { exact: false }).waitFor();
  expect([await window.overflow(), await window.barriers()]).toEqual([0, []]);
  expect(window.complaints).toEqual([]);
});

it('the list leads there, and once it is read neither says it again', async () => {
  const { app, visit, complaints } = await openAdmin(store);
  await visit('scenarios');
  const said = app.getByText('Shopify may send these e-mails too.');
  expect(await said.count()).toBe(4);
  // The link opens the notice, which stands closed otherwise.
  await app.getByRole('link', { name: 'How to check' }).first().click();
  await app.getByText('“Welcome new subscriber”', { exact: false }).first().waitFor();
  await app.getByRole('button', { name: 'I have checked' }).click();
  await app.getByRole('button', { name: 'I have checked' }).waitFor({ state: 'detached' });
  await visit('scenarios');
  expect(await said.count()).toBe(3);
  await visit('scenarios/vip');
  expect(await app.getByRole('button', { name: 'I have checked' }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
