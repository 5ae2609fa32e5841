/** One click switches a scenario on, one click takes it back. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { eventually, openAdmin } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'switches', name: 'Maison Tilleul' });
  await store.shopper({ email: 'new@example.com', subscribedAt: world.now().toISOString() });
  await store.install();
  await world.settle();
});

const switchedOn = async () =>
  (
    await store.ask<{ scenario: string }>(
      'select scenario from scenario_settings where shop_id = current_shop_id() and enabled order by 1',
    )
  ).map((row) => row.scenario);

it('switches on at once, without a question, and off again by Undo', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('scenarios');
  await app.getByText('In the last 30 days one person subscribed; one of them may be e-mailed.').waitFor();
  await app.getByRole('switch', { name: 'Switch on “Welcome”' }).click();
  await page.getByText('“Welcome” is on').waitFor();
  await eventually(switchedOn, ['welcome']);
  await app.getByRole('switch', { name: 'Switch off “Welcome”' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('“Welcome” is off').waitFor();
  await eventually(switchedOn, []);
  expect(complaints).toEqual([]);
});

it('says on the overview whom each concerns once that was asked, and goes without where it cannot be', async () => {
  const { page, app, visit } = await openAdmin(store);
  let asked = 0;
  await page.route('**/app/audiences', async (route) => {
    asked += 1;
    if (asked === 1) await route.abort();
    else await route.continue();
  });
  await visit();
  await app.getByText('Nothing sent in 30 days').first().waitFor();
  await visit();
  await app.getByText('In the last 30 days one person subscribed; one of them may be e-mailed.').waitFor();
  expect(asked).toBe(2);
});

it('says on the list whom each concerns once that was counted, and goes without where it cannot be', async () => {
  const { page, app, visit } = await openAdmin(store);
  const sentence = app.getByText('In the last 30 days one person subscribed; one of them may be e-mailed.');
  await page.route('**/app/audiences', (route) => route.abort(), { times: 1 });
  await visit('scenarios');
  await app.getByText('It writes to people who subscribe from now on').waitFor();
  await eventually(() => app.locator('.sentence-to-come').count(), 0);
  expect(await sentence.count()).toBe(0);
  await visit('scenarios');
  await sentence.waitFor();
});

it('pauses everything from the overview, and resumes', async () => {
  await store.admin.switchScenario('abandoned-checkout', true);
  const { app, visit, complaints } = await openAdmin(store);
  await visit();
  await app.getByRole('button', { name: 'Pause everything' }).click();
  await app.getByText('Everything is paused since').waitFor();
  await app.getByText('On, but everything is paused').first().waitFor();
  await app.getByRole('button', { name: 'Resume sending' }).click();
  await app.getByRole('button', { name: 'Pause everything' }).waitFor();
  expect(complaints).toEqual([]);
});

it('goes on at the title after a change of page, and back again', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('scenarios');
  const open = app.getByRole('link', { name: 'See and edit' }).first();
  await open.focus();
  await page.keyboard.press('Enter');
  const focused = () => app.locator(':focus').evaluate((place) => `${place.localName} ${place.textContent}`);
  await app.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();
  await eventually(focused, 'h1 Welcome');
  // What is written next to it comes next: the way back stands before the title.
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await app.getByRole('heading', { name: 'Scenarios', level: 1 }).waitFor();
  await eventually(focused, 'h1 Scenarios');
  expect(complaints).toEqual([]);
});
