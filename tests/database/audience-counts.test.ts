import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { HOUR, MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { makeAudienceCounts } from '../../app/pipeline/audience-counts';
import { loadScenarios } from '../../app/pipeline/effective-scenario';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { inShop } from '../../app/store/scope';
import { loadShop } from '../../app/store/shop-settings';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;
let now = NOW;
let shopId: number;

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
beforeEach(async () => {
  now = NOW;
  shopId = await seedShop(connection.db, { now: NOW });
});

const counts = () => makeAudienceCounts({ db: connection.db, queue: makeQueue(boss), clock: { now: () => now } });

async function subscribers(from: number, to: number): Promise<void> {
  await inShop(connection.db, shopId, ({ tx }) =>
    tx.execute(sql`
      insert into customers (shop_id, id, email, email_key, consent_state, consent_updated_at, tags)
      select ${shopId}, n, n || '@shop.example', n || '@shop.example', 'subscribed', ${NOW.toISOString()}::timestamptz - interval '1 day',
        case when n % 2 = 0 then array['even'] else '{}' end
      from generate_series(${from}::int, ${to}::int) n`),
  );
}

const welcome = (leftOutTags: string[] = []) =>
  inShop(connection.db, shopId, async (shop) => {
    const { settings } = await loadShop(shop);
    const read = await counts().read(shop, await loadScenarios(shop), { ...settings, leftOutTags });
    return read.welcome.audience;
  });

const kept = () =>
  inShop(connection.db, shopId, async (shop) => {
    const { settings } = await loadShop(shop);
    const read = await counts().readKept(shop, loadScenarios(shop), settings);
    return read.welcome?.audience ?? null;
  });

async function jobs(): Promise<number> {
  const [row] = await connection.db.execute<{ count: string }>(
    sql`select count(*) from pgboss.job where name = 'audience.count' and (data->>'shopId')::int = ${shopId}`,
  );
  return Number(row?.count);
}

describe('how many people a scenario concerns', () => {
  it('is counted with every visit in a small shop', async () => {
    await subscribers(1, 10);
    expect(await welcome()).toEqual({ reached: 10, mayBeEmailed: 10 });
    await subscribers(11, 11);
    expect(await welcome()).toEqual({ reached: 11, mayBeEmailed: 11 });
  });

  it('is kept in a large one, counted anew by the worker when it is old, and asked for once', async () => {
    await subscribers(1, 6000);
    expect(await welcome()).toEqual({ reached: 6000, mayBeEmailed: 6000 });
    await subscribers(6001, 6002);
    expect(await welcome()).toMatchObject({ reached: 6000 });
    expect(await jobs()).toBe(0);
    now = new Date(NOW.getTime() + 11 * MINUTE);
    expect(await welcome()).toMatchObject({ reached: 6000 });
    expect(await welcome()).toMatchObject({ reached: 6000 });
    expect(await jobs()).toBe(1);
    await counts().count({ shopId });
    expect(await welcome()).toMatchObject({ reached: 6002 });
    // The job was lost: somebody asks again.
    now = new Date(NOW.getTime() + HOUR);
    await welcome();
    now = new Date(NOW.getTime() + 2 * HOUR);
    await welcome();
    expect(await jobs()).toBe(3);
  });

  it('is not waited for by who asks for what was kept', async () => {
    await subscribers(1, 10);
    await welcome();
    expect(await kept()).toBeNull();
    await subscribers(11, 6000);
    expect(await kept()).toBeNull();
    await welcome();
    expect(await kept()).toEqual({ reached: 6000, mayBeEmailed: 6000 });
    now = new Date(NOW.getTime() + 11 * MINUTE);
    expect(await kept()).toMatchObject({ reached: 6000 });
    expect(await jobs()).toBe(1);
  });

  it('is counted at once by other rules', async () => {
    await subscribers(1, 6000);
    await welcome();
    expect(await welcome(['even'])).toEqual({ reached: 6000, mayBeEmailed: 3000 });
  });
});
