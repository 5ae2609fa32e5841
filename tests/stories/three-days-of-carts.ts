/** Three days of one store with a cart for every way to leave one; `abandoned-checkout.test.ts` tells what became of each. */
import { addDuration, DAY, type Duration } from '../../app/lib/duration';
import type { Cart, Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import type { World } from '../harness/world';

const NAMES = [
  'camille',
  'paidAtOnce',
  'paidAfterOne',
  'paidAfterTwo',
  'otherDevice',
  'otherSpelling',
  'quietly',
  'removed',
  'emptied',
  'emptiedLater',
  'discarded',
  'busy',
  'halfGone',
  'allGone',
  'watcher',
  'twoCarts',
  'again',
  'otherAddress',
] as const;
type Name = (typeof NAMES)[number] | 'oliver' | 'stranger' | 'unsubscribed' | 'pending' | 'nameless';

export interface ThreeDays {
  store: Store;
  start: Date;
  people: Record<Name, Shopper>;
  /** A checkout that for two hours had no address. */
  phoneOnly: { id: string; enrolledBefore: boolean };
}

export async function playThreeDays(world: World): Promise<ThreeDays> {
  await world.advanceToTime('10:00');
  const store = await world.openStore({ handle: 'carts', name: 'Maison Tilleul', locale: 'fr' });
  const shelf = await fillShelf(store);
  const people = await invite(world, store);
  await store.install();
  await world.settle();
  await switchOn(store, 'abandoned-checkout');
  await people.unsubscribed.withdraw();
  await people.pending.subscribe({ pending: true });
  const start = world.now();
  return { store, start, people, phoneOnly: await play(world, { store, start, shelf, people }) };
}

type Shelf = Record<'candle' | 'bowl' | 'lamp' | 'vase' | 'mug', Product>;

async function fillShelf(store: Store): Promise<Shelf> {
  return {
    candle: await store.stock({ title: 'Bougie Tilleul', price: '29.00' }),
    bowl: await store.stock({ title: 'Bol Argile', price: '24.50', variants: ['Sable', 'Nuit'] }),
    lamp: await store.stock({ title: 'Lampe Aube', price: '119.00', stock: 3 }),
    vase: await store.stock({ title: 'Vase Brume', price: '64.00' }),
    mug: await store.stock({ title: 'Tasse Rosée', price: '18.00' }),
  };
}

async function invite(world: World, store: Store): Promise<ThreeDays['people']> {
  const people = {} as ThreeDays['people'];
  const subscribedAt = new Date(world.now().getTime() - 30 * DAY).toISOString();
  for (const name of NAMES) {
    const email = `${name.toLowerCase()}@example.com`;
    people[name] = await store.shopper({ email, firstName: name, locale: 'fr', subscribedAt });
  }
  people.oliver = await store.shopper({ email: 'oliver@example.com', firstName: 'Oliver', locale: 'en', subscribedAt });
  people.unsubscribed = await store.shopper({ email: 'unsubscribed@example.com', locale: 'fr', subscribedAt });
  for (const name of ['stranger', 'nameless', 'pending'] as const)
    people[name] = store.stranger({ email: `${name}@example.com`, locale: 'fr' });
  return people;
}

interface Stage {
  store: Store;
  start: Date;
  shelf: Shelf;
  people: ThreeDays['people'];
}

async function play(world: World, { store, start, shelf, people }: Stage): Promise<ThreeDays['phoneOnly']> {
  const later = (duration: Duration) => addDuration(start, duration);
  const { candle, bowl, lamp, vase, mug } = shelf;
  const carts: Record<string, Cart> = {};
  const plain = ['paidAtOnce', 'paidAfterOne', 'paidAfterTwo', 'otherDevice', 'otherSpelling', 'quietly'] as const;
  const more = [
    'emptied',
    'emptiedLater',
    'discarded',
    'busy',
    'stranger',
    'unsubscribed',
    'pending',
    'again',
    'otherAddress',
  ] as const;
  for (const name of [...plain, ...more]) carts[name] = await people[name].abandon([candle]);
  await people.camille.abandon([candle, [bowl, 2]]);
  await people.oliver.abandon([candle, [bowl, 2]]);
  carts.removed = await people.removed.abandon([candle, bowl]);
  await people.halfGone.abandon([candle, vase]);
  await people.allGone.abandon([vase]);
  await people.watcher.abandon([lamp, mug]);
  const { id: phoneOnly } = await store.act('startCheckout', {
    lines: [{ variantId: candle.variantId }],
    phone: '+33600000000',
  });
  await people.twoCarts.abandon([bowl]);
  await world.settle();
  await people.twoCarts.abandon([lamp]);
  await world.advanceTo(later('30min'));
  await carts.paidAtOnce?.pay();
  await store.act('updateCheckout', { id: carts.otherAddress?.id, email: 'gift-giver@example.com' });
  await carts.otherAddress?.pay();
  await carts.removed.change(bowl);
  await carts.emptied?.empty();
  await carts.discarded?.discard();
  await carts.busy?.change([candle, 3]);
  await store.act('deleteProduct', { id: vase.id });
  // Shopify's webhook for this one never comes: the last look has to ask.
  await store.act('payCheckout', { id: carts.quietly?.id, quiet: true });
  await world.advanceTo(later('2h'));
  const query = "select id from enrollments where subject->>'checkoutId' = $1";
  const enrolledBefore = (await store.ask(query, [phoneOnly])).length > 0;
  await people.nameless.subscribe();
  await store.act('updateCheckout', { id: phoneOnly, email: people.nameless.email });
  await carts.paidAfterOne?.pay();
  await people.otherDevice.order([candle]);
  await people.otherSpelling.order([candle], { email: 'OtherSpelling@Example.com', anonymous: true });
  await carts.emptiedLater?.empty();
  await store.act('setPrice', { variantId: lamp.variantId, price: '99.00', compareAtPrice: '119.00' });
  await store.act('setStock', { variantId: mug.variantId, quantity: 0 });
  await world.advanceTo(later('26h'));
  await carts.paidAfterTwo?.pay();
  await carts.again?.pay();
  await world.advanceTo(later('51h'));
  await people.again.abandon([lamp]);
  await world.advanceTo(later('53h'));
  return { id: phoneOnly, enrolledBefore };
}
