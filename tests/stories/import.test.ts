/** The import of a store's customers enrolls nobody, whatever is switched on while it runs: whoever is there already hears nothing of it. */
import { beforeAll, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let people: Shopper[];

const ago = (ms: number) => new Date(world.now().getTime() - ms).toISOString();
const started = async () => (await store.decisions()).filter(({ kind }) => kind !== 'not-enrolled');

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'filled', locale: 'fr' });
  const lamp: Product = await store.stock({ title: 'Lampe Aube', price: '160.00' });
  const person = (name: string, subscribedAt: string) =>
    store.shopper({ email: `${name}@example.com`, locale: 'fr', subscribedAt });
  const [justSubscribed, leftCart, lapsed, best, imported] = [
    await person('just-subscribed', ago(HOUR)),
    await person('left-cart', ago(300 * DAY)),
    await person('lapsed', ago(300 * DAY)),
    await person('best', ago(300 * DAY)),
    await person('list', ago(MINUTE)),
  ];
  await leftCart.abandon([lamp], { at: ago(10 * MINUTE) });
  await lapsed.order([lamp], { at: ago(61 * DAY) });
  for (const days of [50, 20, 1]) await best.order([lamp], { at: ago(days * DAY) });
  people = [justSubscribed, leftCart, lapsed, best, imported];
  await store.install();
  // Everything is on before the first customer has been read.
  await store.admin.saveScenario('vip', { audience: { by: 'spend', amount: '300.00' } });
  await switchOn(store, 'welcome', 'abandoned-checkout', 'birthday', 'win-back', 'vip');
  await world.settle();
}, 60_000);

it('brings everybody, and starts nothing for them, that day or the next', async () => {
  const known = await store.ask<{ email: string }>('select email from customers where shop_id = $1', [store.shopId()]);
  expect(known.map(({ email }) => email).toSorted()).toEqual(people.map(({ email }) => email).toSorted());
  await world.advance('30h');
  expect(await started()).toEqual([]);
  expect(await store.mails()).toEqual([]);
});

it('nor when all customers are read again', async () => {
  await store.admin.saveSettings({ birthDateFrom: { from: 'tag', prefix: 'born-' } });
  await world.settle();
  await world.advance('2h');
  expect(await started()).toEqual([]);
});

it('and whoever subscribes afterwards is welcomed', async () => {
  const fresh = store.stranger({ email: 'fresh@example.com', locale: 'fr' });
  await fresh.subscribe();
  await world.settle();
  expect(await fresh.mails()).toHaveLength(1);
  expect(await store.mails()).toHaveLength(1);
});
