/** Prices as the shopper saw them: yen without decimals, dinar with three, a free gift, and what a cart in another currency costs now. */
import { beforeAll, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { only } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let people: Record<'yen' | 'dinar' | 'gift' | 'tourist', Shopper>;

const SUBSCRIBED_AT = '2026-01-15T10:00:00Z';

async function openShop(currency: string, price: string, timezone: string) {
  const store = await world.openStore({ handle: `money-${currency.toLowerCase()}`, currency, timezone, locale: 'en' });
  const vase = await store.stock({ title: 'Mist vase', price });
  const shopper = async (name: string, locale: string) =>
    store.shopper({ email: `${name}@example.com`, locale, subscribedAt: SUBSCRIBED_AT });
  return { store, vase, shopper };
}

async function installIn(store: Store): Promise<void> {
  await store.install();
  await world.settle();
  await switchOn(store, 'abandoned-checkout');
}

beforeAll(async () => {
  await world.advanceToTime('10:00');
  const japan = await openShop('JPY', '12800', 'Europe/Paris');
  const kuwait = await openShop('KWD', '12.345', 'Europe/Paris');
  const france = await openShop('EUR', '100.00', 'Europe/Paris');
  const gift: Product = await france.store.stock({ title: 'Free sample', price: '0.00' });
  people = {
    yen: await japan.shopper('yen', 'en'),
    dinar: await kuwait.shopper('dinar', 'fr'),
    gift: await france.shopper('gift', 'en'),
    tourist: await france.shopper('tourist', 'fr'),
  };
  for (const { store } of [japan, kuwait, france]) await installIn(store);
  await people.yen.abandon([[japan.vase, 2]]);
  await people.dinar.abandon([[kuwait.vase, 2]]);
  await people.gift.abandon([gift]);
  await people.tourist.abandon([france.vase], { presentmentCurrency: 'JPY', presentmentRate: 160 });
  await world.advance('62min');
}, 120_000);

it('yen have no decimals', async () => {
  const { text } = only(await people.yen.mails());
  expect(text).toContain('¥12,800');
  expect(text).toContain('¥25,600');
  expect(text).not.toContain('12,800.00');
});

it('dinar have three decimals', async () => {
  const { text } = only(await people.dinar.mails());
  expect(text).toMatch(/12,345\sKWD/);
  expect(text).toMatch(/24,690\sKWD/);
});

it('a free product is shown at zero', async () => {
  const { text } = only(await people.gift.mails());
  expect(text).toContain('Free sample');
  expect(text).toContain('€0.00');
});

it('a price seen in another currency stays in that currency', async () => {
  const { text } = only(await people.tourist.mails());
  expect(text).toMatch(/16\s000\s(¥|JPY)/);
  expect(text).not.toContain('100,00');
});
