// One statement stores the events of several shops: what a transaction may add and see is what it named, held by Postgres itself.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { makeLogger } from '../../app/log.server';
import { makeIngest } from '../../app/pipeline/ingest';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { type ShopsEvent, storeInboundEvents } from '../../app/store/inbound-events';
import { inShop, inShops } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
/** The web process's role: it sees no row of any shop by itself. */
let web: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  web = connect({ url: database.appUrl });
});
afterAll(async () => {
  await web.close();
  await database.drop();
});

const event = (shopId: number, dedupeKey: string): ShopsEvent => ({
  ...{ shopId, source: 'shopify', topic: 'orders/create', dedupeKey, triggeredAt: null, payload: '{}' },
});
const shops = async (count: number) => {
  const ids: number[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await seedShop(web.db, { now: NOW }));
  return ids as [number, number, number];
};
const keysOf = async (shopId: number) =>
  inShop(web.db, shopId, async ({ tx }) => {
    const rows = await tx.execute<{ key: string }>(sql`select dedupe_key as key from inbound_events order by 1`);
    return rows.map(({ key }) => key);
  });

describe('a transaction for several shops', () => {
  it('adds events of the shops it names and answers the new ones in the order told', async () => {
    const [one, two] = await shops(2);
    const told = [event(two, 'b'), event(one, 'z'), event(one, 'a'), event(two, 'b')];
    const fresh = await inShops(web.db, [one, two], (tx) => storeInboundEvents(tx, told, NOW));
    expect(fresh.map(({ shopId, dedupeKey }) => [shopId, dedupeKey])).toEqual([
      [two, 'b'],
      [one, 'z'],
      [one, 'a'],
    ]);
    expect([await keysOf(one), await keysOf(two)]).toEqual([['a', 'z'], ['b']]);
    const again = await inShops(web.db, [one, two], (tx) => storeInboundEvents(tx, [...told, event(one, 'c')], NOW));
    expect(again.map(({ dedupeKey }) => dedupeKey)).toEqual(['c']);
  });

  it('can add nothing to a shop it does not name, nor beside others it does', async () => {
    const [named, other] = await shops(2);
    const told = [event(named, 'mine'), event(other, 'theirs')];
    await expect(inShops(web.db, [named], (tx) => storeInboundEvents(tx, told, NOW))).rejects.toThrow();
    await expect(inShops(web.db, [], (tx) => storeInboundEvents(tx, told, NOW))).rejects.toThrow();
    expect([await keysOf(named), await keysOf(other)]).toEqual([[], []]);
  });

  it('sees events of the shops it names alone, may change none, and sees no other table', async () => {
    const [one, two, other] = await shops(3);
    await inShops(web.db, [one, two, other], (tx) =>
      storeInboundEvents(tx, [event(one, 'a'), event(two, 'b'), event(other, 'c')], NOW),
    );
    await seedCustomer(web.db, one);
    const seen = await inShops(web.db, [one, two], async ({ tx }) => ({
      events: (await tx.execute<{ key: string }>(sql`select dedupe_key as key from inbound_events order by 1`)).map(
        ({ key }) => key,
      ),
      changed: (await tx.execute(sql`update inbound_events set payload = '' returning 1`)).length,
      gone: (await tx.execute(sql`delete from inbound_events returning 1`)).length,
      customers: (await tx.execute(sql`select 1 from customers`)).length,
    }));
    expect(seen).toEqual({ events: ['a', 'b'], changed: 0, gone: 0, customers: 0 });
  });

  it('leaves nothing behind on its connection', async () => {
    const single = connect({ url: database.appUrl, max: 1 });
    const [one] = await shops(1);
    await inShops(single.db, [one], (tx) => storeInboundEvents(tx, [event(one, 'a')], NOW));
    expect(await single.db.execute(sql`select 1 from inbound_events`)).toHaveLength(0);
    await single.close();
  });
});

describe('deliveries of many shops at once', () => {
  it('are stored whole with one job for all that is new, or not at all', async () => {
    const boss = await startBoss({ url: database.appUrl, role: 'web', log: makeLogger('silent') });
    const ingest = makeIngest({ db: web.db, queue: makeQueue(boss), clock: { now: () => NOW } });
    const [one, two, three] = await shops(3);
    const told = [one, two, three, one].map((shopId, number) => ({
      shopId,
      events: [event(shopId, `d${number}`)],
    }));
    expect(await ingest(told)).toBe(4);
    expect(await ingest(told)).toBe(0);
    const bad = { shopId: two, events: [{ ...event(two, 'bad'), triggeredAt: 'never' }] };
    await expect(ingest([...told, bad])).rejects.toThrow();
    const jobs = await web.db.execute<{ keys: string[] }>(sql`
      select array(select event->>'dedupeKey' from jsonb_array_elements(data->'events') event) as keys
      from pgboss.job where name = 'event.route'`);
    expect([...jobs]).toEqual([{ keys: ['d0', 'd1', 'd2', 'd3'] }]);
    await boss.stop({ graceful: false });
  });
});
