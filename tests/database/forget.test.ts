import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { KEPT_BY_TABLE, KEPT_DAYS } from '../../app/domain/retention';
import { DAY, HOUR } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { makeForgetting } from '../../app/pipeline/forget';
import { withdrawConsent } from '../../app/store/engagement';
import { ensureGuests, guestId } from '../../app/store/guests';
import {
  checkouts,
  clicks,
  codes,
  customers,
  dailyCounts,
  decisions,
  discounts,
  enrollments,
  inboundEvents,
  messages,
  orders,
} from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
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

/** Whole rounds, however long one takes. */
async function aNight(at = NOW): Promise<void> {
  const forget = makeForgetting({ db: connection.db, log: makeLogger('silent') });
  for (let calls = 0; calls < 20; calls += 1) await forget(at);
}

async function openShop() {
  const shopId = await seedShop(connection.db, { now: ago(900) });
  const customerId = await seedCustomer(connection.db, shopId);
  const within = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
  return { shopId, customerId, within };
}

describe('each night', () => {
  it('what was decided is kept for its time, in steps, and only that of its time goes', async () => {
    const { shopId, customerId, within } = await openShop();
    const row = (days: number) => ({
      ...{ shopId, at: ago(days), customerId, scenario: 'welcome' as const },
      ...{ kind: 'waited' as const, reason: 'wait-started' as const },
    });
    await within(({ tx }) =>
      tx.execute(sql`
        insert into decisions (shop_id, at, customer_id, scenario, kind, reason)
        select ${shopId}, ${ago(KEPT_DAYS.timelines + 5).toISOString()}::timestamptz + i * interval '1 second', ${customerId},
          'welcome', 'waited', 'wait-started'
        from generate_series(1, 5000) i`),
    );
    await within(({ tx }) => tx.insert(decisions).values([row(KEPT_DAYS.timelines - 1), row(1)]));
    await aNight();
    const left = await within(({ tx }) => tx.select().from(decisions).where(eq(decisions.shopId, shopId)));
    expect(left.map(({ at }) => at)).toEqual([ago(KEPT_DAYS.timelines - 1), ago(1)]);
  });

  it('e-mails go with their clicks, but for those that may still go out; the figures stay', async () => {
    const { shopId, customerId, within } = await openShop();
    const old = await seedMessage(connection.db, shopId, { customerId, now: ago(401) });
    const open = await seedMessage(connection.db, shopId, { customerId, now: ago(401) });
    const young = await seedMessage(connection.db, shopId, { customerId, now: ago(399) });
    await within(async ({ tx }) => {
      for (const [id, days] of [
        [old, 401],
        [young, 399],
      ] as const) {
        await tx
          .update(messages)
          .set({ status: 'sent', dueAt: null, sentAt: ago(days) })
          .where(eq(messages.id, id));
        await tx.insert(clicks).values({
          shopId,
          eventId: id,
          messageId: id,
          customerId,
          at: ago(days),
          url: 'https://x.example',
          person: true,
        });
      }
    });
    const figures = () =>
      within(({ tx }) =>
        tx.execute(sql`select what, sum(amount) from daily_counts where what <> 'underWay' group by what`),
      );
    const before = await figures();
    await aNight();
    const left = await within(async ({ tx }) => ({
      messages: (await tx.select().from(messages)).map(({ id }) => id),
      clicks: (await tx.select().from(clicks)).map(({ messageId }) => messageId),
    }));
    expect(left).toEqual({ messages: [open, young], clicks: [young] });
    expect(await figures()).toEqual(before);
    expect(before).toEqual([expect.objectContaining({ what: 'sent', sum: '2' })]);
  });

  it('carts go with the enrollments they began; a welcome stays, so that none comes twice', async () => {
    const { shopId, customerId, within } = await openShop();
    const cart = (id: string, days: number) => ({
      ...{ shopId, id, customerId, currency: 'EUR', total: '10' },
      ...{ sourceCreatedAt: ago(days), sourceUpdatedAt: ago(days) },
    });
    const enrollment = (occurrence: string, rest: Partial<typeof enrollments.$inferInsert> = {}) => ({
      ...{
        shopId,
        scenario: 'abandoned-checkout' as const,
        customerId,
        occurrence,
        version: 1,
        status: 'ended' as const,
      },
      ...{ anchor: ago(500), startedAt: ago(500), endedAt: ago(499), endReason: 'order-placed' as const, ...rest },
    });
    const began = await within(async ({ tx }) => {
      await tx.insert(checkouts).values([cart('old', 401), cart('open', 401), cart('young', 399)]);
      await tx.insert(checkouts).values({ ...cart('touched', 401), sourceUpdatedAt: ago(1) });
      return tx
        .insert(enrollments)
        .values([
          ...[enrollment('old'), enrollment('young'), enrollment('touched')],
          enrollment('open', { status: 'active', endedAt: null, endReason: null, dueAt: ago(-1) }),
          enrollment('once', { scenario: 'welcome' }),
        ])
        .returning();
    });
    const offer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 } as const;
    await within(({ tx }) =>
      tx.insert(codes).values(
        began.map(({ id, scenario }) => ({
          ...{ shopId, enrollmentId: id, customerId, scenario, code: `C-${id}`, offer, createdAt: ago(500) },
        })),
      ),
    );
    await aNight();
    const left = await within(async ({ tx }) => ({
      carts: (await tx.select().from(checkouts)).map(({ id }) => id).toSorted(),
      enrollments: (await tx.select().from(enrollments)).map(({ occurrence }) => occurrence).toSorted(),
      codes: (await tx.select().from(codes)).length,
    }));
    const kept = ['open', 'touched', 'young'];
    expect(left).toEqual({ carts: kept, enrollments: ['once', ...kept].toSorted(), codes: 4 });
  });

  it('the last cart of a guest who never ordered takes their address along, and leaves what they refused', async () => {
    const { shopId, within } = await openShop();
    const ids = ['gone', 'refusing', 'buyer', 'back'].map((name) => [name, guestId(`${name}@example.com`)] as const);
    const of = Object.fromEntries(ids);
    const guest = (name: string) => ({
      email: `${name}@example.com`,
      locale: 'fr',
      country: 'FR',
      seenAt: '2020-01-01',
    });
    const cart = (name: string, days: number) => ({
      ...{ shopId, id: `${name}-${days}`, customerId: of[name] ?? '', currency: 'EUR', total: '10' },
      ...{ sourceCreatedAt: ago(days), sourceUpdatedAt: ago(days) },
    });
    await within(async (shop) => {
      await ensureGuests(
        shop,
        ids.map(([name]) => ({ ...guest(name), updatedAt: ago(500) })),
      );
      await shop.tx.insert(checkouts).values([...ids.map(([name]) => cart(name, 401)), cart('back', 10)]);
      await withdrawConsent(shop, of.refusing ?? '', ago(450));
      const order = { shopId, id: '1', name: '#1', currency: 'EUR', total: '40', processedAt: ago(450) };
      await shop.tx.insert(orders).values({ ...order, customerId: of.buyer ?? '' });
    });
    await aNight();
    const rows = () =>
      within(async ({ tx }) => {
        const found = await tx.select().from(customers).where(eq(customers.shopId, shopId));
        return Object.fromEntries(ids.map(([name, id]) => [name, found.find((row) => row.id === id)]));
      });
    const after = await rows();
    expect(after.gone).toMatchObject({ email: null, emailKey: null, deletedAt: NOW, refusalsLeftAt: null });
    expect(after.refusing).toMatchObject({ email: null, consentState: 'unsubscribed', refusalsLeftAt: NOW });
    expect([after.buyer?.email, after.back?.email]).toEqual(['buyer@example.com', 'back@example.com']);
    const words = await within(({ tx }) =>
      tx.execute<{ id: string }>(sql`select distinct customer_id as id from customer_words where shop_id = ${shopId}`),
    );
    expect(words.map(({ id }) => id)).not.toContain(of.gone);
    await within((shop) => ensureGuests(shop, [{ ...guest('refusing'), updatedAt: NOW }]));
    expect((await rows()).refusing).toMatchObject({ email: 'refusing@example.com', consentState: 'unsubscribed' });
  });

  it('a birthday goes with the decision of its end, with its code and the discount; a later one and a win-back stay', async () => {
    const { shopId, customerId, within } = await openShop();
    const ended = async (scenario: 'birthday' | 'vip' | 'win-back', occurrence: string, days: number) => {
      const at = ago(days);
      await within(async ({ tx }) => {
        const row = { shopId, scenario, customerId, occurrence, version: 1, status: 'finished' as const };
        const [made] = await tx
          .insert(enrollments)
          .values({ ...row, anchor: at, startedAt: at, endedAt: at, endReason: 'finished' })
          .returning();
        const discountId = randomUUID();
        const offer = { kind: 'free-shipping', minimum: null, validDays: 14 } as const;
        await tx.insert(discounts).values({
          ...{ shopId, id: discountId, scenario, offerKey: occurrence, offer, title: 'T', createdAt: at },
          ...{ endDay: at.toISOString().slice(0, 10), endsAt: at, tidiedAt: scenario === 'vip' ? null : at },
        });
        const enrollmentId = made?.id ?? 0;
        const code = { code: occurrence, offer, discountId, createdAt: at };
        await tx.insert(codes).values({ shopId, enrollmentId, customerId, scenario, ...code });
        const decision = { shopId, at, customerId, scenario, enrollmentId };
        await tx.insert(decisions).values({ ...decision, kind: 'ended', reason: 'finished' });
      });
    };
    await ended('win-back', 'last-order:1', 402);
    await ended('birthday', 'birthday:2025', 401);
    await ended('vip', 'vip:1:0', 401);
    await ended('birthday', 'birthday:2026', 36);
    await aNight();
    const left = await within(async ({ tx }) => ({
      enrollments: (await tx.select().from(enrollments).where(eq(enrollments.shopId, shopId)))
        .map(({ occurrence }) => occurrence)
        .toSorted(),
      codes: (await tx.select().from(codes)).map(({ code }) => code).toSorted(),
      // That of the best customers could not be taken out of Shopify yet.
      discounts: (await tx.select().from(discounts)).map(({ offerKey }) => offerKey).toSorted(),
    }));
    const kept = ['birthday:2026', 'last-order:1'];
    expect(left).toEqual({ enrollments: kept, codes: kept, discounts: ['birthday:2026', 'vip:1:0'] });
  });

  it('figures by day go after two years, those without a day never', async () => {
    const { shopId, within } = await openShop();
    const day = (at: Date) => at.toISOString().slice(0, 10);
    const row = { shopId, scenario: 'welcome' as const, what: 'codes' as const, amount: 1 };
    await within(({ tx }) =>
      tx.insert(dailyCounts).values(['1970-01-01', day(ago(802)), day(ago(790))].map((one) => ({ ...row, day: one }))),
    );
    await aNight();
    const left = await within(({ tx }) => tx.select().from(dailyCounts).where(eq(dailyCounts.shopId, shopId)));
    expect(left.map((one) => one.day).toSorted()).toEqual(['1970-01-01', day(ago(790))]);
  });

  it('bodies and then keys of events go, thousands of them too; one not applied stays whole', async () => {
    const { shopId, within } = await openShop();
    await within(({ tx }) =>
      tx.execute(sql`
        insert into inbound_events (shop_id, source, topic, dedupe_key, received_at, payload, processed_at)
        select ${shopId}, 'shopify', 'orders/create', 'k' || i, ${ago(61).toISOString()}::timestamptz + i * interval '1 second',
          '{"a":1}', case when i % 1000 = 0 then null else ${ago(60).toISOString()}::timestamptz end
        from generate_series(1, 5000) i`),
    );
    const count = () =>
      within(async ({ tx }) => {
        const rows = await tx.select().from(inboundEvents).where(eq(inboundEvents.shopId, shopId));
        return [rows.length, rows.filter(({ payload }) => payload !== '').length];
      });
    await aNight(new Date(ago(61).getTime() + 8 * DAY));
    expect(await count()).toEqual([5000, 5]);
    await aNight(new Date(NOW.getTime() + 2 * HOUR));
    expect(await count()).toEqual([5, 5]);
  });

  it('another shop’s rows stay as long as they should, whoever’s turn it is', async () => {
    const [first, second] = [await openShop(), await openShop()];
    for (const { shopId, customerId, within } of [first, second])
      await within(({ tx }) =>
        tx.insert(decisions).values(
          [401, 10].map((days) => ({
            ...{ shopId, at: ago(days), customerId, scenario: 'welcome' as const },
            ...{ kind: 'waited' as const, reason: 'wait-started' as const },
          })),
        ),
      );
    await aNight();
    for (const { within } of [first, second]) {
      const left = await within(({ tx }) => tx.select().from(decisions));
      expect(left.map(({ at }) => at)).toEqual([ago(10)]);
    }
  });
});

it('knows a time for every table of the database, those that no code names included', async () => {
  const tables = await connection.db.execute<{ name: string }>(sql`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
  expect(Object.keys(KEPT_BY_TABLE).toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
});
