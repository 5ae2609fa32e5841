/** The owner stops what is under way for somebody, and what the customer page says of it before and after. */
import { and, eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { DomainEvent } from '../../app/domain/event';
import { DAY, HOUR } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { react } from '../../app/pipeline/react';
import { makeStopPerson, type StopPerson } from '../../app/pipeline/stop-person';
import { whatComesNext } from '../../app/pipeline/what-comes-next';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { loadCustomerTimeline } from '../../app/store/reports/customer-timeline';
import { checkouts, decisions, enrollments, messages, scenarioSettings } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
  boss = await startBoss({ url: database.appUrl, role: 'web', log: makeLogger('silent') });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await connection.close();
  await database.drop();
});

async function person() {
  const shopId = await seedShop(connection.db, { now: NOW });
  const customerId = await seedCustomer(connection.db, shopId);
  const read = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
  const happen = (event: DomainEvent) => read((shop) => react({ queue: makeQueue(boss) }, shop, [event], NOW));
  const leave = async (checkoutId: string, at = NOW) => {
    await read(({ tx }) =>
      tx
        .insert(checkouts)
        .values({
          shopId,
          id: checkoutId,
          customerId,
          currency: 'EUR',
          total: '10',
          lines: [{ variantId: '1', productId: '1', title: 'Lamp', variantTitle: null, quantity: 1, price: '10' }],
          sourceCreatedAt: at,
          sourceUpdatedAt: at,
        })
        .onConflictDoNothing(),
    );
    await happen({ type: 'checkout.left', checkoutId, customerId, at });
  };
  const subscribe = () => happen({ type: 'consent.given', customerId, at: NOW });
  const next = () => read((shop) => whatComesNext(shop, customerId, NOW));
  const stop = (wish: Omit<StopPerson, 'customerId'> = {}) =>
    makeStopPerson({ db: connection.db, clock: { now: () => NOW } })(shopId, { customerId, ...wish });
  const rows = () =>
    read(({ tx }) =>
      tx.select().from(enrollments).where(eq(enrollments.customerId, customerId)).orderBy(enrollments.id),
    );
  return { shopId, customerId, read, leave, subscribe, next, stop, rows };
}

describe('stopping', () => {
  it('ends one enrollment and leaves the other as it is', async () => {
    const { leave, subscribe, next, stop, rows } = await person();
    await subscribe();
    await leave('900');
    const before = await next();
    expect(before.map(({ scenario }) => scenario)).toEqual(['welcome', 'abandoned-checkout']);
    expect(await stop({ enrollmentId: before[0]?.enrollmentId ?? 0 })).toBe(1);
    expect((await rows()).map(({ status, endReason, dueAt }) => [status, endReason, dueAt !== null])).toEqual([
      ['ended', 'stopped-by-owner', false],
      ['active', null, true],
    ]);
    expect((await next()).map(({ scenario }) => scenario)).toEqual(['abandoned-checkout']);
  });

  it('says who stopped it, on the timeline', async () => {
    const { customerId, leave, read, stop } = await person();
    await leave('900');
    await stop();
    const [first] = await read((shop) => loadCustomerTimeline(shop, customerId));
    expect(first).toMatchObject({ kind: 'ended', reason: 'stopped-by-owner', scenario: 'abandoned-checkout' });
  });

  it('never lets the same occasion start again, and a new one may', async () => {
    const { leave, stop, rows } = await person();
    await leave('900');
    expect(await stop()).toBe(1);
    await leave('900', new Date(NOW.getTime() + HOUR));
    expect(await rows()).toHaveLength(1);
    expect((await rows())[0]).toMatchObject({ status: 'ended', endReason: 'stopped-by-owner' });
    await leave('901', new Date(NOW.getTime() + DAY));
    expect((await rows()).map(({ occurrence, status }) => [occurrence, status])).toEqual([
      ['900', 'ended'],
      ['901', 'active'],
    ]);
  });

  it('withholds the e-mails that were planned, those of finished scenarios too', async () => {
    const { shopId, customerId, read, next, stop } = await person();
    const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
    expect(await next()).toMatchObject([{ scenario: 'welcome', planned: [{ email: 'welcome-2' }], after: null }]);
    expect(await stop()).toBe(1);
    const [message] = await read(({ tx }) => tx.select().from(messages).where(eq(messages.id, id)));
    expect(message).toMatchObject({ status: 'withheld', reason: 'stopped-by-owner' });
    expect(await next()).toEqual([]);
  });

  it('done twice changes nothing the second time', async () => {
    const { customerId, read, leave, stop } = await person();
    await leave('900');
    expect([await stop(), await stop()]).toEqual([1, 0]);
    const ended = await read(({ tx }) =>
      tx
        .select()
        .from(decisions)
        .where(and(eq(decisions.customerId, customerId), eq(decisions.kind, 'ended'))),
    );
    expect(ended).toHaveLength(1);
  });

  it('reaches nobody else', async () => {
    const one = await person();
    const other = await person();
    await one.leave('900');
    await other.leave('900');
    const theirs = (await other.next())[0]?.enrollmentId ?? 0;
    expect(await one.stop({ enrollmentId: theirs + 1_000_000 })).toBe(0);
    expect(await one.stop()).toBe(1);
    expect(await other.next()).toHaveLength(1);
  });
});

describe('what comes next', () => {
  it('names the next e-mail and its planned moment', async () => {
    const { leave, next } = await person();
    await leave('900');
    expect(await next()).toMatchObject([
      {
        scenario: 'abandoned-checkout',
        planned: [],
        after: { kind: 'email', email: 'cart-1', at: new Date(NOW.getTime() + HOUR), awaitsCode: false },
      },
    ]);
  });

  it('says that the first e-mail waits for its code', async () => {
    const { read, subscribe, next } = await person();
    // The prebuilt offer, instead of none.
    await read(({ tx }) => tx.update(scenarioSettings).set({ overlay: {} }));
    await subscribe();
    expect(await next()).toMatchObject([{ after: { kind: 'email', email: 'welcome-1', awaitsCode: true } }]);
  });
});
