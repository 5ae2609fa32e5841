/** What the owner sees when e-mails are called spam, and on a new sender domain: why, for how long, and the way back. */
import { beforeAll, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Store, switchOn } from '../harness/store';
import { courseOf, only } from '../stories/course';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;
let waiting: Shopper;

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'reputation', locale: 'fr', name: 'Maison Tilleul' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome');
}, 60_000);

const stranger = (name: string) =>
  store.stranger({ email: `${name}@${store.domain.replace('.myshopify.com', '.example')}`, locale: 'fr' });
const paceOf = async () =>
  (await store.ask<{ mailPace: string }>('select mail_pace from shops where shop_id = current_shop_id()'))[0]?.mailPace;

async function complain(shopper: Shopper): Promise<void> {
  await shopper.subscribe();
  await world.settle();
  await world.mailbox.reportSpam(only(await shopper.mails()));
  await world.settle();
}

it('says that sending is slowed after one complaint, and that it stops at more', async () => {
  await complain(stranger('ana'));
  expect(await paceOf()).toBe('slow');
  const { app, visit, complaints, barriers } = await openAdmin(store);
  await visit();
  await app.getByText('Sending is slowed: customers mark your e-mails as spam').waitFor();
  await app
    .getByText(/Among your last e-mails \(1\), one was marked as spam\. Up to 60 e-mails an hour go out/)
    .waitFor();
  expect(await barriers()).toEqual([]);
  expect(complaints).toEqual([]);
});

it('stops at the second, keeps what is due, and names the reason in the customer’s history', async () => {
  await complain(stranger('bo'));
  expect(await paceOf()).toBe('stopped');
  waiting = stranger('cleo');
  await waiting.subscribe();
  await world.settle();
  expect(await courseOf(waiting)).toEqual(['hello put-off: sending-stopped']);
  expect(await waiting.mails()).toEqual([]);
  const { app, visit, complaints } = await openAdmin(store);
  await visit(`customers/${waiting.id()}`);
  await app
    .getByText(/Sending is stopped: too many of your last e-mails came back or were marked as spam/)
    .first()
    .waitFor();
  await visit('scenarios');
  await app.getByText('On, but sending is stopped').waitFor();
  expect(complaints).toEqual([]);
});

it.each(['fr', 'en'] as const)('tells it in %s within any window', async (language) => {
  for (const viewport of [DESKTOP, PHONE]) {
    const { app, visit, overflow } = await openAdmin(store, { language, viewport });
    await visit();
    await app
      .getByRole('heading', {
        name:
          language === 'fr'
            ? /L’envoi est arrêté.: des clients signalent vos e-mails comme indésirables/
            : 'Sending is stopped: customers mark your e-mails as spam',
      })
      .waitFor();
    expect(await overflow()).toBe(0);
    expect(await app.locator('body').textContent()).not.toMatch(/\bhome\.[a-z]|\{\{|undefined|NaN|Invalid/);
  }
});

it('goes on slowly when the owner says so, with what waited', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit();
  await app.getByText('One e-mail waits; if its time passes meanwhile, it is not sent.').waitFor();
  await app.getByRole('button', { name: 'Go on slowly' }).click();
  await page.getByText('Sending goes on slowly', { exact: true }).waitFor();
  await app.getByRole('heading', { name: 'Sending goes on slowly after the stop' }).waitFor();
  await eventually(async () => (await waiting.mails()).length, 1);
  expect(complaints).toEqual([]);
  await world.advance('25h');
  await eventually(paceOf, 'full');
});

it('says how much a new sender domain may send today', async () => {
  await store.ask(
    `with chosen as (
      update shops set settings = settings || '{"senderEmail":"bonjour@tilleul.example"}' where shop_id = current_shop_id())
    insert into sender_domains (shop_id, domain, chosen_at) values (current_shop_id(), 'tilleul.example', now())`,
  );
  const { app, visit, complaints } = await openAdmin(store);
  for (const path of ['', 'scenarios/welcome', 'settings']) {
    await visit(path);
    await app
      .getByText(/tilleul\.example is new to mail providers: up to 200 e-mails go out from it on the first day/)
      .waitFor();
  }
  const french = await openAdmin(store, { language: 'fr', viewport: PHONE });
  await french.visit('settings');
  await french.app.getByText(/tilleul\.example est nouveau pour les messageries/).waitFor();
  await store.ask(
    `update sender_domains set first_sent_at = now() - interval '90 days', last_sent_at = now() - interval '40 days'
    where shop_id = current_shop_id()`,
  );
  await french.visit('settings');
  await french.app.getByText(/Rien n’est parti de votre domaine d’envoi tilleul\.example pendant 30.jours/).waitFor();
  expect(await french.overflow()).toBe(0);
  expect([...complaints, ...french.complaints]).toEqual([]);
});

it('writes to confirmed subscribers alone where the owner ticks it', async () => {
  const { page, app, visit } = await openAdmin(store);
  await store.ask("update shops set settings = '{}' where shop_id = current_shop_id()");
  await visit('settings');
  await app.getByRole('checkbox', { name: 'Only subscribers who confirmed by e-mail (double opt-in)' }).check();
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const plain = stranger('dora');
  await plain.subscribe();
  await world.settle();
  expect(await plain.mails()).toEqual([]);
  await plain.confirm();
  await world.settle();
  expect(only(await plain.mails()).to).toBe(plain.email);
});
