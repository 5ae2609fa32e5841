// What a shop was asked to tell its customers: collected, listed, fetched by its owner alone, gone when they are.
import { getTableName, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countWaitingDataRequests, fetchDataRequest, listDataRequests } from '../../app/store/data-requests';
import { erasePerson, findPerson, SHOP_TABLES } from '../../app/store/erase';
import { storeInboundEvents } from '../../app/store/inbound-events';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const CHECKOUT = {
  id: 31,
  token: 'checkout-31',
  email: 'Gaston@Example.com',
  currency: 'EUR',
  total_price: '12.00',
  created_at: '2026-11-22T09:00:00Z',
  updated_at: '2026-11-22T09:00:00Z',
  line_items: [],
};

/** A shop that was asked about a guest of its checkout. */
async function askedAboutGuest(): Promise<{ shopId: number; domain: string }> {
  const { shopId, domain } = await door.install();
  await door.tell({ topic: 'checkouts/create', shop: domain, payload: CHECKOUT });
  await door.work(shopId);
  const customer = { id: null, email: 'gaston@example.com', phone: null };
  const payload = { shop_domain: domain, orders_requested: [], customer, data_request: { id: 71 } };
  await door.tell({ topic: 'customers/data_request', shop: domain, payload });
  await door.work(shopId);
  return { shopId, domain };
}

describe('a request of a customer', () => {
  it('is listed with whom and when, and waits until its owner has fetched it', async () => {
    const { shopId } = await askedAboutGuest();
    expect(await door.inShop(shopId, listDataRequests)).toEqual([
      { id: '71', requestedAt: door.clock.now(), email: 'Gaston@Example.com', downloadedAt: null },
    ]);
    expect(await door.inShop(shopId, countWaitingDataRequests)).toBe(1);
    const fetched = await door.inShop(shopId, (shop) => fetchDataRequest(shop, '71', door.clock.now()));
    expect(fetched?.data).toMatchObject({ customer: [{ email: 'Gaston@Example.com' }], checkouts: [{ id: '31' }] });
    expect(await door.inShop(shopId, countWaitingDataRequests)).toBe(0);
    const later = new Date(door.clock.now().getTime() + 60_000);
    await door.inShop(shopId, (shop) => fetchDataRequest(shop, '71', later));
    expect(await door.inShop(shopId, listDataRequests)).toMatchObject([{ downloadedAt: door.clock.now() }]);
  });

  it('shows itself to no other shop', async () => {
    await askedAboutGuest();
    const { shopId } = await door.install();
    expect(await door.inShop(shopId, (shop) => fetchDataRequest(shop, '71', door.clock.now()))).toBeNull();
    expect(await door.inShop(shopId, listDataRequests)).toEqual([]);
  });

  it('goes with the guest who is erased', async () => {
    const { shopId, domain } = await askedAboutGuest();
    const customer = { id: null, email: 'gaston@example.com', phone: null };
    const payload = { shop_domain: domain, customer, orders_to_redact: [] };
    await door.tell({ topic: 'customers/redact', shop: domain, payload });
    await door.work(shopId);
    const rows = await door.inShop(shopId, ({ tx }) =>
      tx.execute(sql`select data from data_requests where shop_id = ${shopId}`),
    );
    expect([...rows]).toEqual([]);
  });
});

describe('a signed body under another shop’s header', () => {
  it('about an order or a checkout brings that shop nobody', async () => {
    const { shopId, domain } = await door.install();
    await door.inShop(shopId, ({ tx }) =>
      tx.execute(sql`update shops set shopify_id = '111' where shop_id = ${shopId}`),
    );
    const payload = {
      id: 91,
      order_status_url: 'https://theirs.example/222/orders/abc/authenticate?key=k',
      email: 'lea@example.com',
      currency: 'EUR',
      total_price: '12.00',
      created_at: '2026-11-22T09:00:00Z',
      customer: { id: 81, email: 'lea@example.com', email_marketing_consent: { state: 'subscribed' } },
      buyer_accepts_marketing: true,
      line_items: [],
    };
    for (const topic of ['orders/create', 'orders/updated', 'orders/cancelled'])
      await door.tell({ topic, shop: domain, payload });
    const checkout = { ...CHECKOUT, abandoned_checkout_url: 'https://theirs.example/222/checkouts/ac/1/recover?key=k' };
    await door.tell({ topic: 'checkouts/create', shop: domain, payload: checkout });
    await door.work(shopId);
    expect(new Set((await door.outcomes(shopId)).map(({ outcome }) => outcome))).toEqual(
      new Set(['ignored: other-shop']),
    );
    const people = await door.inShop(shopId, ({ tx }) =>
      tx.execute(sql`select id from customers where shop_id = ${shopId}`),
    );
    expect([...people]).toEqual([]);
  });

  it('erases nobody of that shop', async () => {
    const [ours, theirs] = [await door.install(), await door.install()];
    const customer = { id: 81, email: 'lea@example.com' };
    for (const { domain, shopId } of [ours, theirs]) {
      await door.tell({ topic: 'customers/create', shop: domain, payload: customer });
      await door.work(shopId);
    }
    const payload = { shop_domain: theirs.domain, customer, orders_to_redact: [] };
    await door.tell({ topic: 'customers/redact', shop: ours.domain, payload });
    await door.work(ours.shopId);
    expect(await door.outcomes(ours.shopId)).toContainEqual({
      topic: 'customers/redact',
      outcome: 'ignored: other-shop',
    });
    const left = await door.inShop(ours.shopId, ({ tx }) =>
      tx.execute(sql`select email from customers where shop_id = ${ours.shopId}`),
    );
    expect([...left]).toEqual([{ email: 'lea@example.com' }]);
  });
});

it('erasing a shop empties every table that has rows of shops', async () => {
  const tables = await door.db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'shop_id' and table_name <> 'shop_domains'`);
  const emptied = SHOP_TABLES.map(({ table }) => getTableName(table));
  expect(emptied.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
});

describe('an erasure', () => {
  const ADDRESS = 'an_n.o+x@x.fr';
  const body = (email: string, more: object = {}) => JSON.stringify({ id: 1, email, ...more });

  /** What is left of bodies like these once Ann is erased. */
  async function left(bodies: string[]) {
    const { shopId } = await door.install();
    const events = bodies.map((payload, n) => ({
      ...{ shopId, source: 'shopify' as const, topic: 'orders/create', dedupeKey: `k${n}`, triggeredAt: null, payload },
    }));
    return door.inShop(shopId, async (shop) => {
      await storeInboundEvents(shop, events, door.clock.now());
      const asked = await findPerson(shop, { customerId: null, email: ADDRESS, orderIds: [] });
      await erasePerson(shop, asked, [], door.clock.now());
      const rows = await shop.tx.execute<{ payload: string; outcome: string | null }>(
        sql`select payload, outcome from inbound_events where shop_id = ${shopId} order by dedupe_key`,
      );
      return [...rows].map(({ payload, outcome }) => (outcome === 'erased' && payload === '' ? 'erased' : payload));
    });
  }

  it('empties what was told of the address, in any spelling and in what somebody wrote', async () => {
    const bodies = [
      ...[body(ADDRESS), body('An_n.O+X@X.FR'), body(` ${ADDRESS} `)],
      ...['write to an_n.o+x@x.fr.', `Hello\n${ADDRESS}\nBye`, `mailto:${ADDRESS}?subject=x`].map((note) =>
        body('else@x.fr', { note }),
      ),
    ];
    expect(await left(bodies)).toEqual(bodies.map(() => 'erased'));
  });

  it('leaves and does not close what was told of an address that only contains it', async () => {
    const others = [
      'joan_n.o+x@x.fr',
      'jo.an_n.o+x@x.fr',
      'jo-an_n.o+x@x.fr',
      'an_n.o+x@x.frog',
      'an_n.o+x@x.fr.example',
    ];
    const bodies = [...others, 'an_noo+x@x.fr'].map((email) => body(email));
    expect(await left(bodies)).toEqual(bodies);
  });
});
