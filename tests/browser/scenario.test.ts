/** A scenario’s page: the e-mails as a customer gets them, edits beside the preview, the save bar, a test to oneself. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { type AdminWindow, eventually, openAdmin } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'preview', name: 'Maison Tilleul', locale: 'fr' });
  const candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  const oliver = await store.shopper({
    email: 'oliver@example.com',
    firstName: 'Oliver',
    locale: 'en',
    subscribedAt: world.now().toISOString(),
  });
  await store.shopper({
    email: 'zoe@example.com',
    firstName: 'Zoé',
    locale: 'fr',
    subscribedAt: world.now().toISOString(),
  });
  await oliver.abandon([candle]);
  await store.install();
  await world.settle();
});

const mail = ({ app }: AdminWindow) => app.frameLocator('iframe');
/** One line of an e-mail that is being written, in English. */
const line = ({ app }: AdminWindow, name: string) =>
  app.getByRole('group', { name, exact: true }).getByLabel('English');
const saveBar = ({ page }: AdminWindow) => page.getByRole('region', { name: 'Unsaved changes' });
/** Opens a step of the map by what it says. */
const open = ({ app }: AdminWindow, name: string | RegExp) =>
  app.locator('.step-map').getByRole('button', { name }).click();
const panel = ({ app }: AdminWindow) => app.locator('.step-panel');
/** Ends writing an e-mail: in a small window it has taken the map's place. */
const close = ({ app }: AdminWindow) => app.getByRole('button', { name: 'Back to the steps' }).click();
/** So that the next test begins with what is live. */
const discard = async (window: AdminWindow) => {
  await saveBar(window).getByRole('button', { name: 'Discard' }).click();
  await window.page.getByRole('button', { name: 'Discard', exact: true }).last().click();
  await saveBar(window).waitFor({ state: 'hidden' });
  await eventually(async () => (await store.ask('select 1 from scenario_drafts')).length, 0);
};
const overlay = async () =>
  (
    await store.ask<{ overlay: { delays?: object; conditions?: object; emails?: object } }>(
      'select overlay from scenario_settings where shop_id = current_shop_id()',
    )
  )[0]?.overlay;

it('shows each e-mail as any customer would get it, found by name', async () => {
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/abandoned-checkout');
  await mail(window).getByText('Votre panier vous attend').first().waitFor();
  const as = app.getByRole('combobox', { name: 'As' });
  await as.click();
  await as.fill('oliv');
  await app.getByRole('option', { name: /oliver@example.com/ }).click();
  await mail(window).getByText('Bougie Tilleul').first().waitFor();
  await mail(window).getByText('Hello Oliver').waitFor();
  await open(window, /^E-mail 2/);
  await app.locator('.mail-head').getByText('Your cart is waiting').waitFor({ state: 'detached' });
  await app.getByRole('button', { name: 'Text only' }).click();
  await app.locator('pre').getByText('Bougie Tilleul').waitFor();
  expect(complaints).toEqual([]);
});

it('follows an edit while it is typed, and keeps it once it is saved', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/welcome');
  await open(window, /^E-mail 1/);
  await app.getByRole('button', { name: 'Edit the e-mail' }).click();
  await line(window, 'Subject').fill('Come in, {first_name|friend}');
  await app
    .locator('.mail-head')
    .getByText(/^Come in, /)
    .waitFor();
  await close(window);
  await open(window, 'Wait 2 days');
  await app.getByLabel('Delay', { exact: true }).fill('4');
  await app.getByText('4 days after the start').waitFor();
  await saveBar(window).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await eventually(async () => (await overlay())?.delays, { 'two-days': '4d' });
  await window.visit('scenarios/welcome');
  await app.getByText('Come in, friend').first().waitFor();
  await app.getByRole('button', { name: 'Wait 4 days' }).waitFor();
  expect(complaints).toEqual([]);
});

it('keeps another question of a check once it is saved, and forgets it when discarded', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/welcome');
  await app.locator('.step-check > button').first().click();
  const check = app.getByLabel('Go on only if');
  const asked = await check.inputValue();
  expect(asked).not.toBe('always');
  await check.selectOption({ label: 'nothing: always go on' });
  await discard(window);
  await eventually(() => check.inputValue(), asked);
  expect((await overlay())?.conditions ?? {}).toEqual({});
  await check.selectOption({ label: 'nothing: always go on' });
  await saveBar(window).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await window.visit('scenarios/welcome');
  await app.getByRole('button', { name: /nothing: always go on/ }).waitFor();
  expect(Object.values((await overlay())?.conditions ?? {})).toEqual(['always']);
  expect(complaints).toEqual([]);
});

it('says beside an e-mail that it became too large, and saves nothing of it', async () => {
  const before = await overlay();
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/welcome');
  await open(window, /^E-mail 2/);
  await app.getByRole('button', { name: 'Edit the e-mail' }).click();
  // Each sign is within the limit of its field, and becomes five in HTML.
  for (const block of ['Text', 'Columns']) {
    await app.locator('.block-head', { hasText: block }).first().click();
    for (const field of await app.locator('.rich-text:visible').all()) await field.fill('&'.repeat(3990));
  }
  await app.getByText(/Filled in, this e-mail is \d+ KB; beyond 90 KB Gmail hides its end/).waitFor();
  await saveBar(window).getByRole('button', { name: 'Save' }).click();
  await app.getByText('One field needs another look. Nothing was saved.').waitFor();
  expect(await overlay()).toEqual(before);
  await discard(window);
  expect(complaints).toEqual([]);
});

it('says what is wrong beside the field, saves nothing, and forgets it when discarded', async () => {
  const before = await overlay();
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/welcome');
  await open(window, 'Wait 3 days');
  await app.getByLabel('Delay', { exact: true }).fill('soon');
  await panel(window).getByText('Write a whole number.').waitFor();
  await app.getByLabel('Delay', { exact: true }).fill('5');
  await open(window, /^E-mail 2/);
  await app.getByRole('button', { name: 'Edit the e-mail' }).click();
  await line(window, 'Subject').fill('Hello {nobody}');
  await app.getByText('There is no variable {nobody}. Choose one from the list.').waitFor();
  await line(window, 'Preview text').fill('');
  await app.getByText('Write a text here.').waitFor();
  await saveBar(window).getByRole('button', { name: 'Save' }).click();
  await app.getByText('2 fields need another look. Nothing was saved.').waitFor();
  expect(await overlay()).toEqual(before);
  await discard(window);
  await app.getByText('There is no variable').waitFor({ state: 'detached' });
  await close(window);
  await app.getByRole('button', { name: 'Wait 3 days' }).waitFor();
  expect(complaints).toEqual([]);
});

it('sends the e-mail on the screen to the merchant, edits included', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/welcome');
  await open(window, /^E-mail 3/);
  await app.getByRole('button', { name: 'Edit the e-mail' }).click();
  await line(window, 'Subject').fill('A test of mine');
  await app.locator('.mail-head').getByText('A test of mine').waitFor();
  await app.getByLabel('Send a test to').fill('me at home');
  await app.getByRole('button', { name: 'Send a test' }).click();
  await app.getByText('Write a complete e-mail address.').waitFor();
  await app.getByLabel('Send a test to').fill('merchant@tilleul.example');
  await app.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The test is on its way to merchant@tilleul.example').waitFor();
  const subjects = async () => (await world.mailbox.list({ to: 'merchant@tilleul.example' })).map((one) => one.subject);
  await eventually(subjects, ['A test of mine']);
  await discard(window);
  expect(complaints).toEqual([]);
});

it('says beside the field when the hour’s tests are spent, and from when on there are more', async () => {
  const spent = `array_fill('${world.now().toISOString()}'::timestamptz, array[20])`;
  await store.ask(`update shops set tests_sent_at = ${spent} where shop_id = current_shop_id() returning shop_id`);
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/welcome');
  await app.getByLabel('Send a test to').fill('merchant@tilleul.example');
  await app.getByRole('button', { name: 'Send a test' }).click();
  await app.getByText(/^20 test e-mails an hour: try again at \d{1,2}:\d{2}\s[AP]M\.$/).waitFor();
  expect(complaints).toEqual([]);
});

it('lets nobody leave edits behind unasked', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/welcome');
  await open(window, 'Wait 3 days');
  await app.getByLabel('Delay', { exact: true }).fill('6');
  await saveBar(window).waitFor();
  await app
    .getByRole('button', { name: 'Scenarios' })
    .or(app.getByRole('link', { name: 'Scenarios' }))
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await app.getByRole('heading', { name: 'Welcome' }).waitFor();
  await page.getByRole('dialog').getByRole('button').last().click();
  await app.getByRole('heading', { name: 'Scenarios', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

it('answers an unknown scenario and another shop’s customer with a page that says so', async () => {
  const window = await openAdmin(store);
  await window.visit('scenarios/no-such-thing');
  await window.app.getByText('There is nothing at this address').waitFor();
  const other = await world.openStore({ handle: 'other' });
  await other.install();
  const stranger = await other.shopper({ email: 'stranger@example.com' });
  await world.settle();
  await window.visit(`customers/${stranger.id()}`);
  await window.app.getByText('There is nothing at this address').waitFor();
});
