/** The settings: what is wrong is said beside the field, what is right is kept. */
import type { FrameLocator } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'settings', name: 'Maison Tilleul' });
  await store.act('createCustomer', { email: 'ines@tilleul.example', firstName: 'Inès', tags: ['equipe'] });
  await store.act('createCustomer', { email: 'marc@mail.example', firstName: 'Marc' });
  await store.act('createSegment', { name: 'Équipe', query: "customer_tags CONTAINS 'equipe'" });
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
  await app.getByLabel('Sender name').fill('Les Tilleuls ');
  await app.getByLabel('City').fill('Lyon');
  await app.getByLabel('No e-mails from').fill('20:30');
  await app.getByLabel('Never write to customers').fill('staff , wholesale,');
  const saveBar = page.getByRole('region', { name: 'Unsaved changes' });
  await saveBar.getByRole('button', { name: 'Save' }).click();
  await saveBar.waitFor({ state: 'hidden' });
  // As it is kept: without spaces at an end.
  await eventually(() => app.getByLabel('Never write to customers').inputValue(), 'staff, wholesale');
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

/** Opens the settings, changes them, saves, and answers what is stored then. */
async function save(change: (app: FrameLocator) => Promise<void>) {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('settings');
  await change(app);
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
  return settings();
}

it('leaves a segment of the store out, whose members Shopify tells at once', async () => {
  const stored = await save((app) => app.getByRole('checkbox', { name: 'Équipe' }).check());
  expect(stored).toMatchObject({ leftOutSegments: [{ name: 'Équipe' }] });
  await world.settle();
  const outside = async () =>
    (
      await store.ask<{ firstName: string; leftOutSegment: string | null }>(
        'select first_name, left_out_segment from customers where shop_id = current_shop_id() order by first_name',
      )
    ).map((row) => [row.firstName, row.leftOutSegment]);
  await eventually(outside, [
    ['Inès', 'Équipe'],
    ['Marc', null],
  ]);
  const { app, visit } = await openAdmin(store);
  await visit('settings');
  await app.getByRole('checkbox', { name: 'Équipe', checked: true }).waitFor();
});

it('is stricter for a country, never wider', async () => {
  const stored = await save(async (app) => {
    await app.getByRole('button', { name: 'Country by country' }).click();
    const france = app.getByLabel('Cart reminders, France');
    expect(await france.locator('option').allTextContents()).toEqual(['Earlier buyers', 'Subscribers only']);
    await france.selectOption('never');
    await app.getByLabel('Cart reminders, United States').selectOption('earlier-buyer');
    await app.getByLabel('Be stricter for another country').selectOption('CH');
    await app.getByLabel('Cart reminders, Switzerland').waitFor();
  });
  expect(stored).toMatchObject({ checkoutCountries: { FR: 'never', US: 'earlier-buyer', CH: 'never' } });
});

it('writes in the languages the owner uses', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('settings');
  await app.getByRole('checkbox', { name: 'English' }).uncheck();
  await app.getByLabel('Whoever reads another language gets').selectOption('en');
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await app.getByText('Your e-mails do not go out in this language.').waitFor();
  await app.getByLabel('Whoever reads another language gets').selectOption('fr');
  await bar.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await settings()).toMatchObject({ languages: { use: ['fr'], fallback: 'fr' } });
  expect(complaints).toEqual([]);
});

it('counts orders for as long as the owner says, thirty days at most, and reads birth dates where they are', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('settings');
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await app.getByLabel('An order counts for an e-mail clicked').fill('31');
  await app.getByText('Another customer metafield').click();
  await app.getByLabel('Metafield', { exact: true }).fill('birthday');
  await bar.getByRole('button', { name: 'Save' }).click();
  await app.getByText('Choose a number from 1 to 30.').waitFor();
  await app.getByText('Write the namespace and the key').waitFor();
  await app.getByLabel('An order counts for an e-mail clicked').fill('12');
  await app.getByLabel('Metafield', { exact: true }).fill('loyalty.born');
  await bar.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await settings()).toMatchObject({
    attributionDays: 12,
    birthDateFrom: { from: 'metafield', key: 'loyalty.born' },
  });
  expect(complaints).toEqual([]);
});

const looks = (['en', 'fr'] as const).flatMap((language) =>
  [DESKTOP, PHONE].map((viewport) => ({ language, viewport, at: `${language}-${viewport.width}` })),
);

it.each(looks)('can be read and used by everybody with every group open ($at)', async ({ language, viewport }) => {
  const { app, visit, barriers, overflow, complaints } = await openAdmin(store, { language, viewport });
  await visit('settings');
  await app.getByRole('checkbox', { name: 'Équipe' }).waitFor();
  await app.getByRole('button', { name: /^(Country by country|Pays par pays)/ }).click();
  await app.getByLabel(/, (France)$/).waitFor();
  expect(await barriers()).toEqual([]);
  expect(await overflow()).toBe(0);
  expect(complaints).toEqual([]);
});
