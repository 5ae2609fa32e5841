import { and, asc, eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DAY, HOUR, MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { makeAdvance } from '../../app/pipeline/advance';
import { makeCommands } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { heldOfScenarios } from '../../app/pipeline/held';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { recordDecisions } from '../../app/store/decisions';
import { enrollments, messages } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { loadShop } from '../../app/store/shop-settings';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const ahead = (ms: number) => new Date(NOW.getTime() + ms);
let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;
let now = NOW;

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

const clock = { now: () => now };
const commands = () =>
  makeCommands({
    ...{ db: connection.db, queue: makeQueue(boss), clock, mailer: null, senders: null },
    ...{ compiled: makeCompiledEmails(), links: { appUrl: 'https://relance.example', linkSecret: 'l'.repeat(32) } },
    settings: { hasProviderKey: true, sharedSender: 'post@relance.example' },
  });

async function openShop() {
  now = NOW;
  const shopId = await seedShop(connection.db, { now: NOW });
  const within = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
  const customerId = await seedCustomer(connection.db, shopId);
  const hold = async (
    reason: 'everything-paused' | 'scenario-off',
    rest: Partial<typeof messages.$inferInsert> = {},
  ) => {
    const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
    await within(({ tx }) =>
      tx
        .update(messages)
        .set({ reason, facts: {}, dueAt: ahead(6 * HOUR), ...rest })
        .where(eq(messages.id, id)),
    );
    return id;
  };
  const planned = () =>
    within(({ tx }) => tx.select().from(messages).where(eq(messages.shopId, shopId)).orderBy(asc(messages.dueAt)));
  const held = () => within(async (shop) => heldOfScenarios(shop, await loadShop(shop), now));
  return { shopId, within, customerId, hold, planned, held };
}

describe('everything paused', () => {
  it('counts by scenario what may still go and what expired since, and says so on resuming', async () => {
    const { shopId, within, customerId, hold, held } = await openShop();
    await commands().pauseEverything(shopId, true);
    await hold('everything-paused');
    await hold('everything-paused', { expiresAt: ahead(2 * DAY) });
    await hold('everything-paused', { scenario: 'abandoned-checkout', expiresAt: ahead(HOUR) });
    const expired = { customerId, scenario: 'welcome', kind: 'withheld', reason: 'expired', step: 'choosing' } as const;
    await within((shop) =>
      recordDecisions(shop, [
        { ...expired, at: ahead(HOUR), facts: { heldBy: 'everything-paused' } },
        // Before the pause, and for another reason: neither was this pause's doing.
        { ...expired, at: ahead(-HOUR), facts: { heldBy: 'everything-paused' } },
        { ...expired, at: ahead(HOUR), facts: { heldBy: 'frequency-cap' } },
      ]),
    );
    now = ahead(2 * HOUR);
    expect(await held()).toEqual({
      welcome: { relevant: 2, expired: 1 },
      'abandoned-checkout': { relevant: 0, expired: 1 },
    });
    expect(await commands().pauseEverything(shopId, false)).toEqual({ relevant: 2, expired: 2, minutes: 1 });
    expect(await held()).toEqual({});
  });

  it('lets go what waited at once where it is little', async () => {
    const { shopId, hold, planned } = await openShop();
    await commands().pauseEverything(shopId, true);
    await hold('everything-paused');
    await commands().pauseEverything(shopId, false);
    expect((await planned()).map(({ dueAt }) => dueAt)).toEqual([NOW]);
  });

  it('spreads what waited where it is much: the most important first, none later than its expiry', async () => {
    const { shopId, within, customerId, hold, planned } = await openShop();
    await commands().pauseEverything(shopId, true);
    const soon = await hold('everything-paused', { priority: 9, expiresAt: ahead(30_000) });
    const cart = await hold('everything-paused', { priority: 1 });
    await within(({ tx }) =>
      tx.insert(messages).values(
        Array.from({ length: 250 }, (_, i) => ({
          ...{
            shopId,
            enrollmentId: 1_000_000 + i,
            scenario: 'welcome' as const,
            step: 'choosing',
            email: 'welcome-2',
          },
          ...{ customerId, priority: 4, plannedAt: NOW, expiresAt: ahead(DAY), dueAt: ahead(6 * HOUR) },
          ...{ reason: 'everything-paused' as const, facts: {} },
        })),
      ),
    );
    expect(await commands().pauseEverything(shopId, false)).toMatchObject({ relevant: 252, minutes: 3 });
    const rows = await planned();
    const minutes = Map.groupBy(rows, ({ dueAt }) => Math.floor(((dueAt?.getTime() ?? 0) - NOW.getTime()) / MINUTE));
    expect([...minutes].map(([minute, some]) => [minute, some.length])).toEqual([
      [0, 101],
      [1, 100],
      [2, 51],
    ]);
    expect(rows.find(({ id }) => id === cart)?.dueAt).toEqual(NOW);
    expect(rows.find(({ id }) => id === soon)?.dueAt).toEqual(ahead(30_000));
  });

  it('leaves to its own switch what is switched off besides', async () => {
    const { shopId, hold, held } = await openShop();
    await commands().pauseEverything(shopId, true);
    await commands().switchScenario(shopId, 'welcome', false);
    await hold('everything-paused');
    await hold('scenario-off');
    expect(await held()).toEqual({ welcome: { relevant: 1, expired: 0 } });
    expect(await commands().switchScenario(shopId, 'welcome', true)).toBeNull();
    expect(await commands().pauseEverything(shopId, false)).toMatchObject({ relevant: 1 });
  });
});

describe('a scenario switched off', () => {
  it('counts what waits for it alone, and lets that go', async () => {
    const { shopId, hold, held, planned } = await openShop();
    await commands().switchScenario(shopId, 'welcome', false);
    await hold('scenario-off');
    await hold('scenario-off', { scenario: 'abandoned-checkout' });
    expect(await held()).toEqual({ welcome: { relevant: 1, expired: 0 } });
    expect(await commands().switchScenario(shopId, 'welcome', true)).toEqual({ relevant: 1, expired: 0, minutes: 1 });
    expect((await planned()).map(({ scenario, dueAt }) => [scenario, dueAt])).toEqual([
      ['welcome', NOW],
      ['abandoned-checkout', ahead(6 * HOUR)],
    ]);
  });

  it('counts who waits for a code that is not made meanwhile, and names the switch when that is too late', async () => {
    const { shopId, within, held } = await openShop();
    await within(({ tx }) => tx.execute(`update scenario_settings set overlay = '{}' where scenario = 'welcome'`));
    const people = [await seedCustomer(connection.db, shopId), await seedCustomer(connection.db, shopId)];
    const ids = await within(async ({ tx }) =>
      (
        await tx
          .insert(enrollments)
          .values(
            people.map((customerId, i) => ({
              ...{
                shopId,
                scenario: 'welcome' as const,
                customerId,
                occurrence: 'once',
                version: 1,
                cursor: 'choosing',
              },
              ...{ anchor: ahead(-i * 3 * DAY + HOUR), startedAt: ahead(-5 * DAY), dueAt: NOW },
            })),
          )
          .returning()
      ).map(({ id }) => id),
    );
    await commands().switchScenario(shopId, 'welcome', false);
    const advance = makeAdvance({ db: connection.db, queue: makeQueue(boss), clock, log: makeLogger('silent') });
    await advance(shopId, ids);
    expect(await held()).toEqual({ welcome: { relevant: 2, expired: 0 } });
    now = ahead(2 * HOUR);
    expect(await held()).toEqual({ welcome: { relevant: 1, expired: 1 } });
    expect(await commands().switchScenario(shopId, 'welcome', true)).toMatchObject({ relevant: 1, expired: 1 });
    await advance(shopId, ids);
    const late = await within(({ tx }) =>
      tx
        .select()
        .from(messages)
        .where(and(eq(messages.shopId, shopId), eq(messages.customerId, people[1] ?? ''))),
    );
    expect(late).toMatchObject([{ reason: 'scenario-off', expiresAt: ahead(HOUR) }]);
  });
});
