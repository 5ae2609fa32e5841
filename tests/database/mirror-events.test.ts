// What a change means: which domain events each webhook makes, and which it must not make.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const T = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`;
const consent = (state: string, minute: number | null) => ({
  customer_id: 1,
  email_address: 'ana@example.com',
  email_marketing_consent: {
    state,
    opt_in_level: 'single_opt_in',
    consent_updated_at: minute === null ? null : T(minute),
  },
});
const CONSENT = 'customers_email_marketing_consent/update';
const checkout = (minute: number, more: object = {}) => ({
  ...{ id: 50, token: 'token-50', email: 'ana@example.com', currency: 'EUR', total_price: '10.00' },
  ...{ created_at: T(0), updated_at: T(minute), line_items: [{ quantity: 1, title: 'Lamp', price: '10.00' }], ...more },
});
const order = (minute: number, more: object = {}) => ({
  ...{ id: 60, email: 'ana@example.com', currency: 'EUR', total_price: '10.00', processed_at: T(5) },
  ...{ updated_at: T(minute), ...more },
});
const refund = {
  id: 70,
  order_id: 60,
  created_at: T(30),
  transactions: [{ kind: 'refund', status: 'success', amount: '4.00' }],
};

/** The kinds of events each of these webhooks made, in order. */
async function kindsOf(told: [topic: string, payload: object, minute: number][], installedAt?: string) {
  const shop = await door.install(undefined, new Date(installedAt ?? '2020-01-01T00:00:00Z'));
  const kinds: string[][] = [];
  for (const [topic, payload, minute] of told) {
    door.events.length = 0;
    await door.tell({ topic, shop: shop.domain, payload, triggeredAt: T(minute) });
    await door.work(shop.shopId);
    kinds.push(door.events.map(({ type }) => type));
  }
  return kinds;
}

describe('consent', () => {
  it('is given when it newly becomes subscribed, and not when the same is told again', async () => {
    const told = [consent('subscribed', 1), consent('subscribed', 1), consent('subscribed', 2)];
    expect(await kindsOf(told.map((payload, n) => [CONSENT, payload, n + 1]))).toEqual([['consent.given'], [], []]);
  });

  it('is withdrawn by unsubscribing, and given again by subscribing again', async () => {
    expect(
      await kindsOf([
        [CONSENT, consent('pending', 1), 1],
        [CONSENT, consent('subscribed', 2), 2],
        [CONSENT, consent('unsubscribed', 3), 3],
        [CONSENT, consent('subscribed', 4), 4],
        [CONSENT, consent('not_subscribed', 5), 5],
      ]),
    ).toEqual([[], ['consent.given'], ['consent.withdrawn'], ['consent.given'], ['consent.withdrawn']]);
  });

  it('that was withdrawn is not given again by a webhook that comes late', async () => {
    expect(
      await kindsOf([
        [CONSENT, consent('unsubscribed', 9), 9],
        [CONSENT, consent('subscribed', 3), 3],
      ]),
    ).toEqual([['consent.withdrawn'], []]);
  });

  it('without a date is only found, unless it was told before that there was none', async () => {
    const create = (minute: number, more: object) => ({
      id: 1,
      email: 'ana@example.com',
      updated_at: T(minute),
      ...more,
    });
    const undated = create(2, consent('subscribed', null));
    const found = ['consent.found'];
    expect(await kindsOf([['customers/create', undated, 2]])).toEqual([found]);
    // A customer some order named, without a word of consent.
    expect(
      await kindsOf([
        ['orders/create', order(1, { customer: { id: 1 } }), 1],
        ['customers/update', undated, 2],
      ]),
    ).toEqual([['order.placed'], found]);
    expect(
      await kindsOf([
        ['customers/create', create(1, consent('not_subscribed', null)), 1],
        ['customers/update', undated, 2],
      ]),
    ).toEqual([[], ['consent.given']]);
  });

  it('inside customers/create counts as well, where Shopify still sends it', async () => {
    const payload = { id: 1, email: 'ana@example.com', updated_at: T(1), ...consent('subscribed', 1) };
    expect(await kindsOf([['customers/create', payload, 1]])).toEqual([['consent.given']]);
  });
});

describe('a checkout', () => {
  it('is left each time it changes, emptied when nothing is in it, and completed by its order', async () => {
    expect(
      await kindsOf([
        ['checkouts/create', checkout(1), 1],
        ['checkouts/update', checkout(2), 2],
        ['checkouts/update', checkout(3, { line_items: [] }), 3],
        ['checkouts/update', checkout(4), 4],
        ['orders/create', order(5, { checkout_token: 'token-50' }), 5],
        ['checkouts/update', checkout(6), 6],
      ]),
    ).toEqual([
      ['checkout.left'],
      ['checkout.left'],
      ['checkout.emptied'],
      ['checkout.left'],
      ['checkout.completed', 'order.placed'],
      ['checkout.completed'],
    ]);
  });

  it('whose order came first was never left', async () => {
    expect(
      await kindsOf([
        ['orders/create', order(5, { checkout_id: 50 }), 5],
        ['checkouts/create', checkout(1), 1],
      ]),
    ).toEqual([['order.placed'], ['checkout.completed']]);
  });

  it('without an address is nobody’s, until there is one', async () => {
    expect(
      await kindsOf([
        ['checkouts/create', checkout(1, { email: null }), 1],
        ['checkouts/update', checkout(1, {}), 2],
      ]),
    ).toEqual([[], ['checkout.left']]);
  });

  it('that is deleted is emptied, and an older telling does not bring it back', async () => {
    expect(
      await kindsOf([
        ['checkouts/create', checkout(1), 1],
        ['checkouts/delete', { id: 50 }, 5],
        ['checkouts/update', checkout(3), 3],
        ['checkouts/update', checkout(9), 9],
      ]),
    ).toEqual([['checkout.left'], ['checkout.emptied'], [], []]);
  });
});

describe('an order', () => {
  it('is placed once, whatever Shopify tells of it afterwards', async () => {
    expect(
      await kindsOf([
        ['orders/paid', order(5), 5],
        ['orders/create', order(5), 5],
        ['orders/fulfilled', order(8), 8],
        ['orders/updated', order(7), 7],
      ]),
    ).toEqual([['order.placed'], [], [], []]);
  });

  it('is cancelled once and refunded once per refund', async () => {
    expect(
      await kindsOf([
        ['orders/create', order(5), 5],
        ['refunds/create', refund, 30],
        ['orders/updated', order(31, { refunds: [refund] }), 31],
        ['orders/cancelled', order(40, { cancelled_at: T(40), refunds: [refund] }), 40],
        ['orders/updated', order(41, { cancelled_at: T(40), refunds: [refund] }), 41],
      ]),
    ).toEqual([['order.placed'], ['order.refunded'], [], ['order.cancelled'], []]);
  });
});

describe('nothing of before the install', () => {
  it('starts anything, while what stops is always heard', async () => {
    expect(
      await kindsOf(
        [
          [CONSENT, consent('subscribed', 1), 1],
          ['checkouts/create', checkout(1), 1],
          ['orders/create', order(5, { checkout_token: 'token-50' }), 5],
          [CONSENT, consent('unsubscribed', 6), 6],
        ],
        '2026-11-21T00:00:00Z',
      ),
    ).toEqual([[], [], ['checkout.completed'], ['consent.withdrawn']]);
  });
});
