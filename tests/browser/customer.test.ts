/** One customer: what comes next, why what happened happened, and stopping it. */
import { beforeAll, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { eventually, openAdmin } from './admin-window';

const world = await enterWorld();
let store: Store;
let shopper: Shopper;

beforeAll(async () => {
  store = await world.openStore({ handle: 'customer', name: 'Maison Tilleul' });
  const lamp = await store.stock({ title: 'Lampe', price: '80' });
  await store.install();
  await store.admin.switchScenario('welcome', true);
  await store.admin.switchScenario('abandoned-checkout', true);
  shopper = await store.shopper({ email: 'zoe@mail.example', firstName: 'Zoé' });
  await shopper.subscribe();
  await shopper.abandon([lamp]);
  await world.settle();
});

const enrollments = async () =>
  (
    await store.ask<{ scenario: string; status: string; endReason: string | null }>(
      'select scenario, status, end_reason from enrollments where shop_id = current_shop_id() order by scenario',
    )
  ).map((row) => [row.scenario, row.status, row.endReason]);

it('is found by the beginning of a name in any case and without its accent', async () => {
  const { app, visit, complaints } = await openAdmin(store);
  await visit('customers');
  await app.getByLabel('Search by name or e-mail address').fill('ZOE');
  await app.getByText('zoe@mail.example').click();
  await app.getByRole('heading', { name: 'Zoé' }).waitFor();
  expect(complaints).toEqual([]);
});

it('shows what comes next, with its planned moment', async () => {
  const { app, visit, complaints } = await openAdmin(store);
  await visit(`customers/${shopper.id()}`);
  await app.getByRole('heading', { name: 'What comes next' }).waitFor();
  await app.getByText(/^E-mail 1: planned for /).waitFor();
  await app.getByText('“Abandoned cart” began').waitFor();
  expect(complaints).toEqual([]);
});

it('says of every scenario why they get it or not, in both languages', async () => {
  const { app, visit, complaints, barriers } = await openAdmin(store);
  await visit(`customers/${shopper.id()}`);
  const why = app.getByRole('region', { name: 'What they get or not, and why' });
  const line = async (scenario: string) => {
    const heading = why.getByRole('heading', { name: scenario, exact: true });
    return (await heading.locator('xpath=following-sibling::p').textContent()) ?? '';
  };
  expect(await line('Abandoned cart')).toMatch(
    /^They left a cart \d+ (minutes?|seconds?) ago\. Next e-mail planned for /,
  );
  expect(await line('Welcome')).toMatch(/^It is under way\. (.*\. )?Next e-mail planned for /);
  expect(await line('Birthday')).toBe('Their birth date is not known. The scenario is switched off.');
  expect(await line('Win back')).toBe(
    'They have never ordered, so they cannot have stopped. The scenario is switched off.',
  );
  expect(await line('VIP customers')).toMatch(
    /^They spent €0\.00 in twelve months\. Who is among the best 5% is counted at night.* The scenario is switched off\.$/,
  );
  expect(await barriers()).toEqual([]);
  expect(complaints).toEqual([]);
  const french = await openAdmin(store, { language: 'fr' });
  await french.visit(`customers/${shopper.id()}`);
  await french.app.getByText('Sa date de naissance n’est pas connue. Le scénario est désactivé.').waitFor();
});

it('stops one, after saying what that means, and leaves the other', async () => {
  const { page, app, visit, barriers, complaints } = await openAdmin(store);
  await visit(`customers/${shopper.id()}`);
  await app.getByRole('button', { name: 'Stop “Abandoned cart” for this person' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByText(/A new occasion may begin a scenario again/).waitFor();
  await dialog.getByText(/cannot be undone/).waitFor();
  expect(await barriers()).toEqual([]);
  await dialog.getByRole('button', { name: 'Let it run' }).click();
  expect((await enrollments())[0]).toEqual(['abandoned-checkout', 'active', null]);
  await app.getByRole('button', { name: 'Stop “Abandoned cart” for this person' }).click();
  await dialog.getByRole('button', { name: 'Stop it' }).click();
  await page.getByText('Stopped', { exact: true }).waitFor();
  await app.getByText('You stopped it for this person.', { exact: true }).waitFor();
  expect((await enrollments()).map(([scenario, status]) => [scenario, status])).toEqual([
    ['abandoned-checkout', 'ended'],
    ['welcome', 'active'],
  ]);
  expect(complaints).toEqual([]);
});

it('stops everything that is under way', async () => {
  const lamp = await store.stock({ title: 'Vase', price: '40' });
  await shopper.abandon([lamp]);
  await world.settle();
  const { app, visit, complaints } = await openAdmin(store);
  await visit(`customers/${shopper.id()}`);
  await app.getByRole('button', { name: 'Stop all' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Stop all' }).click();
  await app.getByText('Nothing is under way for this person.').waitFor();
  await eventually(enrollments, [
    ['abandoned-checkout', 'ended', 'stopped-by-owner'],
    ['abandoned-checkout', 'ended', 'stopped-by-owner'],
    ['welcome', 'ended', 'stopped-by-owner'],
  ]);
  expect(complaints).toEqual([]);
});

it('says how long before an order was placed that ended a scenario', async () => {
  const lamp = await store.stock({ title: 'Tabouret', price: '60' });
  await shopper.abandon([lamp]);
  await shopper.order([lamp]);
  await world.settle();
  const { app, visit, complaints } = await openAdmin(store);
  await visit(`customers/${shopper.id()}`);
  const why = app.getByRole('region', { name: 'What they get or not, and why' });
  await why
    .getByText(/Everything about the cart .* is done\. It ended on .*\. They ordered 1 minute before\./)
    .waitFor();
  await app.getByText('They ordered 1 minute before.', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});
