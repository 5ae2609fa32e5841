/** A store with one candle and shoppers who subscribed before the app came: what stories about rules begin with. */
import { DAY } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import type { StoreWish, World } from '../harness/world';

export interface Shop {
  store: Store;
  candle: Product;
  /** Somebody who subscribed long before Relance came. */
  subscriber(name: string, rest?: Partial<Parameters<Store['shopper']>[0]>): Promise<Shopper>;
}

export async function openShop(world: World, wish: StoreWish = {}): Promise<Shop> {
  const store = await world.openStore({ handle: 'rules', locale: 'fr', ...wish });
  const candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  const subscribedAt = new Date(world.now().getTime() - 30 * DAY).toISOString();
  return {
    store,
    candle,
    subscriber: (name, rest) => store.shopper({ email: `${name}@example.com`, locale: 'fr', subscribedAt, ...rest }),
  };
}

/** Installs the app and switches both scenarios on. */
export async function installIn(world: World, ...shops: Shop[]): Promise<void> {
  for (const { store } of shops) await store.install();
  await world.settle();
  for (const { store } of shops) await switchOn(store, 'welcome', 'abandoned-checkout');
}
