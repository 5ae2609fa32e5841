import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DAY } from '../../app/lib/duration';
import { loadPicks, type PicksOptions } from '../../app/store/picks';
import { orderLines, orders, products, variants } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);
let database: TestDatabase;
let connection: Connection;
let shopId: number;
let orderCount = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});
beforeEach(async () => {
  shopId = await seedShop(connection.db, { now: NOW });
});

interface SampleProduct {
  type?: string;
  published?: Date | null;
  price?: string;
  available?: boolean;
  status?: string;
  deleted?: boolean;
}

/** Products by name, the first published the longest ago. */
async function stock(shelf: Record<string, SampleProduct>): Promise<void> {
  await inShop(connection.db, shopId, async ({ tx }) => {
    for (const [index, [id, sample]] of Object.entries(shelf).entries()) {
      const { type = '', price = '20.00', available = true, status = 'active', deleted = false } = sample;
      const published = sample.published === undefined ? daysAgo(1000 - index) : sample.published;
      await tx.insert(products).values({
        shopId,
        id,
        title: `Le ${id}`,
        handle: id,
        status,
        productType: type,
        publishedAt: published,
        imageUrl: `https://cdn.shopify.com/${id}.png`,
        deletedAt: deleted ? NOW : null,
      });
      await tx
        .insert(variants)
        .values({ shopId, id: `${id}-1`, productId: id, price, compareAtPrice: '30.00', available, position: 1 });
    }
  });
}

async function buy(
  customerId: string | null,
  bought: Record<string, number>,
  { at = daysAgo(10), cancelled = false, price = '20.00' } = {},
): Promise<void> {
  orderCount += 1;
  const orderId = `order-${orderCount}`;
  await inShop(connection.db, shopId, async ({ tx }) => {
    await tx.insert(orders).values({
      shopId,
      id: orderId,
      name: orderId,
      customerId,
      currency: 'EUR',
      total: '20.00',
      processedAt: at,
      cancelledAt: cancelled ? at : null,
    });
    for (const [productId, quantity] of Object.entries(bought)) {
      await tx
        .insert(orderLines)
        .values({ shopId, orderId, id: productId, productId, title: productId, quantity, price });
    }
  });
}

async function picks(ids: string[], options: Partial<PicksOptions> = {}): Promise<Record<string, string[]>> {
  const found = await inShop(connection.db, shopId, (shop) =>
    loadPicks(shop, ids, { since: daysAgo(90), most: 4, ...options }),
  );
  return Object.fromEntries([...found].map(([id, list]) => [id, list.map((one) => one.productId)]));
}

describe('picks for a person', () => {
  it('are best sellers of the types they bought, most spent first, then the shop’s other best sellers', async () => {
    await stock({
      fig: { type: 'candles' },
      rose: { type: 'candles' },
      oak: { type: 'candles' },
      cup: { type: 'cups' },
      bowl: { type: 'cups' },
      throw: { type: 'textiles' },
    });
    const zoe = await seedCustomer(connection.db, shopId);
    await buy(zoe, { fig: 1 });
    await buy(zoe, { cup: 3 }, { at: daysAgo(400) });
    await buy(null, { oak: 5, rose: 2, throw: 90 });
    expect(await picks([zoe], { most: 6 })).toEqual({ [zoe]: ['bowl', 'oak', 'rose', 'throw'] });
    expect(await picks([zoe], { most: 2 })).toEqual({ [zoe]: ['bowl', 'oak'] });
  });

  it('show each product as the shelf does: today’s price and picture', async () => {
    await stock({ fig: { type: 'candles' }, rose: { type: 'candles', price: '24.00' } });
    const zoe = await seedCustomer(connection.db, shopId);
    await buy(zoe, { fig: 1 });
    const found = await inShop(connection.db, shopId, (shop) => loadPicks(shop, [zoe], { since: NOW, most: 4 }));
    expect(found.get(zoe)).toEqual([
      {
        productId: 'rose',
        title: 'Le rose',
        handle: 'rose',
        imageUrl: 'https://cdn.shopify.com/rose.png',
        price: '24.0000',
        compareAtPrice: '30.0000',
      },
    ]);
  });

  it('leave out what cannot be bought now or costs nothing', async () => {
    await stock({
      fig: { type: 'candles' },
      soldOut: { type: 'candles', available: false },
      gift: { type: 'candles', price: '0' },
      draft: { type: 'candles', status: 'draft' },
      hidden: { type: 'candles', published: null },
      gone: { type: 'candles', deleted: true },
      rose: { type: 'candles' },
    });
    const zoe = await seedCustomer(connection.db, shopId);
    await buy(zoe, { fig: 1 });
    await buy(null, { soldOut: 9, gift: 9, draft: 9, hidden: 9, gone: 9 });
    expect(await picks([zoe])).toEqual({ [zoe]: ['rose'] });
  });

  it('never show what they own, however long ago they bought it; a cancelled order left them nothing', async () => {
    await stock({ fig: {}, rose: {}, oak: {} });
    const zoe = await seedCustomer(connection.db, shopId);
    await buy(zoe, { fig: 1 }, { at: daysAgo(3000) });
    await buy(zoe, { oak: 1 }, { cancelled: true });
    expect(await picks([zoe])).toEqual({ [zoe]: ['oak', 'rose'] });
  });

  it('still fill a shelf for somebody who owns every best seller', async () => {
    const shelf = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`p${index + 10}`, { type: 'candles' }]));
    await stock(shelf);
    const zoe = await seedCustomer(connection.db, shopId);
    const best = Object.keys(shelf).slice(0, 50);
    await buy(zoe, Object.fromEntries(best.map((id) => [id, 1])));
    await buy(null, Object.fromEntries(best.map((id) => [id, 100])));
    expect(await picks([zoe])).toEqual({ [zoe]: ['p69', 'p68', 'p67', 'p66'] });
  });

  it('are the newest products while nothing sold since', async () => {
    await stock({ old: {}, fig: {}, middle: {}, newest: {} });
    const zoe = await seedCustomer(connection.db, shopId);
    await buy(zoe, { fig: 1 }, { at: daysAgo(300) });
    await buy(null, { old: 50 }, { at: daysAgo(300) });
    expect(await picks([zoe])).toEqual({ [zoe]: ['newest', 'middle', 'old'] });
  });

  it('begin with what was just published where an early look is asked for', async () => {
    await stock({
      fig: { type: 'candles' },
      rose: { type: 'candles' },
      lamp: { type: 'lamps', published: daysAgo(20) },
      owned: { type: 'lamps', published: daysAgo(1) },
      throw: { type: 'textiles', published: daysAgo(5) },
    });
    const zoe = await seedCustomer(connection.db, shopId);
    await buy(zoe, { fig: 1, owned: 1 });
    await buy(null, { rose: 30 });
    expect(await picks([zoe])).toEqual({ [zoe]: ['rose', 'lamp', 'throw'] });
    expect(await picks([zoe], { newSince: daysAgo(60) })).toEqual({ [zoe]: ['lamp', 'throw', 'rose'] });
  });

  it('are for those who bought: nobody else is there, nor who owns everything, nor another shop’s customer', async () => {
    await stock({ fig: {}, rose: {} });
    const [buyer, visitor, collector, canceller] = await Promise.all(
      Array.from({ length: 4 }, () => seedCustomer(connection.db, shopId)),
    );
    if (!buyer || !visitor || !collector || !canceller) throw new Error('Nobody was seeded');
    await buy(buyer, { fig: 1 });
    await buy(collector, { fig: 1, rose: 1 });
    await buy(canceller, { fig: 1 }, { cancelled: true });
    const here = shopId;
    shopId = await seedShop(connection.db, { now: NOW });
    await stock({ elsewhere: {} });
    shopId = here;
    const everybody = [buyer, visitor, collector, canceller];
    expect(await picks([...everybody, buyer, 'unknown'])).toEqual({ [buyer]: ['rose'] });
    expect(await picks([])).toEqual({});
  });

  it('are the same in a batch as alone, in one query', async () => {
    const types = ['candles', 'cups', 'textiles', ''];
    await stock(
      Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`p${index}`, { type: types[index % 4] ?? '' }])),
    );
    const people = await Promise.all(Array.from({ length: 25 }, () => seedCustomer(connection.db, shopId)));
    for (const [index, person] of people.entries()) {
      await buy(person, { [`p${(index * 7) % 80}`]: 1 });
    }
    const together = await picks(people);
    expect(Object.keys(together)).toHaveLength(25);
    for (const person of people) expect(await picks([person])).toEqual({ [person]: together[person] });

    const read = await inShop(connection.db, shopId, async (shop) => {
      let queries = 0;
      const counted = new Proxy(shop.tx, {
        get: (tx, name, self) => {
          if (name === 'execute') queries += 1;
          return Reflect.get(tx, name, self);
        },
      });
      await loadPicks({ ...shop, tx: counted }, people, { since: daysAgo(90), most: 4 });
      return queries;
    });
    expect(read).toBe(1);
  });
});
