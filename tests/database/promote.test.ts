/** What is due goes on the queue shop by shop in turns, and no more of one shop than waits a few seconds. */
import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { makeLogger } from '../../app/log.server';
import { makeSweep } from '../../app/pipeline/sweep';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { countWaiting } from '../../app/queue/waiting-jobs';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
/** More than may wait of one shop, and more than two looks take. */
const FLOOD = 20_000;
let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  boss = await startBoss({ url: database.workerUrl, role: 'web', log: makeLogger('silent') });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await connection.close();
  await database.drop();
});

/** One shopper's message, many times over: what it says does not matter here. */
async function flood(shopId: number, count: number): Promise<void> {
  const { db } = connection;
  const first = await seedMessage(db, shopId, { customerId: await seedCustomer(db, shopId), now: NOW });
  await inShop(db, shopId, async ({ tx }) => {
    await tx.execute(sql`
      insert into enrollments (shop_id, scenario, customer_id, occurrence, version, status, anchor, started_at)
      select shop_id, scenario, customer_id, 'flood-' || n, version, status, anchor, started_at
      from enrollments, generate_series(2, ${count}::int) n where shop_id = ${shopId}`);
    await tx.execute(sql`
      insert into messages (shop_id, enrollment_id, scenario, step, email, customer_id, priority, planned_at, expires_at, due_at)
      select m.shop_id, e.id, m.scenario, m.step, m.email, m.customer_id, m.priority, m.planned_at, m.expires_at, m.due_at
      from messages m join enrollments e on e.shop_id = m.shop_id and starts_with(e.occurrence, 'flood-')
      where m.id = ${first}`);
  });
}

describe('putting on the queue what is due', () => {
  it('lets no shop’s flood stand before another shop’s one e-mail', async () => {
    const large = await seedShop(connection.db, { now: NOW });
    await flood(large, FLOOD);
    const small = await seedShop(connection.db, { now: NOW });
    await seedMessage(connection.db, small, { customerId: await seedCustomer(connection.db, small), now: NOW });
    const sweep = makeSweep({
      ...{ db: connection.db, queue: makeQueue(boss), clock: { now: () => NOW }, log: makeLogger('silent') },
    });
    const waiting = () => countWaiting(connection.db, 'message.deliver');
    await sweep.promote();
    const [ofLarge = 0, ofSmall] = [(await waiting()).get(large), (await waiting()).get(small)];
    expect(ofSmall).toBe(1);
    expect(ofLarge).toBeGreaterThanOrEqual(1000);
    for (let look = 0; look < 20 && (await sweep.promote()) > 0; look += 1);
    const most = (await waiting()).get(large) ?? 0;
    expect(most).toBeLessThan(FLOOD / 2);
    // Once a worker took some, as many come after.
    await connection.db.execute(sql`
      update pgboss.job set state = 'active' where id in (
        select id from pgboss.job where name = 'message.deliver' and (data->>'shopId')::int = ${large} limit 2)`);
    expect(await sweep.promote()).toBe(1000);
    expect((await waiting()).get(large)).toBe(most);
  });
});
