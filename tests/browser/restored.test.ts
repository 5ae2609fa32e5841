/** After a restore from a copy: the owner sees on the overview what is held, reads what is missing and says what becomes of it. */
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'restored' });
  await store.install();
  await store.admin.switchScenario('welcome', true);
  for (const name of ['odile', 'paul'])
    await store.shopper({ email: `${name}@example.com`, firstName: name, subscribedAt: world.now().toISOString() });
  await world.settle();
  // As `npm run restored` leaves them; that speaks to every shop, and wants no worker beside it.
  const now = world.now().toISOString();
  const hourAgo = new Date(world.now().getTime() - 3_600_000).toISOString();
  await store.ask('update shops set restored_from = $1, restored_until = $2', [hourAgo, now]);
  await store.ask(
    `update messages set status = 'unsettled', reason = 'restored-from-copy', sent_at = null, handed_over_at = $1`,
    [now],
  );
});

it.each([DESKTOP, PHONE])('the page can be read and used in a window %o', async (viewport) => {
  const window = await openAdmin(store, { language: 'fr', viewport });
  await window.visit('restored');
  await window.app.getByText('2 e-mails sont retenus').waitFor();
  expect([await window.overflow(), await window.barriers()]).toEqual([0, []]);
  expect(window.complaints).toEqual([]);
});

it('the owner goes from the overview to the e-mails that are held, and has nothing sent', async () => {
  const { app, visit, complaints } = await openAdmin(store);
  await visit();
  await app.getByText('Relance’s data was restored from a copy').waitFor();
  await app.getByText('2 e-mails may have gone out in that time').waitFor();
  await app.getByRole('link', { name: 'See what is missing' }).click();
  await app.getByText('2 e-mails are held').waitFor();
  await app.getByRole('button', { name: 'Do not send them' }).click();
  await app.getByText('No e-mail is held any more.').waitFor();
  const rows = await store.messages();
  expect(rows.map(({ status, reason }) => [status, reason])).toEqual([
    ['unknown', 'kept-back-by-owner'],
    ['unknown', 'kept-back-by-owner'],
  ]);
  await visit();
  await app.getByText('check your switches and settings').waitFor();
  expect(complaints).toEqual([]);
});
