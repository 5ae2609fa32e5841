import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DAY, MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { makeSweep } from '../../app/pipeline/sweep';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { decisions, enrollments, messages } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;
let now = NOW;

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

const sweep = () => makeSweep({ db: connection.db, queue: makeQueue(boss), clock: { now: () => now } });

async function jobs(name: string, shopId: number): Promise<number> {
  const [row] = await connection.db.execute<{ count: string }>(
    sql`select count(*) from pgboss.job where name = ${name} and (data->>'shopId')::int = ${shopId}`,
  );
  return Number(row?.count);
}

async function messageRow(shopId: number, id: string) {
  const [row] = await inShop(connection.db, shopId, ({ tx }) => tx.select().from(messages).where(eq(messages.id, id)));
  return row;
}

async function put(shopId: number, id: string, set: Partial<typeof messages.$inferInsert>): Promise<void> {
  await inShop(connection.db, shopId, ({ tx }) => tx.update(messages).set(set).where(eq(messages.id, id)));
}

describe('the sweep', () => {
  it('rings each due row once, of every shop, and again when its job was lost', async () => {
    now = NOW;
    const shops = [await seedShop(connection.db, { now }), await seedShop(connection.db, { now })];
    for (const shopId of shops) {
      const customerId = await seedCustomer(connection.db, shopId);
      await seedMessage(connection.db, shopId, { customerId, now });
      await seedMessage(connection.db, shopId, { customerId, now: new Date(NOW.getTime() + DAY) });
      await inShop(connection.db, shopId, ({ tx }) =>
        tx.insert(enrollments).values({
          shopId,
          scenario: 'welcome',
          customerId,
          occurrence: 'due',
          version: 1,
          cursor: 'two-days',
          anchor: now,
          startedAt: now,
          dueAt: now,
        }),
      );
    }
    await Promise.all([sweep().promote(), sweep().promote(), sweep().promote()]);
    for (const shopId of shops) {
      expect([await jobs('message.deliver', shopId), await jobs('enrollment.advance', shopId)]).toEqual([1, 1]);
    }
    now = new Date(NOW.getTime() + 10 * MINUTE);
    await sweep().promote();
    expect(await jobs('message.deliver', shops[0] ?? 0)).toBe(2);
  });

  it('gives a dead worker’s claim back, and leaves a fresh one alone', async () => {
    now = NOW;
    const shopId = await seedShop(connection.db, { now });
    const customerId = await seedCustomer(connection.db, shopId);
    const dead = await seedMessage(connection.db, shopId, { customerId, now });
    const alive = await seedMessage(connection.db, shopId, { customerId, now });
    await put(shopId, dead, {
      status: 'claimed',
      claimId: randomUUID(),
      claimedAt: new Date(NOW.getTime() - 5 * MINUTE),
      dueAt: null,
    });
    await put(shopId, alive, { status: 'claimed', claimId: randomUUID(), claimedAt: NOW, dueAt: null });
    await sweep().mend();
    expect(await messageRow(shopId, dead)).toMatchObject({ status: 'planned', dueAt: NOW });
    expect(await messageRow(shopId, alive)).toMatchObject({ status: 'claimed' });
  });

  it('holds a hand-over nobody recorded for a day, then closes it with a reason and never sends it again', async () => {
    now = NOW;
    const shopId = await seedShop(connection.db, { now });
    const id = await seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now });
    await put(shopId, id, { status: 'handed-over', handedOverAt: new Date(NOW.getTime() - 5 * MINUTE), dueAt: null });
    await sweep().mend();
    expect(await messageRow(shopId, id)).toMatchObject({ status: 'unsettled' });
    now = new Date(NOW.getTime() + DAY);
    await sweep().mend();
    expect(await messageRow(shopId, id)).toMatchObject({ status: 'unknown', reason: 'outcome-unknown' });
    const rows = await inShop(connection.db, shopId, ({ tx }) =>
      tx.select().from(decisions).where(eq(decisions.messageId, id)),
    );
    expect(rows).toMatchObject([{ kind: 'withheld', reason: 'outcome-unknown' }]);
    await sweep().promote();
    expect(await jobs('message.deliver', shopId)).toBe(0);
  });
});
