/** The preview of any day and for anybody, shared by a link that ends; and the overview's chart of what came of the e-mails. */
import { beforeAll, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Store, switchOn } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { type AdminWindow, eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;
let zoe: Shopper;

beforeAll(async () => {
  store = await world.openStore({ handle: 'shown', name: 'Maison Tilleul', locale: 'fr' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome');
  zoe = store.stranger({ email: 'zoe@example.com', firstName: 'Zoé', locale: 'fr' });
  await zoe.subscribe();
  await world.settle();
});

const mail = ({ app }: AdminWindow) => app.frameLocator('.mail-stage iframe');

it('shows an e-mail as of another day, and says what that changes', async () => {
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/welcome');
  await mail(window).getByText('MERCI-7K2P').first().waitFor();
  const lastDay = () => mail(window).locator('body').textContent();
  const today = await lastDay();
  await app.getByLabel('Sent on').fill('2031-05-01');
  await app.getByText('Prices, stock and the cart stay today’s.').waitFor();
  // A code of fourteen or thirty days ends in May of that year.
  await expect.poll(async () => (await lastDay())?.includes('mai'), { timeout: 5000 }).toBe(true);
  await app.getByRole('button', { name: 'Back to today' }).click();
  await eventually(lastDay, today);
  expect(complaints).toEqual([]);
});

it('says why the chosen customer would get it, or would not', async () => {
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/birthday');
  await app.getByText('Choose a customer above to see what brings them in').waitFor();
  const picker = app.getByRole('combobox', { name: 'As' });
  await picker.fill('zo');
  const zoe = app.getByRole('option', { name: /zoe@example.com/ });
  await zoe.waitFor();
  await picker.press('ArrowDown');
  await app.locator('input[aria-activedescendant]').waitFor();
  // What is gone is not named any more.
  await picker.fill('nobody-at-all');
  await zoe.waitFor({ state: 'detached' });
  await app.locator('input[aria-activedescendant]').waitFor({ state: 'detached' });
  await picker.fill('zo');
  await zoe.click();
  const why = app.getByRole('region', { name: 'Why would this person get it?' });
  await why.getByText('birth date').waitFor();
  await why.getByRole('link', { name: 'All about this customer' }).waitFor();
  expect(complaints).toEqual([]);
});

it('shares a preview by a link that opens without a login, until it is taken back', async () => {
  const window = await openAdmin(store);
  const { app, page, complaints } = window;
  await window.visit('scenarios/welcome');
  await mail(window).getByText('MERCI-7K2P').first().waitFor();
  await app.getByRole('button', { name: 'Share this preview' }).click();
  await app.getByRole('button', { name: 'Make a link' }).click();
  const address = app.getByLabel('Address of the link');
  await address.waitFor();
  expect(await window.barriers()).toEqual([]);
  const visitor = await page.context().newPage();
  await visitor.goto(await address.inputValue());
  await visitor.getByRole('heading', { name: 'Preview of an e-mail from Maison Tilleul' }).waitFor();
  await visitor.frameLocator('iframe').getByText('MERCI-7K2P').first().waitFor();
  await visitor.getByRole('link', { name: 'Text only' }).click();
  await visitor.locator('pre').getByText('MERCI-7K2P').first().waitFor();
  expect(complaints).toEqual([]);
  await app.getByRole('button', { name: 'Take back the link to “Welcome, E-mail 1”' }).click();
  await address.waitFor({ state: 'detached' });
  await visitor.reload();
  await visitor.getByText('This link was taken back').waitFor();
  // The visitor is told so by the answer's status too.
  expect(complaints.filter((complaint) => !complaint.includes('410'))).toEqual([]);
});

/** Whether the worker has looked and what the owner asked for is on. */
const isOn = async (key: string) =>
  (
    await store.ask<{ enabled: boolean }>(
      `select enabled from scenario_settings where shop_id = current_shop_id() and scenario = '${key}'`,
    )
  )[0]?.enabled ?? false;
const withButton = (url: string) => ({
  emails: {
    'win-back-1': {
      key: 'win-back-1',
      subject: { fr: 'Bonjour', en: 'Hello' },
      previewText: { fr: 'Du nouveau', en: 'News' },
      blocks: [
        { id: 'go', type: 'button', label: { fr: 'Voir', en: 'See' }, link: { to: 'url', url } },
        { id: 'end', type: 'footer' },
      ],
    },
  },
});

it('lets nobody switch on what has a broken link or one that leads inside, and shows where it is', async () => {
  await store.admin.saveScenario('win-back', withButton(`${store.url}/pages/no-such-page`));
  const window = await openAdmin(store);
  const { app, page, complaints } = window;
  await window.visit('scenarios/win-back');
  const card = app.getByRole('region', { name: 'Checks before sending' });
  await card.getByText('One thing to put right').waitFor();
  await app.getByRole('switch', { name: /Switch on/ }).click();
  await card.getByText('It was not switched on. Put these right first.').waitFor();
  await card.getByText(/This link leads to a page that is not there \(404\)/).waitFor();
  expect(await isOn('win-back')).toBe(false);
  expect(await window.barriers()).toEqual([]);
  await card.getByRole('button', { name: 'E-mail 1, block 1' }).click();
  await app.getByRole('button', { name: 'Back to the steps' }).waitFor();
  // The app's own door, which lies on this machine: whoever asks for it from outside is told nothing of it.
  await store.admin.saveScenario('win-back', withButton(`${world.stack.appUrl}/metrics`));
  await window.visit('scenarios/win-back');
  await card.getByText('One thing to put right').waitFor();
  await window.visit('scenarios');
  await app.getByRole('switch', { name: 'Switch on “Win back”' }).click();
  await app.getByText('This link leads to an address your customers cannot reach').waitFor();
  expect(await window.barriers()).toEqual([]);
  await store.admin.saveScenario('win-back', withButton(store.url));
  await window.visit('scenarios/win-back');
  await card.getByText('Nothing to put right').waitFor();
  await app.getByRole('switch', { name: /Switch on/ }).click();
  await page.getByText(/is on$/).waitFor();
  expect(await isOn('win-back')).toBe(true);
  expect(complaints).toEqual([]);
});

it('draws what the e-mails did, for eyes, keys and screen readers, and as a table', async () => {
  const window = await openAdmin(store, { viewport: PHONE });
  const { app, complaints } = window;
  await window.visit();
  const days = app.getByRole('slider', { name: 'Day' });
  await days.waitFor();
  expect(await days.getAttribute('aria-valuetext')).toMatch(/: one sent, none clicked, no order$/);
  await days.focus();
  await days.press('ArrowLeft');
  expect(await days.getAttribute('aria-valuetext')).toMatch(/: none sent, none clicked, no order$/);
  await app.getByRole('img', { name: 'Day by day' }).waitFor();
  expect(await window.barriers()).toEqual([]);
  await app.getByRole('button', { name: 'Show as table' }).click();
  await eventually(() => app.locator('.day-table tbody tr').count(), 30);
  expect(await app.locator('.day-table tfoot td').allInnerTexts()).toEqual(['1', '0', '0']);
  await app.getByRole('link', { name: 'Zoé' }).waitFor();
  expect(await window.barriers()).toEqual([]);
  expect(await window.overflow()).toBe(0);
  expect(complaints).toEqual([]);
});
