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
import { keepDataRequest } from '../../app/store/data-requests';
import { resetImports } from '../../app/store/imports';
import { alarmEvent, finishInboundEvent } from '../../app/store/inbound-events';
import { dataRequests, decisions, enrollments, imports, inboundEvents, messages, shops } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { markUninstalled } from '../../app/store/shops';
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

const sweep = () =>
  makeSweep({ db: connection.db, queue: makeQueue(boss), clock: { now: () => now }, log: makeLogger('silent') });

async function jobs(name: string, shopId: number): Promise<number> {
  const [row] = await connection.db.execute<{ count: string }>(
    sql`select count(*) from pgboss.job where name = ${name} and (data->>'shopId')::int = ${shopId}`,
  );
  return Number(row?.count);
}

/** The keys of the shop's events, job by job. */
async function routeJobs(shopId: number): Promise<string[][]> {
  const rows = await connection.db.execute<{ keys: string[] }>(sql`
    select array(select event->>'dedupeKey' from jsonb_array_elements(data->'events') event) as keys
    from pgboss.job where name = 'event.route' and (data->'events'->0->>'shopId')::int = ${shopId} order by created_on`);
  return rows.map(({ keys }) => keys);
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
    const seeded = [await seedShop(connection.db, { now }), await seedShop(connection.db, { now })];
    for (const shopId of seeded) {
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
    for (const shopId of seeded) {
      expect([await jobs('message.deliver', shopId), await jobs('enrollment.advance', shopId)]).toEqual([1, 1]);
    }
    now = new Date(NOW.getTime() + 10 * MINUTE);
    await sweep().promote();
    expect(await jobs('message.deliver', seeded[0] ?? 0)).toBe(2);
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

  it('gives forgotten events a job, the oldest first, and another only once that one is lost too', async () => {
    now = NOW;
    const shopId = await seedShop(connection.db, { now });
    await seedEvents(shopId, { second: new Date(NOW.getTime() + MINUTE), first: NOW });
    await sweep().mend();
    expect(await routeJobs(shopId)).toEqual([]);
    now = new Date(NOW.getTime() + 10 * MINUTE);
    for (let i = 0; i < 5; i += 1) await sweep().mend();
    await Promise.all([sweep().mend(), sweep().mend()]);
    expect(await routeJobs(shopId)).toEqual([['first', 'second']]);
    now = new Date(NOW.getTime() + 20 * MINUTE);
    await sweep().mend();
    expect(await routeJobs(shopId)).toEqual([
      ['first', 'second'],
      ['first', 'second'],
    ]);
  });

  it('adds no job beside one that still tries', async () => {
    now = NOW;
    const shopId = await seedShop(connection.db, { now });
    await seedEvents(shopId, { stuck: NOW });
    now = new Date(NOW.getTime() + 10 * MINUTE);
    await inShop(connection.db, shopId, (shop) => alarmEvent(shop, eventKey('stuck'), now));
    await sweep().mend();
    expect(await routeJobs(shopId)).toEqual([]);
  });

  it('resumes an import whose next look was lost, and no other', async () => {
    now = NOW;
    const seed = async (minutesAgo: number, more: Partial<typeof shops.$inferInsert> = {}) => {
      const shopId = await seedShop(connection.db, { now });
      const importPollAt = new Date(Date.now() - minutesAgo * MINUTE);
      await inShop(connection.db, shopId, async (shop) => {
        await resetImports(shop);
        await shop.tx
          .update(shops)
          .set({ importPollAt, ...more })
          .where(eq(shops.shopId, shopId));
      });
      return shopId;
    };
    const lost = await seed(5);
    const fresh = await seed(1);
    const gone = await seed(5, { uninstalledAt: NOW });
    const inHand = await seed(5, { importLeaseUntil: new Date(Date.now() + MINUTE) });
    const trying = await seed(5);
    const done = await seed(5);
    await inShop(connection.db, trying, (shop) =>
      makeQueue(boss).enqueue(shop, 'shop.import', [{ shopId: trying }], 300),
    );
    await inShop(connection.db, done, ({ tx }) =>
      tx.update(imports).set({ status: 'done' }).where(eq(imports.shopId, done)),
    );
    for (let i = 0; i < 3; i += 1) await sweep().mend();
    const counts = await Promise.all(
      [lost, fresh, gone, inHand, trying, done].map((shopId) => jobs('shop.import', shopId)),
    );
    expect(counts).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('forgets bodies, keys and collected data in time, also of a shop that has uninstalled', async () => {
    now = NOW;
    const shopId = await seedShop(connection.db, { now });
    await seedEvents(shopId, { old: NOW, open: NOW });
    await inShop(connection.db, shopId, async (shop) => {
      await finishInboundEvent(shop, eventKey('old'), { outcome: 'applied', at: NOW });
      await keepDataRequest(shop, { id: '1', requestedAt: NOW, collectedAt: NOW, data: {} });
      await markUninstalled(shop, NOW);
    });
    const left = () =>
      inShop(connection.db, shopId, async ({ tx }) => {
        const { dedupeKey, payload } = inboundEvents;
        const events = await tx
          .select({ dedupeKey, payload })
          .from(inboundEvents)
          .where(eq(inboundEvents.shopId, shopId))
          .orderBy(dedupeKey);
        const requests = await tx.$count(dataRequests);
        return { events: events.map((event) => `${event.dedupeKey} ${event.payload}`), requests };
      });
    const leftAfter = async (days: number) => {
      now = new Date(NOW.getTime() + days * DAY);
      await sweep().mend();
      return left();
    };
    expect(await leftAfter(6)).toEqual({ events: ['old {}', 'open {}'], requests: 1 });
    expect(await leftAfter(8)).toEqual({ events: ['old ', 'open {}'], requests: 1 });
    expect(await leftAfter(61)).toEqual({ events: ['open {}'], requests: 1 });
    expect(await leftAfter(91)).toEqual({ events: ['open {}'], requests: 0 });
  });
});

const eventKey = (dedupeKey: string) => ({ source: 'shopify', topic: 'orders/create', dedupeKey }) as const;

/** Stored events by key with when they came. */
async function seedEvents(shopId: number, events: Record<string, Date>): Promise<void> {
  await inShop(connection.db, shopId, ({ tx }) =>
    tx
      .insert(inboundEvents)
      .values(
        Object.entries(events).map(([key, receivedAt]) => ({ ...eventKey(key), shopId, receivedAt, payload: '{}' })),
      ),
  );
}
