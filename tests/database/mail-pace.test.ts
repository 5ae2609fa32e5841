/** A shop whose e-mails come back or are called spam is slowed, then stopped, and finds its way back. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { SendgridEvent } from '../../app/gateways/sendgrid/events';
import { DAY, HOUR, MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { makeJudgePace, makeLookAtPaced, resumeSlowly } from '../../app/pipeline/mail-pace';
import type { JobName } from '../../app/queue/jobs';
import { markHandedOver } from '../../app/store/messages';
import { loadPacePoints } from '../../app/store/reports/pace-attention';
import { inShop, type ShopScope } from '../../app/store/scope';
import { loadShop } from '../../app/store/shop-settings';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { claimAt, seedSent } from './paced';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
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

const within = <T>(shopId: number, work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
const judge = (shopId: number, now = NOW) =>
  makeJudgePace({ db: connection.db, clock: { now: () => now }, log: makeLogger('silent') })({ shopId });
const paceOf = async (shopId: number) => (await within(shopId, loadShop)).pace;
const messageFor = async (shopId: number, now = NOW) =>
  seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now });

/** A shop that sent so many e-mails an hour apart from now back, of which so many came back or were called spam. */
async function shopThatSent(mails: number, { bounced = 0, complained = 0, now = NOW } = {}): Promise<number> {
  const shopId = await seedShop(connection.db, { now });
  await seedSent(connection.db, shopId, { mails, bounced, complained, now });
  return shopId;
}

describe('a shop is judged by its last thousand e-mails', () => {
  it.each<[number, { bounced?: number; complained?: number }, string]>([
    [1000, { bounced: 9 }, 'full'],
    [1000, { bounced: 10 }, 'slow'],
    [1000, { bounced: 20 }, 'stopped'],
    [1000, { complained: 1 }, 'slow'],
    [1000, { complained: 2 }, 'stopped'],
    [50, { complained: 1 }, 'slow'],
    [50, { complained: 2 }, 'stopped'],
    [30, { bounced: 9 }, 'full'],
  ])('%i e-mails, %o: %s', async (mails, bad, pace) => {
    const shopId = await shopThatSent(mails, bad);
    await judge(shopId);
    expect(await paceOf(shopId)).toMatchObject({ name: pace });
  });

  it('one person who marks both of their e-mails as spam stops nobody', async () => {
    const shopId = await shopThatSent(50, { complained: 2 });
    await within(shopId, ({ tx }) =>
      tx.execute(sql`update messages set customer_id = 'n1' where shop_id = ${shopId} and complained_at is not null`),
    );
    await judge(shopId);
    expect(await paceOf(shopId)).toMatchObject({ name: 'slow', facts: { mails: 50, complaints: 2 } });
  });

  it('bounces before them count no longer', async () => {
    const shopId = await shopThatSent(1000, { bounced: 25, now: new Date(NOW.getTime() - 2 * DAY) });
    await seedSent(connection.db, shopId, { mails: 990, bounced: 0, complained: 0, now: NOW });
    await judge(shopId);
    // The ten of the older thousand that are left are the newest: none of those came back.
    expect(await paceOf(shopId)).toMatchObject({ name: 'full' });
  });

  it('nothing older than thirty days counts', async () => {
    const shopId = await shopThatSent(500, { bounced: 30, complained: 3, now: new Date(NOW.getTime() - 31 * DAY) });
    await judge(shopId);
    expect(await paceOf(shopId)).toMatchObject({ name: 'full' });
  });

  it('a large shop’s complaints are shares of its week, as they come when it has long sent more', async () => {
    const calm = await shopThatSent(5000, { complained: 2 });
    const loud = await shopThatSent(5000, { complained: 5 });
    await judge(calm);
    await judge(loud);
    expect([(await paceOf(calm)).name, (await paceOf(loud)).name]).toEqual(['full', 'stopped']);
  });

  it('an e-mail that left a moment ago tells nothing until it is delivered, or an hour has passed', async () => {
    const shopId = await shopThatSent(1000, { bounced: 20 });
    await within(shopId, ({ tx }) =>
      tx.execute(sql`update messages set delivered_at = null, sent_at = ${later(-MINUTE).toISOString()}
        where shop_id = ${shopId} and bounced_at is null`),
    );
    await judge(shopId);
    expect(await paceOf(shopId)).toMatchObject({ name: 'stopped', facts: { mails: 20, bounces: 20 } });
  });
});

describe('what SendGrid tells', () => {
  const event = (shopId: number, messageId: string, change: Partial<SendgridEvent>): SendgridEvent => ({
    ...{ name: 'bounce', id: `e-${messageId}-${change.name ?? 'bounce'}`, at: NOW, shopId, messageId },
    ...{ providerMessageId: 'x', url: null, bounceType: 'bounce', reason: null, machine: false, userAgent: null },
    ...change,
  });

  it.each<[string, Partial<SendgridEvent>, JobName[]]>([
    ['a hard bounce', {}, ['pace.judge']],
    ['a block of the day', { bounceType: 'blocked' }, []],
    ['a complaint', { name: 'spamreport' }, ['consent.push', 'pace.judge']],
    ['an unsubscribe', { name: 'unsubscribe' }, ['consent.push']],
  ])('has the shop judged for %s alone', async (_what, change, expected) => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const id = await messageFor(shopId);
    const jobs: JobName[] = [];
    const queue = { enqueue: async (_shop: unknown, name: JobName) => void jobs.push(name) };
    await within(shopId, (shop) => applyMailEvent({ queue }, shop, event(shopId, id, change), NOW));
    expect(jobs.toSorted()).toEqual(expected);
  });
});

describe('a stopped shop', () => {
  it('sends nothing, keeps what is due, and says why', async () => {
    const shopId = await shopThatSent(1000, { bounced: 23 });
    const id = await messageFor(shopId);
    await judge(shopId);
    const claimed = await claimAt(connection.db, shopId, [id], NOW);
    expect(claimed).toMatchObject({ claims: [], held: { putOff: 1, withheld: 0 } });
    expect(await within(shopId, async (shop) => loadPacePoints(shop, (await loadShop(shop)).pace))).toEqual([
      {
        ...{ point: 'sending-stopped', cause: 'bounces', mails: 1000, count: 23, perHour: 60, waiting: 1 },
        goesOnAt: later(7 * DAY).toISOString(),
      },
    ]);
    const [decision] = await within(shopId, ({ tx }) =>
      tx.execute(sql`select kind, reason, facts->>'bounces' as bounces from decisions where shop_id = ${shopId}`),
    );
    expect(decision).toMatchObject({ kind: 'put-off', reason: 'sending-stopped', bounces: '23' });
  });

  it('hands nothing over that was claimed just before', async () => {
    const shopId = await shopThatSent(999, { bounced: 19 });
    const id = await messageFor(shopId);
    const { claimId } = await claimAt(connection.db, shopId, [id], NOW);
    await seedSent(connection.db, shopId, { mails: 1, bounced: 1, complained: 0, now: NOW });
    await judge(shopId);
    const gone = await within(shopId, (shop) => markHandedOver(shop, [{ id, subject: 'x' }], { claimId, at: NOW }));
    expect(gone).toEqual([]);
  });

  it('goes on slowly and counted afresh when its owner says so, once', async () => {
    const shopId = await shopThatSent(1000, { bounced: 23 });
    const id = await messageFor(shopId);
    await judge(shopId);
    await claimAt(connection.db, shopId, [id], NOW);
    expect(await within(shopId, (shop) => resumeSlowly(shop, later(HOUR)))).toBe(true);
    expect(await within(shopId, (shop) => resumeSlowly(shop, later(HOUR)))).toBe(false);
    await judge(shopId, later(HOUR));
    expect(await paceOf(shopId)).toMatchObject({ name: 'slow', facts: {} });
    const { claims } = await claimAt(connection.db, shopId, [id], later(HOUR));
    expect(claims.map(({ message }) => message.id)).toEqual([id]);
    await judge(shopId, later(HOUR + DAY));
    expect(await paceOf(shopId)).toMatchObject({ name: 'full' });
  });

  it('goes on slowly by itself after a week, and is back to full speed a day later', async () => {
    const shopId = await shopThatSent(1000, { complained: 2 });
    await judge(shopId);
    const look = makeLookAtPaced({
      ...{ db: connection.db, log: makeLogger('silent') },
      clock: { now: () => time },
    });
    let time = later(6 * DAY);
    await look(time);
    expect(await paceOf(shopId)).toMatchObject({ name: 'stopped' });
    time = later(7 * DAY);
    await look(time);
    expect(await paceOf(shopId)).toMatchObject({ name: 'slow' });
    time = later(8 * DAY);
    await look(time);
    expect(await paceOf(shopId)).toMatchObject({ name: 'full' });
  });
});

describe('a slowed shop', () => {
  it('sends sixty in any hour, and looks again when there is room', async () => {
    const shopId = await shopThatSent(1000, { bounced: 12, now: later(-2 * HOUR) });
    await judge(shopId);
    const ids = await Promise.all(Array.from({ length: 70 }, () => messageFor(shopId)));
    const first = await claimAt(connection.db, shopId, ids, NOW);
    // Welcomes are among what a whole hour's room is for.
    expect(first.claims).toHaveLength(60);
    const waiting = await within(shopId, ({ tx }) =>
      tx.execute<{ reason: string; due: string }>(sql`
        select distinct reason, due_at as due from messages where shop_id = ${shopId} and status = 'planned'`),
    );
    expect(waiting.map(({ reason, due }) => [reason, new Date(due)])).toEqual([['sending-slowed', later(HOUR)]]);
    expect((await claimAt(connection.db, shopId, ids, later(30 * MINUTE))).claims).toHaveLength(0);
    expect((await claimAt(connection.db, shopId, ids, later(HOUR + 1))).claims).toHaveLength(10);
  });

  it('shares its hour between workers', async () => {
    const shopId = await shopThatSent(1000, { bounced: 12, now: later(-2 * HOUR) });
    await judge(shopId);
    const ids = await Promise.all(Array.from({ length: 100 }, () => messageFor(shopId)));
    const claimed = await Promise.all([
      claimAt(connection.db, shopId, ids.slice(0, 50), NOW),
      claimAt(connection.db, shopId, ids.slice(50), NOW),
    ]);
    expect(claimed.reduce((sum, { claims }) => sum + claims.length, 0)).toBe(60);
  });
});
