/** From install to uninstall and back, and what no webhook told. */
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { courseOf } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();

const subscribedAt = () => new Date(world.now().getTime() - 30 * DAY).toISOString();
const daysAgo = (days: number) => new Date(world.now().getTime() - days * DAY).toISOString();

async function openShop(): Promise<{ store: Store; candle: Product }> {
  const store = await world.openStore({ handle: 'installation', locale: 'fr', name: 'Maison Tilleul' });
  return {
    store,
    candle: await store.stock({ title: 'Bougie Tilleul', price: '29.00', variants: ['Petite', 'Grande'] }),
  };
}

const countOf = async (store: Store, table: string) =>
  (await store.ask<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count;

describe('installing', () => {
  let store: Store;
  let buyer: Shopper;
  let leaver: Shopper;

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    const shop = await openShop();
    store = shop.store;
    buyer = await store.shopper({
      email: 'buyer@example.com',
      locale: 'en',
      tags: ['VIP'],
      subscribedAt: subscribedAt(),
    });
    leaver = await store.shopper({ email: 'leaver@example.com', subscribedAt: subscribedAt() });
    for (let i = 0; i < 30; i += 1) await store.shopper({ email: `customer-${i}@example.com` });
    await buyer.order([[shop.candle, 2]], { at: daysAgo(10) });
    await leaver.abandon([shop.candle], { at: daysAgo(0) });
    await store.install();
    await world.settle();
    await switchOn(store, 'welcome', 'abandoned-checkout');
    await world.advance('3h');
  }, 60_000);

  it('brings customers, products, variants, orders and open checkouts', async () => {
    expect(await countOf(store, 'customers')).toBe(32);
    expect(await countOf(store, 'products')).toBe(1);
    expect(await countOf(store, 'variants')).toBe(2);
    expect(await countOf(store, 'orders')).toBe(1);
    expect(await countOf(store, 'checkouts')).toBe(1);
  });

  it('keeps what matters of a customer', async () => {
    const [row] = await store.ask<object>('select * from customers where email = $1', ['buyer@example.com']);
    expect(row).toMatchObject({ locale: 'en', tags: ['VIP'], consentState: 'subscribed', ordersCount: 1 });
  });

  it('knows the store’s name, currency, time zone, language and address', async () => {
    const [row] = await store.ask<object>('select * from shops');
    expect(row).toMatchObject({
      name: 'Maison Tilleul',
      currency: 'EUR',
      timeZone: 'Europe/Paris',
      locale: 'fr',
      country: 'FR',
      url: store.url,
      address: { line1: '12 rue des Lilas', city: 'Paris' },
    });
  });

  it('starts nothing for what was there before', async () => {
    expect(await store.decisions()).toEqual([]);
    expect(await store.mails()).toEqual([]);
  });

  it('keeps no token readable', async () => {
    const rows = await store.ask<{ accessToken: string; refreshToken: string }>(
      'select access_token, refresh_token from sessions where shop = $1',
      [store.domain],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { accessToken, refreshToken } of rows) {
      expect(accessToken).toMatch(/^v1:/);
      expect(refreshToken).toMatch(/^v1:/);
    }
  });
});

describe('uninstalling and coming back', () => {
  let store: Store;
  let people: Record<'before' | 'gone' | 'after', Shopper>;
  let sessionsWhileGone: number | undefined;
  let statusOfLateGoodbye: number;

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    const shop = await openShop();
    store = shop.store;
    const person = (name: string) =>
      store.shopper({ email: `${name}@example.com`, locale: 'fr', subscribedAt: subscribedAt() });
    people = { before: await person('before'), gone: await person('gone'), after: await person('after') };
    await store.install();
    await world.settle();
    await switchOn(store, 'welcome', 'abandoned-checkout');
    await people.before.abandon([shop.candle]);
    await world.advance('30min');
    await store.uninstall();
    await world.settle();
    sessionsWhileGone = await sessions();
    await people.gone.abandon([shop.candle]);
    await world.advance('3h');
    await store.install();
    await world.settle();
    const query = new URLSearchParams({ shop: store.domain, topic: 'app/uninstalled' });
    const { deliveries } = await world.sandbox.get<{ deliveries: { body: string; triggeredAt: string }[] }>(
      `/control/api/webhooks?${query}`,
    );
    const [goodbye] = deliveries;
    const answer = await world.sandbox.post<{ status: number }>('/control/api/webhooks/raw', {
      shop: store.domain,
      topic: 'app/uninstalled',
      payload: goodbye?.body,
      triggeredAt: goodbye?.triggeredAt,
    });
    statusOfLateGoodbye = answer.status;
    await world.settle();
    await people.after.abandon([shop.candle]);
    await world.advance('2h');
  }, 60_000);

  async function sessions(): Promise<number | undefined> {
    const rows = await store.ask<{ count: number }>('select count(*)::int as count from sessions where shop = $1', [
      store.domain,
    ]);
    return rows[0]?.count;
  }

  it('stops sending at once', async () => {
    expect(await people.before.mails()).toEqual([]);
    expect(await people.gone.mails()).toEqual([]);
  });

  it('deletes the tokens', () => {
    expect(sessionsWhileGone).toBe(0);
  });

  it('keeps the switches and starts nothing old', async () => {
    const rows = await store.ask<object>('select scenario, enabled from scenario_settings order by scenario');
    expect(rows).toEqual([
      { scenario: 'abandoned-checkout', enabled: true },
      { scenario: 'welcome', enabled: true },
    ]);
    expect((await courseOf(people.before)).filter((line) => line.endsWith('sent'))).toEqual([]);
  });

  it('goes on with what is new, whatever an old goodbye says', async () => {
    expect(statusOfLateGoodbye).toBe(200);
    expect(await sessions()).toBe(1);
    expect(await courseOf(people.after)).toEqual(['first-reminder sent']);
  });
});

describe('what no webhook told', () => {
  it('is found the next night', async () => {
    await world.advanceToTime('10:00');
    const { store, candle } = await openShop();
    const lea = await store.shopper({ email: 'lea@example.com', subscribedAt: subscribedAt() });
    await store.install();
    await world.settle();
    await store.act('setPrice', { variantId: candle.variantId, price: '19.00', quiet: true });
    await store.act('setConsent', { id: lea.id(), state: 'UNSUBSCRIBED', quiet: true });
    await world.advance('24h');
    const prices = await store.ask<{ price: string }>('select price from variants where id = $1', [candle.variantId]);
    expect(Number(prices[0]?.price)).toBe(19);
    const rows = await store.ask<{ consentState: string }>('select consent_state from customers');
    expect(rows).toEqual([{ consentState: 'unsubscribed' }]);
  });
});
