/** Who is left out because of a segment: as Shopify told, whole or not at all. */
import { eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DEFAULT_SHOP_SETTINGS, type LeftOutSegment } from '../../app/domain/shop';
import { AdminError } from '../../app/gateways/shopify/admin-error';
import type { SegmentQuestions } from '../../app/gateways/shopify/segment-questions';
import { makeLogger } from '../../app/log.server';
import { makeCommands } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeSegmentsRefresh } from '../../app/pipeline/segments-refresh';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { customers } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { saveShopSettings } from '../../app/store/shop-settings';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const STAFF = { id: 'gid://shopify/Segment/1', name: 'Staff' };
const TRADE = { id: 'gid://shopify/Segment/2', name: 'Trade' };
const log = makeLogger('silent');
let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
  boss = await startBoss({ url: database.appUrl, role: 'web', log });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await connection.close();
  await database.drop();
});

/** A store whose segments have these members; an error stands for what Shopify answers instead. */
const told = (members: Record<string, string[] | AdminError>): SegmentQuestions => ({
  list: async () => [STAFF, TRADE],
  async members(_shop, id) {
    const answer = members[id] ?? [];
    if (answer instanceof AdminError) throw answer;
    return answer;
  },
});

async function store(leftOutSegments: LeftOutSegment[]) {
  const shopId = await seedShop(connection.db, { now: NOW });
  const choose = (chosen: LeftOutSegment[]) =>
    inShop(connection.db, shopId, (shop) =>
      saveShopSettings(shop, { ...DEFAULT_SHOP_SETTINGS, leftOutSegments: chosen }),
    );
  await choose(leftOutSegments);
  const [ada, bob, cleo] = [
    await seedCustomer(connection.db, shopId),
    await seedCustomer(connection.db, shopId),
    await seedCustomer(connection.db, shopId),
  ];
  const outside = async () => {
    const rows = await inShop(connection.db, shopId, ({ tx }) =>
      tx.select().from(customers).where(eq(customers.shopId, shopId)),
    );
    const segment = new Map(rows.map((row) => [row.id, row.leftOutSegment]));
    return [ada, bob, cleo].map((id) => segment.get(id));
  };
  const refresh = (segments: SegmentQuestions) => makeSegmentsRefresh({ db: connection.db, log, segments })({ shopId });
  return { shopId, ada, bob, cleo, outside, refresh, choose };
}

describe('the segments left out', () => {
  it('leave their members out, each by the first segment they are in, and let go who left', async () => {
    const { ada, bob, cleo, outside, refresh } = await store([STAFF, TRADE]);
    await refresh(told({ [STAFF.id]: [ada, 'nobody-here'], [TRADE.id]: [ada, bob] }));
    expect(await outside()).toEqual(['Staff', 'Trade', null]);
    await refresh(told({ [STAFF.id]: [], [TRADE.id]: [ada, cleo] }));
    expect(await outside()).toEqual(['Trade', null, 'Trade']);
  });

  it('let everybody go once the owner leaves no segment out', async () => {
    const { ada, outside, refresh, choose } = await store([STAFF]);
    await refresh(told({ [STAFF.id]: [ada] }));
    await choose([]);
    await refresh(told({}));
    expect(await outside()).toEqual([null, null, null]);
  });

  it('keep the old members while Shopify cannot be reached, and are asked for again', async () => {
    const { ada, bob, outside, refresh } = await store([STAFF, TRADE]);
    await refresh(told({ [STAFF.id]: [ada], [TRADE.id]: [bob] }));
    const away = told({ [STAFF.id]: [], [TRADE.id]: new AdminError('unavailable', 'away') });
    await expect(refresh(away)).rejects.toThrow('away');
    expect(await outside()).toEqual(['Staff', 'Trade', null]);
  });

  it('keep the old members of a segment Shopify refuses to tell of, and renew the others', async () => {
    const { ada, bob, cleo, outside, refresh } = await store([STAFF, TRADE]);
    await refresh(told({ [STAFF.id]: [ada], [TRADE.id]: [bob] }));
    await refresh(told({ [STAFF.id]: [cleo], [TRADE.id]: new AdminError('refused', 'Segment not found.') }));
    expect(await outside()).toEqual([null, 'Trade', 'Staff']);
  });

  it('are not written by a refresh that began before the owner chose others', async () => {
    const { ada, outside, refresh, choose } = await store([STAFF]);
    const slow: SegmentQuestions = {
      list: async () => [],
      async members() {
        await choose([TRADE]);
        return [ada];
      },
    };
    await refresh(slow);
    expect(await outside()).toEqual([null, null, null]);
  });

  it('belong to their shop alone', async () => {
    const one = await store([STAFF]);
    const other = await store([STAFF]);
    await one.refresh(told({ [STAFF.id]: [one.ada, other.ada] }));
    expect(await other.outside()).toEqual([null, null, null]);
  });

  it('are asked for when the settings are saved, and never by a shop that leaves none out', async () => {
    const { shopId } = await store([]);
    const queue = makeQueue(boss);
    const { saveSettings } = makeCommands({
      db: connection.db,
      queue,
      clock: { now: () => NOW },
      mailer: null,
      senders: null,
      compiled: makeCompiledEmails(),
      links: { appUrl: 'https://relance.example', linkSecret: 's'.repeat(32) },
      settings: { hasProviderKey: false, sharedSender: null },
    });
    const jobs = async () => (await boss.findJobs('segments.refresh', { data: { shopId } })).length;
    expect(await saveSettings(shopId, DEFAULT_SHOP_SETTINGS)).toEqual({ ok: true });
    expect(await jobs()).toBe(0);
    expect(await saveSettings(shopId, { ...DEFAULT_SHOP_SETTINGS, leftOutSegments: [STAFF] })).toEqual({ ok: true });
    expect(await jobs()).toBe(1);
    // Taken off again: their members must be let go.
    expect(await saveSettings(shopId, DEFAULT_SHOP_SETTINGS)).toEqual({ ok: true });
    expect(await jobs()).toBe(2);
  });
});
