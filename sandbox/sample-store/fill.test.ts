import { beforeAll, describe, expect, it } from 'vitest';
import { openClock } from '../clock';
import { drawPicture } from '../pictures/draw';
import { createActions } from '../shopify/actions';
import { ShopifyState, type ShopState } from '../shopify/state';
import { totalsOf } from '../shopify/totals';
import { fillSampleStore, type SampleCounts } from './fill';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const DAY = 86_400_000;

interface Filled {
  store: ShopState;
  webhooks: string[];
}

function fill(seed: string, counts?: Partial<SampleCounts>): Filled {
  const state = new ShopifyState();
  const webhooks: string[] = [];
  const actions = createActions({ state, clock: openClock(), emit: (_shop, topic) => webhooks.push(topic) });
  fillSampleStore({ state, actions, shop: 'maison-lune', seed, counts, now: NOW });
  return { store: state.shop('maison-lune'), webhooks };
}

const share = <T>(list: readonly T[], is: (item: T) => boolean): number => list.filter(is).length / list.length;

describe('the sample store as the demo fills it', () => {
  let store: ShopState;
  let webhooks: string[];
  beforeAll(() => {
    ({ store, webhooks } = fill('maison-lune'));
  });

  it('is a French shop in euros with English as its second language', () => {
    const { currency, timezone, locale, otherLocales } = store.record;
    expect({ currency, timezone, locale, otherLocales }).toEqual({
      currency: 'EUR',
      timezone: 'Europe/Paris',
      locale: 'fr',
      otherLocales: ['en'],
    });
  });

  it('fires no webhook for its past', () => {
    expect(webhooks).toEqual([]);
  });

  it('has more than sixty products, each with a picture that can be drawn', () => {
    const active = [...store.products.values()].filter((product) => product.status === 'ACTIVE');
    expect(active.length).toBeGreaterThan(60);
    for (const image of active.flatMap((product) => product.images)) {
      const [, name = ''] = /^\/pictures\/([a-z0-9-]+)\.png$/.exec(image.url) ?? [];
      expect(drawPicture(name, 16), image.url).toBeInstanceOf(Buffer);
    }
    expect(new Set(active.map((product) => product.handle)).size).toBe(active.length);
  });

  it('has plenty of most things, little of some and nothing of a few', () => {
    const tracked = [...store.variants.values()].filter((variant) => variant.tracked);
    expect(share(tracked, (variant) => variant.inventoryQuantity === 0)).toBeGreaterThan(0.03);
    expect(
      tracked.filter((variant) => variant.inventoryQuantity > 0 && variant.inventoryQuantity <= 5).length,
    ).toBeGreaterThan(4);
    expect(share(tracked, (variant) => variant.inventoryQuantity > 5)).toBeGreaterThan(0.7);
    expect(tracked.every((variant) => variant.inventoryQuantity >= 0)).toBe(true);
  });

  it('sells reduced goods below the price they are compared with', () => {
    const reduced = [...store.variants.values()].filter((variant) => variant.compareAtPrice !== null);
    expect(reduced.length).toBeGreaterThan(4);
    for (const variant of reduced) expect(Number(variant.compareAtPrice)).toBeGreaterThan(Number(variant.price));
  });

  it('knows over a thousand customers, mostly French, a fifth English, some neither', () => {
    const people = [...store.customers.values()];
    expect(people.length).toBeGreaterThanOrEqual(1000);
    expect(share(people, (one) => one.locale === 'fr')).toBeCloseTo(0.68, 1);
    expect(share(people, (one) => one.locale === 'en')).toBeCloseTo(0.2, 1);
    expect(people.filter((one) => one.locale !== 'fr' && one.locale !== 'en').length).toBeGreaterThan(50);
    expect(people.filter((one) => /[À-ÿŒœ]/.test(`${one.firstName}${one.lastName}`)).length).toBeGreaterThan(200);
  });

  it('writes to nobody real: every address lies in a reserved domain and is used once', () => {
    const mails = [...store.customers.values()].flatMap((one) => one.email ?? []);
    expect(mails.every((mail) => /^[a-z0-9.]+@[a-z]+\.example$/.test(mail))).toBe(true);
    expect(new Set(mails).size).toBe(mails.length);
  });

  it('dates every consent that was given or withdrawn, never before the person came nor after now', () => {
    const people = [...store.customers.values()];
    const counts = Map.groupBy(people, (one) => one.consent.state);
    expect([...counts.keys()].sort()).toEqual(['NOT_SUBSCRIBED', 'PENDING', 'SUBSCRIBED', 'UNSUBSCRIBED']);
    for (const { consent, createdAt } of people) {
      if (consent.state === 'NOT_SUBSCRIBED') expect(consent.updatedAt).toBeNull();
      else {
        expect(Date.parse(consent.updatedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(createdAt));
        expect(Date.parse(consent.updatedAt ?? '')).toBeLessThan(NOW);
      }
    }
  });

  it('knows the birth date of about a third', () => {
    const dates = [...store.customers.values()].flatMap((one) => one.metafields);
    expect(dates.length / store.customers.size).toBeCloseTo(1 / 3, 1);
    for (const field of dates) {
      expect([field.namespace, field.key, field.type]).toEqual(['facts', 'birth_date', 'date']);
      expect(new Date(field.value).toISOString().slice(0, 10)).toBe(field.value);
    }
  });

  it('has eighteen months of orders whose numbers rise with time, many by people who came back', () => {
    const orders = [...store.orders.values()].sort((a, b) => a.number - b.number);
    const dates = orders.map((order) => order.createdAt);
    expect(dates).toEqual([...dates].sort());
    expect((NOW - Date.parse(dates[0] ?? '')) / DAY).toBeGreaterThan(520);
    expect((NOW - Date.parse(dates.at(-1) ?? '')) / DAY).toBeLessThan(2);
    const buyers = [...store.customers.keys()].map((id) => store.ordersOf(id).length).filter((count) => count > 0);
    expect(share(buyers, (count) => count > 1)).toBeGreaterThan(0.25);
    expect(Math.max(...buyers)).toBeGreaterThan(6);
  });

  it('sells more in November and December than in July and August', () => {
    const inMonths = (months: string[]) =>
      [...store.orders.values()].filter(
        (order) => order.createdAt.startsWith('2025-') && months.includes(order.createdAt.slice(5, 7)),
      ).length;
    expect(inMonths(['11', '12'])).toBeGreaterThan(2 * inMonths(['07', '08']));
  });

  it('took some orders back, and never more money than was paid', () => {
    const orders = [...store.orders.values()];
    expect(orders.filter((order) => order.cancelledAt).length).toBeGreaterThan(5);
    expect(orders.filter((order) => order.financialStatus === 'PARTIALLY_REFUNDED').length).toBeGreaterThan(5);
    for (const order of orders) {
      const back = order.refunds.reduce((sum, refund) => sum + Number(refund.amount), 0);
      expect(back).toBeLessThanOrEqual(Number(totalsOf(order).total) + 0.001);
    }
  });

  it('lets nothing happen out of order, nor in the future', () => {
    for (const order of store.orders.values()) {
      const moments = [
        order.createdAt,
        ...order.fulfillments.flatMap((one) => [one.createdAt, one.deliveredAt ?? one.createdAt]),
      ];
      expect(moments).toEqual([...moments].sort());
      for (const moment of [...moments, ...order.refunds.map((one) => one.createdAt), order.updatedAt]) {
        expect(Date.parse(moment)).toBeLessThanOrEqual(NOW);
      }
      const buyer = order.customerId === null ? undefined : store.customers.get(order.customerId);
      expect(Date.parse(order.createdAt)).toBeGreaterThanOrEqual(Date.parse(buyer?.createdAt ?? ''));
    }
  });

  it('leaves over thirty checkouts of the last week open, most with an address, beside completed ones', () => {
    const checkouts = [...store.checkouts.values()];
    const open = checkouts.filter((checkout) => !checkout.completedAt);
    expect(open.length).toBeGreaterThan(30);
    expect(open.filter((checkout) => checkout.email).length).toBeGreaterThan(25);
    expect(open.every((checkout) => NOW - Date.parse(checkout.createdAt) < 7 * DAY && checkout.lines.length > 0)).toBe(
      true,
    );
    const completed = checkouts.filter((checkout) => checkout.completedAt);
    expect(completed.length).toBeGreaterThan(20);
    expect(completed.every((checkout) => checkout.orderId !== null && store.orders.has(checkout.orderId))).toBe(true);
  });
});

describe('a small sample store', () => {
  const small: Partial<SampleCounts> = { products: 6, customers: 12, openCheckouts: 3, months: 3 };
  const people = ({ store }: Filled) =>
    [...store.customers.values()].map((one) => [
      one.firstName,
      one.lastName,
      one.email,
      one.createdAt,
      one.consent.state,
    ]);
  const sales = ({ store }: Filled) =>
    [...store.orders.values()].map((one) => [one.createdAt, one.lines.map((line) => line.title), totalsOf(one).total]);

  it('comes out the same from the same seed and otherwise from another', () => {
    const [one, same, other] = [fill('a', small), fill('a', small), fill('b', small)];
    expect(people(same)).toEqual(people(one));
    expect(sales(same)).toEqual(sales(one));
    expect(people(other)).not.toEqual(people(one));
  });

  it('has as many of each as was asked for', () => {
    const { store } = fill('a', small);
    expect([store.products.size, store.customers.size]).toEqual([6 + 3, 12]);
    expect([...store.checkouts.values()].filter((one) => !one.completedAt).length).toBe(3);
  });

  it('is not poured into a shop that has products', () => {
    const state = new ShopifyState();
    const actions = createActions({ state, clock: openClock(), emit: () => {} });
    const request = { state, actions, shop: 'maison-lune', counts: small, now: NOW };
    fillSampleStore(request);
    expect(() => fillSampleStore(request)).toThrow(/has products already/);
  });
});
