/** Who is who when addresses change hands: refusals stay with the person and with the address, and history follows the person alone. */
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { Person } from '../../app/domain/snapshot';
import { redactCustomer } from '../../app/pipeline/redact';
import { followMerges } from '../../app/store/customers';
import { guestId, guestIdOf } from '../../app/store/guests';
import { loadScenarioFacts } from '../../app/store/scenario-facts';
import { checkouts, customers, orders } from '../../app/store/schema';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { at, checkoutBody, consentBody, openTeller, told } from './teller';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const [OLD, NEW] = ['ana@example.com', 'ana@new.example'];

async function open() {
  const shop = await openTeller(connection);
  const set = (id: string, change: Partial<typeof customers.$inferInsert>) =>
    shop.within(({ tx }) =>
      tx
        .update(customers)
        .set(change)
        .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id))),
    );
  const customer = (id: number, email: string | null, minute: number, more: object = {}) =>
    shop.tell('customers/update', { id, email, updated_at: told(minute), ...more }, minute);
  const merge = (kept: number, gone: number, minute: number) =>
    shop.tell(
      'customers/merge',
      {
        admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
        admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
        status: 'completed',
      },
      minute,
    );
  const order = (id: number, minute: number, more: object) =>
    shop.tell(
      'orders/create',
      { id, currency: 'EUR', total_price: '10.00', processed_at: told(minute), updated_at: told(minute), ...more },
      minute,
    );
  const redact = (person: Person, minute: number) =>
    shop.within((scope) => redactCustomer({ queue: shop.queue }, scope, { person, now: at(minute) }));
  return { ...shop, set, merge, order, redact, tellCustomer: customer };
}

const refused = { consentState: 'unsubscribed', preferences: { refused: ['vip'], fewer: true } } as const;
const withdrawn = { ...refused, preferences: { refused: ['vip'], fewer: true }, consentUpdatedAt: at(1) };

/** Customer 7, who refused everything one can, moves from the old address to the new one. */
async function moved() {
  const shop = await open();
  await shop.tellCustomer(7, OLD, 0);
  await shop.set('7', { ...withdrawn, suppressed: 'complained', suppressedAt: at(1) });
  await shop.tellCustomer(7, NEW, 10);
  return shop;
}

it('the hash of an address is the same here and in Postgres', async () => {
  const { within } = await open();
  for (const key of ['ana@example.com', 'zoé@exämple.com', '東京@example.jp']) {
    const [row] = await within(({ tx }) =>
      tx.execute<{ id: string }>(sql`select ${guestIdOf(sql`${key}::text`)} as id`),
    );
    expect(row?.id).toBe(guestId(key));
  }
});

describe('a customer who changes their address', () => {
  it('keeps what they refused', async () => {
    const { customer } = await moved();
    expect(await customer('7')).toMatchObject({ ...refused, suppressed: 'complained', emailKey: NEW });
  });

  it('leaves it with the former one too, for a guest in any spelling', async () => {
    const { tell, customer } = await moved();
    await tell('checkouts/create', checkoutBody(50, 11, { email: 'ANA@Example.com ' }), 11);
    expect(await customer(guestId(OLD))).toMatchObject({ ...refused, suppressed: 'complained', deletedAt: null });
  });

  it('leaves it for another customer who gets the former address, and nothing else', async () => {
    const shop = await moved();
    await shop.order(1, 12, { email: NEW, customer: { id: 7, email: NEW } });
    await shop.tellCustomer(8, OLD, 13);
    expect(await shop.customer('8')).toMatchObject({ ...refused, suppressed: 'complained', ordersCount: 0 });
    const rows = await shop.within(({ tx }) =>
      tx.select({ id: orders.customerId }).from(orders).where(eq(orders.shopId, shop.shopId)),
    );
    expect(rows).toEqual([{ id: '7' }]);
    // Handed over once: whoever takes it back later finds it with customer 8.
    expect(await shop.customer(guestId(OLD))).toMatchObject({ refusalsLeftAt: null });
  });

  it('says it for whoever subscribes with it later as little as a guest’s refusal does', async () => {
    const { tellCustomer, customer } = await moved();
    await tellCustomer(8, OLD, 13, consentBody('subscribed', 12));
    expect(await customer('8')).toMatchObject({ consentState: 'subscribed', suppressed: 'complained' });
  });

  it('and back finds a bounce again, which the new address did not have', async () => {
    const { tellCustomer, customer, set } = await open();
    await tellCustomer(7, OLD, 0);
    await set('7', { suppressed: 'bounced', suppressedAt: at(1) });
    await tellCustomer(7, NEW, 10);
    expect(await customer('7')).toMatchObject({ suppressed: null });
    await tellCustomer(7, OLD, 20);
    expect(await customer('7')).toMatchObject({ suppressed: 'bounced' });
  });

  it('and back having subscribed meanwhile stays subscribed', async () => {
    const { tellCustomer, customer } = await moved();
    await tellCustomer(7, NEW, 15, consentBody('subscribed', 14));
    await tellCustomer(7, OLD, 20);
    expect(await customer('7')).toMatchObject({ consentState: 'subscribed', emailKey: OLD });
  });

  it('leaves nothing where nothing was refused, and nothing by an older telling', async () => {
    const { tellCustomer, customer, set } = await open();
    await tellCustomer(7, OLD, 10);
    await tellCustomer(7, NEW, 11);
    expect(await customer(guestId(OLD))).toBeUndefined();
    await set('7', withdrawn);
    await tellCustomer(7, OLD, 5);
    expect(await customer(guestId(NEW))).toBeUndefined();
    expect(await customer('7')).toMatchObject({ emailKey: NEW });
  });

  it('is who the links in former e-mails to the guest lead to', async () => {
    const { tell, tellCustomer, set, within } = await open();
    await tell('checkouts/create', checkoutBody(50, 0, { email: OLD }), 0);
    await tellCustomer(7, OLD, 1);
    await set('7', withdrawn);
    await tellCustomer(7, NEW, 10);
    await tellCustomer(8, OLD, 11);
    const today = await within((scope) => followMerges(scope, [guestId(OLD)]));
    expect(today.get(guestId(OLD))).toBe('7');
  });

  it('goes for good with every address they had when they ask to be forgotten', async () => {
    const { redact, customer, tellCustomer } = await moved();
    await redact({ customerId: '7', email: NEW, orderIds: [] }, 30);
    expect(await customer(guestId(OLD))).toMatchObject({ consentState: 'redacted', refusalsLeftAt: null });
    await tellCustomer(8, OLD, 31);
    expect(await customer('8')).toMatchObject({ consentState: 'not_subscribed' });
  });
});

describe('merged customers', () => {
  async function two() {
    const shop = await open();
    await shop.tellCustomer(1, NEW, 0);
    await shop.tellCustomer(2, OLD, 0);
    return shop;
  }

  it('keep a complaint, whatever the other’s address did', async () => {
    const { set, merge, customer } = await two();
    await set('1', { suppressed: 'bounced', suppressedAt: at(1) });
    await set('2', { suppressed: 'complained', suppressedAt: at(2) });
    await merge(1, 2, 5);
    expect(await customer('1')).toMatchObject({ suppressed: 'complained', suppressedAt: at(2) });
  });

  it('do not take a dead address for the living one, until they take that address', async () => {
    const { set, merge, customer, tellCustomer } = await two();
    await set('2', { suppressed: 'bounced', suppressedAt: at(1) });
    await merge(1, 2, 5);
    expect(await customer('1')).toMatchObject({ suppressed: null });
    await tellCustomer(1, OLD, 6);
    expect(await customer('1')).toMatchObject({ suppressed: 'bounced' });
  });

  it('leave what was refused with the address that is free again', async () => {
    const { set, merge, customer, tell } = await two();
    await set('2', withdrawn);
    await merge(1, 2, 5);
    expect(await customer('1')).toMatchObject(refused);
    await tell('checkouts/create', checkoutBody(50, 6, { email: OLD }), 6);
    expect(await customer(guestId(OLD))).toMatchObject({ ...refused, deletedAt: null });
  });

  it('may be told in any order, and in a circle', async () => {
    const { set, merge, customer, tellCustomer, order } = await two();
    await tellCustomer(3, 'third@example.com', 0);
    await set('3', withdrawn);
    await merge(1, 2, 5);
    await merge(2, 3, 4);
    await merge(2, 1, 6);
    expect(await customer('1')).toMatchObject({ ...refused, deletedAt: null });
    await order(9, 7, { email: 'third@example.com', customer: { id: 3, email: 'third@example.com' } });
    expect(await customer('1')).toMatchObject({ ordersCount: 1 });
  });

  it('stay tagged by us where only the one who is gone was, and by the owner where the owner did it', async () => {
    const { set, merge, customer, jobs } = await two();
    await set('2', { vipTagOurs: true, vipSince: at(1) });
    await merge(1, 2, 5);
    expect(await customer('1')).toMatchObject({ vipTagOurs: true });
    expect(jobs).toContainEqual(expect.objectContaining({ name: 'vip-tag.push' }));

    const other = await two();
    await other.set('1', { tags: ['vip'] });
    await other.set('2', { vipTagOurs: true, vipSince: at(1) });
    await other.merge(1, 2, 5);
    expect(await other.customer('1')).toMatchObject({ vipTagOurs: false });
    expect(other.jobs).not.toContainEqual(expect.objectContaining({ name: 'vip-tag.push' }));
  });
});

describe('an order counts for the cart', () => {
  const facts = async (shop: Awaited<ReturnType<typeof open>>) => {
    const [enrollment] = (await shop.enrollments()).filter(({ scenario }) => scenario === 'abandoned-checkout');
    return shop.within((scope) => loadScenarioFacts(scope, [enrollment?.id ?? 0])).then((all) => [...all.values()][0]);
  };
  const left = async (more: object) => {
    const shop = await open();
    await shop.tellCustomer(7, OLD, 0, consentBody('subscribed', 0));
    await shop.tell('checkouts/create', checkoutBody(50, 1, { email: OLD, ...more }), 1);
    return shop;
  };

  it('of who left it with the address they had then', async () => {
    const shop = await left({ customer: { id: 7, email: OLD } });
    await shop.tellCustomer(7, NEW, 5);
    await shop.order(1, 6, { email: OLD.toUpperCase() });
    expect(await facts(shop)).toMatchObject({ orderSinceStart: { orderId: '1' } });
  });

  it('of the guest whose address a customer named in their order', async () => {
    const shop = await open();
    await shop.tell('checkouts/create', checkoutBody(50, 1, { email: 'guest@example.com' }), 1);
    await shop.order(1, 6, { email: 'Guest@Example.com', customer: { id: 7, email: OLD } });
    expect(await facts(shop)).toMatchObject({ orderSinceStart: { orderId: '1' } });
  });

  it('whose token it carries, whoever placed it', async () => {
    const shop = await left({ customer: { id: 7, email: OLD } });
    await shop.order(1, 6, { email: 'other@example.com', checkout_token: 't50' });
    expect(await facts(shop)).toMatchObject({ orderSinceStart: null, checkout: { completedAt: at(6) } });
    const [row] = await shop.within(({ tx }) => tx.select().from(checkouts).where(eq(checkouts.shopId, shop.shopId)));
    expect(row?.completedAt).toEqual(at(6));
  });

  it('of nobody else', async () => {
    const shop = await left({ customer: { id: 7, email: OLD } });
    await shop.order(1, 6, { email: 'other@example.com' });
    expect(await facts(shop)).toMatchObject({ orderSinceStart: null, checkout: { completedAt: null } });
  });
});
