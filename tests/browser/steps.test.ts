/** A scenario's steps as a map: added, moved, removed, undone, kept as a draft, live once saved, restored; two windows lose nothing. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { type AdminWindow, eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'steps', name: 'Maison Tilleul', locale: 'en' });
  await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  await store.install();
  await world.settle();
});

const saveBar = ({ page }: AdminWindow) => page.getByRole('region', { name: 'Unsaved changes' });
const map = ({ app }: AdminWindow) => app.locator('.step-map');
const panel = ({ app }: AdminWindow) => app.locator('.step-panel');
const step = (window: AdminWindow, name: string | RegExp) => map(window).getByRole('button', { name });
/** What the map shows, in reading order. */
const steps = async (window: AdminWindow) =>
  (await map(window).locator('.step-node').allInnerTexts()).map((text) => text.split('\n')[0]);
const WELCOME = ['E-mail 1', 'Wait 2 days', 'Go on', 'E-mail 2', 'Wait 3 days', 'Go on', 'E-mail 3'];
const shows = (window: AdminWindow, expected: string[]) =>
  eventually(async () => (await steps(window)).map((text) => text?.replace(/^Go on.*/, 'Go on')), expected);
const drafts = async () => (await store.ask('select 1 from scenario_drafts')).length;
const versions = async () =>
  (await store.ask<{ changes: { what: string }[] }>('select changes from scenario_saves order by revision')).map(
    ({ changes }) => changes.map(({ what }) => what),
  );

async function save(window: AdminWindow) {
  await saveBar(window).getByRole('button', { name: 'Save' }).click();
  await saveBar(window).waitFor({ state: 'hidden' });
}

it('adds an e-mail with its wait, moves and removes steps, and undoes each', async () => {
  const window = await openAdmin(store);
  const { app, page, complaints } = window;
  await window.visit('scenarios/welcome');
  await shows(window, WELCOME);
  await app.getByRole('button', { name: 'Add a step after “E-mail 3”' }).click();
  await app.getByRole('menuitem', { name: /A copy of e-mail 2/ }).click();
  await shows(window, [...WELCOME, 'Wait 1 day', 'E-mail 4']);
  await panel(window).getByRole('button', { name: 'Earlier' }).click();
  await shows(window, [...WELCOME, 'E-mail 4', 'Wait 1 day']);
  // What is wrong is said at the step, in the map and beside it.
  await map(window).getByText('Two e-mails at once. Put a wait before this one.').waitFor();
  await map(window).getByText('No e-mail follows this wait. Add one, or remove the wait.').waitFor();
  await page.keyboard.press('Control+z');
  await shows(window, [...WELCOME, 'Wait 1 day', 'E-mail 4']);
  await app.getByRole('button', { name: 'Undo (Ctrl+Z)' }).click();
  await shows(window, WELCOME);
  await saveBar(window).waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+Shift+z');
  await shows(window, [...WELCOME, 'Wait 1 day', 'E-mail 4']);
  await step(window, 'Wait 1 day').click();
  // Typed in one go, it is undone in one go.
  await app.getByLabel('Delay', { exact: true }).press('End');
  await app.getByLabel('Delay', { exact: true }).pressSequentially('23');
  await step(window, 'Wait 123 days').waitFor();
  await map(window).getByText('Choose 60 days or fewer.').waitFor();
  await page.keyboard.press('Control+z');
  await step(window, 'Wait 1 day').waitFor();
  await step(window, 'Wait 2 days').click();
  await panel(window).getByRole('button', { name: 'Remove' }).click();
  await shows(window, ['E-mail 1', 'Go on', 'E-mail 2', 'Wait 3 days', 'Go on', 'E-mail 3', 'Wait 1 day', 'E-mail 4']);
  await map(window).getByText('Two e-mails at once.').waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await shows(window, [...WELCOME, 'Wait 1 day', 'E-mail 4']);
  await eventually(drafts, 1);
  expect(await window.barriers()).toEqual([]);
  expect(complaints).toEqual([]);
});

it('opens with the kept draft anywhere, says so in the lists, and makes it live', async () => {
  const window = await openAdmin(store, { viewport: PHONE });
  const { app, complaints } = window;
  await window.visit('scenarios');
  await app.getByText(/^Changes of .* are not live yet\./).waitFor();
  await window.visit('scenarios/welcome');
  await app.getByText(/^Your changes of .* are not live yet$/).waitFor();
  await shows(window, [...WELCOME, 'Wait 1 day', 'E-mail 4']);
  await step(window, /^E-mail 4/).click();
  await panel(window).getByRole('button', { name: 'Edit the e-mail' }).waitFor();
  expect(await window.overflow()).toBe(0);
  expect(await window.barriers()).toEqual([]);
  await save(window);
  await eventually(drafts, 0);
  expect(await versions()).toEqual([['steps-added']]);
  await window.visit('scenarios/welcome');
  await shows(window, [...WELCOME, 'Wait 1 day', 'E-mail 4']);
  expect(complaints).toEqual([]);
});

it('shows an earlier version and restores it', async () => {
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/welcome');
  await app.getByRole('button', { name: 'Go back to the scenario Relance came with' }).click();
  await shows(window, WELCOME);
  await save(window);
  await app.getByRole('button', { name: 'Earlier versions' }).click();
  await app.getByText('2 steps removed').waitFor();
  await app.getByRole('button', { name: 'Look at the version of' }).first().click();
  await app.getByText('You are only looking.').waitFor();
  await eventually(async () => (await steps(window)).length, 9);
  await app.getByRole('button', { name: 'Restore this version' }).click();
  await shows(window, [...WELCOME, 'Wait 1 day', 'E-mail 4']);
  await save(window);
  expect(await versions()).toEqual([['steps-added'], ['steps-removed'], ['steps-added']]);
  expect(complaints).toEqual([]);
});

it('reads the earlier versions while the preview asks for another e-mail', async () => {
  const window = await openAdmin(store);
  const { app, page, complaints } = window;
  await window.visit('scenarios/welcome');
  const inFrench = page.waitForResponse(/scenarios\/welcome\/preview/);
  await page.route(/versions/, async (route) => {
    await inFrench;
    await route.continue();
  });
  await app.getByRole('button', { name: 'Earlier versions' }).click();
  await app.getByLabel('Language').selectOption('fr');
  await app.getByText('2 steps removed').waitFor();
  expect(complaints).toEqual([]);
});

it('loses nothing where two windows edit', async () => {
  const [one, other] = [await openAdmin(store), await openAdmin(store)];
  for (const window of [one, other]) await window.visit('scenarios/welcome');
  await step(one, 'Wait 1 day').click();
  await one.app.getByLabel('Delay', { exact: true }).fill('5');
  await eventually(drafts, 1);
  await step(other, 'Wait 1 day').click();
  await other.app.getByLabel('Delay', { exact: true }).fill('6');
  await other.app.getByText(/^This scenario is being changed in another window/).waitFor();
  await save(one);
  await saveBar(other).getByRole('button', { name: 'Save' }).click();
  await other.app.getByText(/^This scenario was saved elsewhere on/).waitFor();
  await step(other, 'Wait 6 days').waitFor();
  await other.app.getByRole('button', { name: 'Make mine live' }).click();
  await saveBar(other).waitFor({ state: 'hidden' });
  expect((await versions()).slice(-2)).toEqual([['delays'], ['delays']]);
  await eventually(drafts, 0);
  expect([...one.complaints, ...other.complaints]).toEqual([]);
});
