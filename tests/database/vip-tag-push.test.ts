/** The tag of the best customers in Shopify: ours goes when they leave, the owner's own never, whoever was merged into whom. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { AdminClient } from '../../app/gateways/shopify/admin-client';
import { makeLogger } from '../../app/log.server';
import { makeVipTagPush } from '../../app/pipeline/vip-tag-push';
import { customers } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
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

/** Pushes for a customer whom Shopify has with this tag and mark, and who is here what `row` says. */
async function pushed(shopify: { tagged: boolean; marked: boolean }, row: { vip: boolean; ours: boolean }) {
  const shopId = await seedShop(connection.db, { now: NOW });
  const customerId = await seedCustomer(connection.db, shopId);
  const mine = and(eq(customers.shopId, shopId), eq(customers.id, customerId));
  await inShop(connection.db, shopId, ({ tx }) =>
    tx
      .update(customers)
      .set({ vipSince: row.vip ? NOW : null, vipTagOurs: row.ours })
      .where(mine),
  );
  const done: string[] = [];
  const admin: AdminClient = {
    async run(_shop, document) {
      if (document.name !== 'VipTagState') done.push(document.name);
      const tags = shopify.tagged ? ['Vip'] : [];
      const nothing = { userErrors: [] };
      const customer = { tags, mark: shopify.marked ? { value: 'true' } : null };
      return document.read({ customer, tag: nothing, mark: nothing });
    },
  };
  await makeVipTagPush({ db: connection.db, admin, log: makeLogger('silent') })({ shopId, customerId });
  const [after] = await inShop(connection.db, shopId, ({ tx }) => tx.select().from(customers).where(mine));
  return [...done, after?.vipTagOurs];
}

const BARE = { tagged: false, marked: false };
const OURS = { tagged: true, marked: true };
const UNMARKED = { tagged: true, marked: false };

it('is set and marked once, and noted as ours', async () => {
  expect(await pushed(BARE, { vip: true, ours: false })).toEqual(['AddVipTag', true]);
  expect(await pushed(OURS, { vip: true, ours: false })).toEqual([true]);
});

it('that the owner set is neither marked nor taken away', async () => {
  expect(await pushed(UNMARKED, { vip: true, ours: false })).toEqual([false]);
  expect(await pushed(UNMARKED, { vip: false, ours: false })).toEqual([false]);
});

it('of somebody merged into them is marked as ours again, or goes if they are none of the best', async () => {
  expect(await pushed(UNMARKED, { vip: true, ours: true })).toEqual(['AddVipTag', true]);
  expect(await pushed(UNMARKED, { vip: false, ours: true })).toEqual(['RemoveVipTag', false]);
});

it('goes when they leave; gone already, it is no longer ours', async () => {
  expect(await pushed(OURS, { vip: false, ours: true })).toEqual(['RemoveVipTag', false]);
  expect(await pushed(BARE, { vip: false, ours: true })).toEqual([false]);
});
