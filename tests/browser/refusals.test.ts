/** An owner who comes from another product brings the people who must not get e-mails: sees what is in the file, says yes, and it holds. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'refusals' });
  const early = daysAgo(90).toISOString();
  await store.shopper({ email: 'odile@example.com', firstName: 'Odile', subscribedAt: early });
  await store.install();
  await world.settle();
});

function daysAgo(days: number): Date {
  return new Date(world.now().getTime() - days * 86_400_000);
}

const file = (text: string, name = 'export.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const CSV = [
  'Email,Klaviyo ID,Email Marketing Consent,Email Marketing Consent Timestamp,Email Suppressions',
  // After she subscribed, however far the tests before this one moved the clock.
  `ODILE@example.com,01H,UNSUBSCRIBED,${daysAgo(20).toISOString().slice(0, 19).replace('T', ' ')},`,
  'dead@example.com,01J,SUBSCRIBED,2026-01-01 09:00:00,HARD_BOUNCE',
  'fine@example.com,01K,SUBSCRIBED,2026-01-01 09:00:00,',
].join('\n');

it('a wrong file is refused with what is wrong, beside where it was chosen', async () => {
  const { app, visit, complaints } = await openAdmin(store);
  await visit('settings/refusals');
  await app.locator('input[type=file]').setInputFiles(file('Name,Phone\nOdile,1'));
  await app.getByText('The file has these columns: Name, Phone.').waitFor();
  await app.locator('input[type=file]').setInputFiles(file('PK\u0003\u0004', 'list.xlsx'));
  await app.getByText('This is not a CSV file.').waitFor();
  expect(complaints).toEqual([]);
});

it.each([DESKTOP, PHONE])('what is in the file is shown in a window %o before anything is taken', async (viewport) => {
  const window = await openAdmin(store, { language: 'fr', viewport });
  const { app, visit } = window;
  await visit('settings/refusals');
  await app.locator('input[type=file]').setInputFiles(file(CSV));
  await app.getByText('Ce que contient le fichier').waitFor();
  await app.getByText('export.csv, de Klaviyo').waitFor();
  await app.getByText('odile@example.com').waitFor();
  await app.getByText('Ignorées : ne se sont pas désinscrites').waitFor();
  expect([await window.overflow(), await window.barriers()]).toEqual([0, []]);
  await app.getByRole('button', { name: 'Choisir un autre fichier' }).click();
  await app.getByText('Apporter une liste').waitFor();
  expect(window.complaints).toEqual([]);
});

it('once imported it holds here and in Shopify, and what came of it can be read', async () => {
  const window = await openAdmin(store);
  const { app, visit, complaints } = window;
  await visit('settings/refusals');
  await app.locator('input[type=file]').setInputFiles(file(CSV));
  await app.getByRole('button', { name: 'Import 2 addresses' }).click();
  await world.settle();
  await app
    .getByText('1 customer gets no e-mails from now on, 1 address of nobody in your store is remembered.', {
      exact: false,
    })
    .waitFor();
  await world.settle();
  const consent = () =>
    store.ask<{ consentState: string }>("select consent_state from customers where email_key = 'odile@example.com'");
  await eventually(async () => (await consent())[0]?.consentState, 'unsubscribed');
  expect([await window.overflow(), await window.barriers()]).toEqual([0, []]);
  expect(complaints).toEqual([]);
});

it('a list of addresses alone asks what they are', async () => {
  const { app, visit, complaints } = await openAdmin(store);
  await visit('settings/refusals');
  await app.locator('input[type=file]').setInputFiles(file('someone@example.com\nelse@example.com'));
  await app.getByText('The file holds addresses only.').waitFor();
  await app.getByText('Reported as spam').click();
  await app.getByRole('button', { name: 'Import 2 addresses' }).click();
  await world.settle();
  await app.getByText('2 addresses of nobody in your store are remembered.', { exact: false }).waitFor();
  expect(complaints).toEqual([]);
});

it('the settings lead there', async () => {
  const { app, visit } = await openAdmin(store);
  await visit('settings');
  await app.getByRole('link', { name: 'Import a list' }).click();
  await app.getByRole('heading', { name: 'People who must not get e-mails' }).first().waitFor();
});
