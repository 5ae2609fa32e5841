/** The settings: what is wrong is said beside the field, what is right is kept. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { eventually, openAdmin } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'settings', name: 'Maison Tilleul' });
  await store.install();
  await world.settle();
});

const settings = async () =>
  (await store.ask<{ settings: object }>('select settings from shops where shop_id = current_shop_id()'))[0]?.settings;

it('refuses a sender at a public mail provider and says why, beside the field', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('settings');
  expect(await app.getByLabel('Street and number').inputValue()).toBe('12 rue des Lilas');
  await app.getByLabel('Sender address').fill('tilleul@gmail.com');
  await app.getByLabel('Hours between two e-mails').fill('1000');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await app.getByText(/Addresses at gmail\.com cannot be the sender/).waitFor();
  await app.getByText('Choose a number from 0 to 168.').waitFor();
  expect(await settings()).toEqual({});
  expect(complaints).toEqual([]);
});

it('keeps what was saved', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('settings');
  await app.getByLabel('Sender name').fill('Les Tilleuls');
  await app.getByLabel('City').fill('Lyon');
  await app.getByLabel('No e-mails from').fill('20:30');
  await app.getByLabel('Never write to customers').fill('staff, wholesale');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await visit('settings');
  await eventually(() => app.getByLabel('Sender name').inputValue(), 'Les Tilleuls');
  expect(await settings()).toMatchObject({
    senderName: 'Les Tilleuls',
    quietHours: { from: 20 * 60 + 30 },
    leftOutTags: ['staff', 'wholesale'],
    address: { city: 'Lyon', line1: '12 rue des Lilas' },
  });
  expect(complaints).toEqual([]);
});
