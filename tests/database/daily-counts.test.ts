import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DAY } from '../../app/lib/duration';
import { takeBackAttributions } from '../../app/store/attributions';
import { findLooseCounts, gatherCounts } from '../../app/store/daily-counts';
import { recordDecisions } from '../../app/store/decisions';
import { eraseShop } from '../../app/store/erase';
import { lastPeriods } from '../../app/store/reports/period';
import { loadScenarioFigures, loadWithheldReasons } from '../../app/store/reports/scenario-figures';
import { attributions, dailyCounts, enrollments, messages, orders } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const { current } = lastPeriods(NOW);
let database: TestDatabase;
let connection: Connection;
let shopId: number;

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

const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const read = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
const figures = async () => (await read((shop) => loadScenarioFigures(shop, current))).welcome;
const rows = () => read(({ tx }) => tx.select().from(dailyCounts).where(eq(dailyCounts.shopId, shopId)));

async function message(change: Partial<typeof messages.$inferInsert>): Promise<string> {
  const customerId = await seedCustomer(connection.db, shopId);
  const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
  await put(id, change);
  return id;
}

const put = (id: string, change: Partial<typeof messages.$inferInsert>) =>
  read(({ tx }) => tx.update(messages).set(change).where(eq(messages.id, id)));

async function order(id: string, row: Partial<typeof orders.$inferInsert>, counts = true): Promise<string> {
  const written = { shopId, id, name: `#${id}`, currency: 'EUR', total: '50', processedAt: ago(1), ...row };
  await read(({ tx }) => tx.insert(orders).values(written));
  if (counts) await attribute(id);
  return id;
}

const change = (id: string, to: Partial<typeof orders.$inferInsert>) =>
  read(({ tx }) =>
    tx
      .update(orders)
      .set(to)
      .where(and(eq(orders.shopId, shopId), eq(orders.id, id))),
  );

const attribute = (orderId: string) => read((shop) => attributeIn(shop, orderId));

async function attributeIn({ tx }: ShopScope, orderId: string): Promise<void> {
  const row = { shopId, orderId, messageId: randomUUID(), orderedAt: ago(1) };
  await tx.insert(attributions).values({ ...row, scenario: 'welcome', by: 'code' });
}

/** Until somebody waits for a lock in this database. */
async function waiting(): Promise<void> {
  await vi.waitFor(async () => {
    const [row] = await connection.db.execute<{ waiting: number }>(
      sql`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(row?.waiting).toBeGreaterThan(0);
  });
}

const withheld = (messageId: string, at: Date, facts: Record<string, string>) =>
  read((shop) =>
    recordDecisions(shop, [
      { at, customerId: '1', scenario: 'welcome', kind: 'withheld', reason: 'left-out-by-tag', messageId, facts },
    ]),
  );

describe('daily counts', () => {
  it('follow what is sent, clicked and taken back again', async () => {
    const id = await message({ status: 'sent', sentAt: ago(1) });
    expect(await figures()).toMatchObject({ sent: 1, clicked: 0 });
    await put(id, { clickedAt: NOW });
    await put(id, { deliveredAt: NOW });
    expect(await figures()).toMatchObject({ sent: 1, clicked: 1 });
    await put(id, { sentAt: ago(40) });
    expect(await figures()).toMatchObject({ sent: 0, clicked: 0 });
    await put(id, { sentAt: null, clickedAt: null, status: 'planned' });
    expect((await rows()).reduce((sum, row) => sum + row.amount, 0)).toBe(0);
  });

  it('hold as many people under way as there are', async () => {
    await message({ dueAt: null });
    await read(({ tx }) => tx.update(enrollments).set({ status: 'active' }));
    expect(await figures()).toMatchObject({ underWay: 1 });
    await read(({ tx }) => tx.update(enrollments).set({ dueAt: NOW }));
    expect(await figures()).toMatchObject({ underWay: 1 });
    await read(({ tx }) => tx.update(enrollments).set({ status: 'ended' }));
    expect(await figures()).toMatchObject({ underWay: 0 });
  });

  it('follow what an order that counts comes to: refunds, a cancellation and its end, a click told late', async () => {
    const id = await order('1', { total: '50' });
    expect(await figures()).toMatchObject({ orders: 1, amount: '50.0000' });
    await change(id, { refunded: '12.50' });
    await change(id, { name: '#1b' });
    expect(await figures()).toMatchObject({ orders: 1, amount: '37.5000' });
    await change(id, { refunded: '80' });
    expect(await figures()).toMatchObject({ orders: 1, amount: '0.0000' });
    await change(id, { refunded: '10', cancelledAt: NOW });
    expect(await figures()).toMatchObject({ orders: 0, amount: '0.0000' });
    await change(id, { cancelledAt: null });
    await order('2', { total: '5' });
    await read(gatherCounts);
    expect(await figures()).toMatchObject({ orders: 2, amount: '45.0000' });
    await read(({ tx }) =>
      tx.update(attributions).set({ scenario: 'vip', by: 'click' }).where(eq(attributions.orderId, id)),
    );
    await change(id, { total: '60' });
    const { welcome, vip } = await read((shop) => loadScenarioFigures(shop, current));
    expect([welcome.orders, welcome.amount, vip.orders, vip.amount]).toEqual([1, '5.0000', 1, '50.0000']);
    const [machine] = await read(({ tx }) => tx.select().from(attributions).where(eq(attributions.orderId, id)));
    await read((shop) => takeBackAttributions(shop, machine?.messageId ?? ''));
    const after = await read((shop) => loadScenarioFigures(shop, current));
    expect([after.welcome.orders, after.vip.orders, after.vip.amount]).toEqual([1, 0, '0.0000']);
  });

  it('miss nothing of an order that is attributed while it is refunded', async () => {
    const id = await order('1', { total: '50' }, false);
    const refund = read(async (shop) => {
      await shop.tx.update(orders).set({ refunded: '20' }).where(eq(orders.id, id));
      const attributing = attribute(id);
      // Whoever attributes waits for the refund, so this ends before they do.
      await waiting();
      return { attributing };
    });
    await (await refund).attributing;
    expect(await figures()).toMatchObject({ orders: 1, amount: '30.0000' });
    const other = await order('2', { total: '50' }, false);
    const held = read(async (shop) => {
      await attributeIn(shop, other);
      const refunding = change(other, { refunded: '50' });
      await waiting();
      return { refunding };
    });
    await (await held).refunding;
    expect(await figures()).toMatchObject({ orders: 2, amount: '30.0000' });
  });

  it('say the same once they are put together, of this shop alone', async () => {
    const ids = [];
    for (let n = 0; n < 4; n += 1) ids.push(await message({ status: 'sent', sentAt: ago(1), clickedAt: NOW }));
    for (const [n, id] of ids.entries())
      await withheld(id, ago(3 - n / 10), { tag: n === 3 ? 'b' : 'a', n: String(n) });
    const ask = async () => [await figures(), await read((shop) => loadWithheldReasons(shop, 'welcome', current))];
    const before = await ask();
    expect(before[1]).toEqual([
      { reason: 'left-out-by-tag', facts: { tag: 'a', n: '2' }, count: 3 },
      { reason: 'left-out-by-tag', facts: { tag: 'b', n: '3' }, count: 1 },
    ]);
    await Promise.all([read(gatherCounts), read(gatherCounts)]);
    await read(gatherCounts);
    expect(await ask()).toEqual(before);
    expect((await rows()).map((row) => [row.what, row.amount, row.loose]).sort()).toEqual([
      ['clicked', 4, false],
      ['sent', 4, false],
      ['withheld', 1, false],
      ['withheld', 3, false],
    ]);
  });

  it('are put together where there are many, and go with the shop', async () => {
    expect(await findLooseCounts(connection.db)).not.toContain(shopId);
    const id = await message({ status: 'sent', sentAt: ago(1) });
    await read(({ tx }) =>
      tx.execute(sql`
        insert into daily_counts (shop_id, day, scenario, what, amount)
        select ${shopId}, '2026-03-01', 'welcome', 'codes', 1 from generate_series(1, 200)`),
    );
    expect(await findLooseCounts(connection.db)).toContain(shopId);
    await read(gatherCounts);
    expect(await findLooseCounts(connection.db)).not.toContain(shopId);
    expect(await figures()).toMatchObject({ sent: 1, codes: 200 });
    await put(id, { clickedAt: NOW });
    await read(eraseShop);
    expect(await rows()).toEqual([]);
  });
});
