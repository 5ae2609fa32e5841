/** The sender domain: the owner names it, copies its records, sees what is found of them and what goes missing, and lets go of it. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { type AdminWindow, DESKTOP, eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;
let domain: string;

beforeAll(async () => {
  store = await world.openStore({ handle: 'domain', name: 'Maison Tilleul' });
  domain = store.domain.replace('.myshopify.com', '.example');
  await store.install();
  await world.settle();
});

const enter = (body: object) => world.sandbox.post('/control/api/sendgrid/dns', { domain, ...body });
const look = async ({ app }: AdminWindow) => app.getByRole('button', { name: 'Check now' }).click();
const senderEmail = async () =>
  (
    await store.ask<{ email: string | null }>(
      "select settings->>'senderEmail' as email from shops where shop_id = current_shop_id()",
    )
  )[0]?.email ?? null;

it('says beside the field why a domain is not taken, and takes one that is', async () => {
  const window = await openAdmin(store);
  const { app, visit, complaints, barriers } = window;
  await visit('settings');
  await app.getByRole('link', { name: 'Connect your own domain' }).click();
  await app.getByRole('heading', { name: 'Sender domain' }).waitFor();
  await app.getByText(/up to 200 a day for yours/).waitFor();
  expect(await app.getByText(/cannot|Write a domain/).count()).toBe(0);
  await app.getByLabel('Your domain').fill('tilleul@gmail.com');
  await app.getByRole('button', { name: 'Connect the domain' }).click();
  await app.getByText(/nobody else may send in its name/).waitFor();
  expect(await barriers()).toEqual([]);
  await app.getByLabel('Your domain').fill(`https://www.${domain}/`);
  await app.getByLabel('E-mails come from').fill('bonjour');
  await app.getByLabel('E-mails come from').press('Enter');
  await app.getByText('Waiting for your records').waitFor();
  await app.getByText(new RegExp(`come from bonjour@${domain} from then on`)).waitFor();
  expect(await app.getByText('Not found yet').count()).toBe(3);
  expect(await barriers()).toEqual([]);
  expect(complaints).toEqual([]);
});

it('copies a record, and says what is found of them', async () => {
  const window = await openAdmin(store);
  const { page, app, visit, complaints } = window;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit('settings/domain');
  const name = `rln._domainkey.${domain}`;
  await app.getByRole('button', { name: `Copy the name ${name}` }).click();
  await app.getByRole('button', { name: 'Copied' }).waitFor();
  await eventually(() => page.evaluate(() => navigator.clipboard.readText()), name);
  await enter({ appear: 'wrong', txt: { [`_dmarc.${domain}`]: 'v=DMARC1; p=quarantine' } });
  await look(window);
  await app.getByText('There stands: parking.example').first().waitFor();
  await app.getByText(/to put e-mails that are not proven into spam/).waitFor();
  expect(await senderEmail()).toBeNull();
  await enter({ appear: ['mail_cname', 'dkim1', 'dkim2'] });
  await look(window);
  await app.getByText('Connected', { exact: true }).waitFor();
  await app.getByText(new RegExp(`Your e-mails come from bonjour@${domain}\\.`)).waitFor();
  expect(await senderEmail()).toBe(`bonjour@${domain}`);
  expect(complaints).toEqual([]);
});

it.each(['fr', 'en'] as const)('fits every window in %s', async (language) => {
  for (const viewport of [DESKTOP, PHONE]) {
    const { app, visit, overflow, barriers } = await openAdmin(store, { language, viewport });
    await visit('settings/domain');
    expect([await overflow(), await barriers()]).toEqual([0, []]);
    expect(await app.locator('body').textContent()).not.toMatch(/\bdomain\.[a-z]+\.|\{\{|undefined|NaN|Invalid/);
  }
});

it('tells on Home and on its page that records are gone, once a second look has found so', async () => {
  await enter({ appear: ['mail_cname'] });
  const window = await openAdmin(store);
  const { app, visit, complaints } = window;
  await visit('settings/domain');
  await look(window);
  await app.getByText(/the last look did not find every record/).waitFor();
  await world.advance('15min');
  await eventually(
    async () => (await store.ask<{ status: string }>('select status from authenticated_domains'))[0]?.status,
    'broken',
  );
  await visit('');
  await app.getByRole('heading', { name: `DNS records of ${domain} are missing` }).waitFor();
  await app.getByRole('link', { name: 'See which records' }).click();
  await app.getByText('Records missing').waitFor();
  await app.getByText(/up to 200 a day for yours/).waitFor();
  expect(complaints).toEqual([]);
});

it('lets go of the domain once asked again', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('settings/domain');
  await app.getByRole('button', { name: 'Remove the domain' }).click();
  await app.getByRole('heading', { name: `Remove ${domain}?` }).waitFor();
  await app.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Domain removed', { exact: true }).waitFor();
  await app.getByRole('button', { name: 'Connect the domain' }).waitFor();
  expect(await senderEmail()).toBeNull();
  expect(complaints).toEqual([]);
});
