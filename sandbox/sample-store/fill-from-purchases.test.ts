import { expect, it } from 'vitest';
import { openClock } from '../clock';
import { createActions } from '../shopify/actions';
import { ShopifyState, type ShopState } from '../shopify/state';
import { totalsOf } from '../shopify/totals';
import { fillFromPurchases } from './fill-from-purchases';
import { readPurchases } from './purchases';

const NOW = Date.parse('2026-11-22T15:00:00Z');
const DAY = 86_400_000;
const FILE = `
 9 3 19970101  1   12.99
 4 1 19970101  2   29.33
 4 1 19970118  7   99.99
 4 1 19970118  1    0.00
 5 2 19970131  3    0.02
`;

function fill({ seed, now = NOW }: { seed?: string; now?: number } = {}): { store: ShopState; webhooks: string[] } {
  const state = new ShopifyState();
  const webhooks: string[] = [];
  const actions = createActions({ state, clock: openClock(), emit: (_shop, topic) => webhooks.push(topic) });
  fillFromPurchases({ state, actions, shop: 'sillon', seed, purchases: readPurchases(FILE), now });
  return { store: state.shop('sillon'), webhooks };
}

const ordersOf = (store: ShopState) => [...store.orders.values()].sort((a, b) => a.number - b.number);

it('each purchase is a paid order in dollars of exactly its amount and number of items, free ones too', () => {
  const { store, webhooks } = fill();
  const told = ordersOf(store).map((order) => [
    totalsOf(order).total,
    order.currency,
    order.lines.reduce((sum, line) => sum + line.quantity, 0),
    order.financialStatus,
  ]);
  expect(told).toEqual([
    ['12.99', 'USD', 1, 'PAID'],
    ['29.33', 'USD', 2, 'PAID'],
    ['99.99', 'USD', 7, 'PAID'],
    ['0.00', 'USD', 1, 'PAID'],
    ['0.02', 'USD', 3, 'PAID'],
  ]);
  expect(webhooks).toEqual([]);
});

it('the last day is today and every other as many days before as in the file, never in the future', () => {
  for (const now of [NOW, Date.parse('2026-11-22T05:00:10Z'), Date.parse('2026-07-01T03:59:59Z')]) {
    const moments = ordersOf(fill({ now }).store).map((order) => Date.parse(order.createdAt));
    const local = (at: number) => new Date(at).toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
    expect(local(moments[4] ?? 0)).toBe(local(now));
    expect(moments[4]).toBeLessThanOrEqual(now);
    expect(moments.map((at) => Math.round((at - (moments[4] ?? 0)) / DAY))).toEqual([-30, -30, -13, -13, 0]);
    expect(moments).toEqual([...moments].sort());
  }
});

it('each customer of the file is one person with an address, known since the first purchase', () => {
  const { store } = fill();
  const people = [...store.customers.values()];
  expect(people.map((one) => store.ordersOf(one.id).length)).toEqual([1, 3, 1]);
  for (const one of people) {
    expect(one.email).toMatch(/^[a-z0-9.]+@[a-z]+\.example$/);
    expect(one.createdAt).toBe(store.ordersOf(one.id)[0]?.createdAt);
    if (one.consent.updatedAt) expect(Date.parse(one.consent.updatedAt)).toBeLessThan(NOW);
  }
});

it('the same seed gives the same people with the same consent, another others', () => {
  const people = (seed: string) =>
    [...fill({ seed }).store.customers.values()].map(({ email, consent, metafields }) => [
      email,
      consent,
      metafields.map(({ value }) => value),
    ]);
  expect(people('a')).toEqual(people('a'));
  expect(people('a')).not.toEqual(people('b'));
});

it('the days from somebody’s first order to their last stay whole where they bought twice on one of them', () => {
  const state = new ShopifyState();
  const actions = createActions({ state, clock: openClock(), emit: () => {} });
  const purchases = readPurchases('1 19970101 1 1\n1 19970101 1 2\n1 19970110 1 3\n1 19970111 1 4\n1 19970111 1 5');
  fillFromPurchases({ state, actions, shop: 'sillon', purchases, now: NOW });
  const orders = ordersOf(state.shop('sillon'));
  const moments = orders.map((order) => Date.parse(order.createdAt));
  expect(orders.map((order) => totalsOf(order).total)).toEqual(['1.00', '2.00', '3.00', '4.00', '5.00']);
  expect((moments[4] ?? 0) - (moments[0] ?? 0)).toBe(10 * DAY);
  expect(new Set(moments).size).toBe(5);
});
