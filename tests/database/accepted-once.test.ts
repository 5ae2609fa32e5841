// SendGrid's own event may come before its answer to the request is written down: that an e-mail was sent is news once.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { markAccepted } from '../../app/store/messages';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

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

it('an acceptance is news the first time it is told, and never again', async () => {
  const shopId = await seedShop(connection.db, { now: NOW });
  const customerId = await seedCustomer(connection.db, shopId);
  const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
  const told = () =>
    inShop(connection.db, shopId, (shop) => markAccepted(shop, [{ id, providerMessageId: 'request-1' }], NOW));
  expect(await told()).toEqual([]);
  await inShop(connection.db, shopId, ({ tx }) =>
    tx.execute(sql`update messages set status = 'handed-over' where shop_id = ${shopId} and id = ${id}`),
  );
  expect(await told()).toEqual([id]);
  expect(await told()).toEqual([]);
});
