/** "Why do they get it, or not?" against what the scans, the reactions and the messages leave in the database. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioKey } from '../../app/domain/scenario';
import { DAY, HOUR } from '../../app/lib/duration';
import { react } from '../../app/pipeline/react';
import { whatComesNext } from '../../app/pipeline/what-comes-next';
import { whyOfCustomer } from '../../app/pipeline/why-of-customer';
import { makeQueue } from '../../app/queue/enqueue';
import { recordDecisions } from '../../app/store/decisions';
import { findCustomerRow } from '../../app/store/engagement';
import { loadWithheldReasons } from '../../app/store/reports/scenario-figures';
import { checkouts, codes, enrollments, messages, scenarioSettings } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { loadShop } from '../../app/store/shop-settings';
import { openScanBed, type ScanBed } from './scans';
import { seedMessage, seedShop } from './seed';

let bed: ScanBed;
beforeAll(async () => {
  bed = await openScanBed();
});
afterAll(() => bed.close());

const ON = '2026-01-10T09:00:00Z';
const daysAfterOn = (days: number) => new Date(Date.parse(ON) + days * DAY).toISOString();

/** The answer of one scenario at a moment. */
async function why(shopId: number, customerId: string, key: ScenarioKey, at: string) {
  const now = new Date(at);
  const answers = await inShop(bed.connection.db, shopId, async (scope) =>
    whyOfCustomer(scope, {
      ...{ shop: await loadShop(scope), customerId, sender: 'ready', now },
      person: findCustomerRow(scope, customerId),
      coming: await whatComesNext(scope, customerId, now),
    }),
  );
  const { why: said, hold, next, last } = answers.find(({ scenario }) => scenario === key) ?? {};
  return { said, hold: hold?.reason ?? null, next: next?.at.toISOString() ?? null, last };
}

describe('welcome', () => {
  const given = (shopId: number, customerId: string, at: string, now = at) =>
    inShop(bed.connection.db, shopId, (scope) =>
      react(
        { queue: makeQueue(bed.boss) },
        scope,
        [{ type: 'consent.given', customerId, at: new Date(at) }],
        new Date(now),
      ),
    );

  it('tells who subscribed before it was on, who was welcomed, and who came too late', async () => {
    const shopId = await bed.shop('welcome', { enabledAt: ON });
    const before = await bed.person(shopId, { consentUpdatedAt: new Date(daysAfterOn(-3)) });
    expect((await why(shopId, before, 'welcome', daysAfterOn(1))).said).toEqual({
      state: 'subscribed-before-on',
      facts: { subscribedDay: new Date(daysAfterOn(-3)).toISOString(), onDay: new Date(ON).toISOString() },
    });
    const fresh = await bed.person(shopId, { consentUpdatedAt: new Date(daysAfterOn(1)) });
    await given(shopId, fresh, daysAfterOn(1));
    expect((await why(shopId, fresh, 'welcome', daysAfterOn(1))).said).toMatchObject({ state: 'under-way' });
    await inShop(bed.connection.db, shopId, (scope) =>
      react(
        { queue: makeQueue(bed.boss) },
        scope,
        [{ type: 'customer.merged', customerId: fresh, into: before, at: new Date(daysAfterOn(2)) }],
        new Date(daysAfterOn(2)),
      ),
    );
    expect(await why(shopId, fresh, 'welcome', daysAfterOn(2))).toMatchObject({
      said: { state: 'welcomed', facts: { welcomedDay: daysAfterOn(1) } },
      last: { kind: 'ended', reason: 'customer-merged', at: daysAfterOn(2) },
    });
    const late = await bed.person(shopId, { consentUpdatedAt: new Date(daysAfterOn(1)) });
    await given(shopId, late, daysAfterOn(1), daysAfterOn(4));
    expect(await why(shopId, late, 'welcome', daysAfterOn(4))).toMatchObject({
      said: { state: 'subscribed-untold' },
      last: { kind: 'not-enrolled', reason: 'consent-too-old' },
    });
  });

  it('answers for somebody nothing ever happened to, and says what is off', async () => {
    const shopId = await bed.shop('vip', { enabledAt: ON });
    const id = await bed.person(shopId);
    const birthday = await why(shopId, id, 'birthday', daysAfterOn(1));
    expect(birthday).toEqual({
      said: { state: 'no-birth-date', facts: {} },
      hold: 'scenario-off',
      next: null,
      last: null,
    });
    expect((await why(shopId, id, 'win-back', daysAfterOn(1))).said).toMatchObject({ state: 'never-ordered' });
    await bed.change(shopId, id, { consentState: 'not_subscribed' });
    expect((await why(shopId, id, 'vip', daysAfterOn(1))).said).toEqual({ reason: 'not-subscribed', facts: {} });
  });

  it('says nothing of a customer who is not there', async () => {
    const shopId = await bed.shop('vip', { enabledAt: ON });
    expect(await why(shopId, 'nobody', 'vip', ON)).toMatchObject({ said: undefined });
  });
});

describe('abandoned cart', () => {
  const leave = (shopId: number, customerId: string, change: Partial<typeof checkouts.$inferInsert> = {}) =>
    inShop(bed.connection.db, shopId, ({ tx }) =>
      tx.insert(checkouts).values({
        ...{ shopId, id: 'k1', token: 't1', customerId, currency: 'EUR', total: '80' },
        ...{ sourceCreatedAt: new Date(daysAfterOn(1)), sourceUpdatedAt: new Date(daysAfterOn(1)) },
        lines: [{ variantId: '1', productId: '1', title: 'Lampe', variantTitle: null, quantity: 1, price: '80' }],
        ...change,
      }),
    );
  const left = (shopId: number, customerId: string) =>
    inShop(bed.connection.db, shopId, (scope) =>
      react(
        { queue: makeQueue(bed.boss) },
        scope,
        [{ type: 'checkout.left', checkoutId: 'k1', customerId, at: new Date(daysAfterOn(1)) }],
        new Date(daysAfterOn(1)),
      ),
    );

  it('tells when the reminder of a waiting cart is planned', async () => {
    const shopId = await bed.shop('abandoned-checkout', { enabledAt: ON });
    const id = await bed.person(shopId);
    await leave(shopId, id);
    expect((await why(shopId, id, 'abandoned-checkout', daysAfterOn(1.01))).said).toMatchObject({
      state: 'cart-untold',
    });
    await left(shopId, id);
    const tenMinutesOn = new Date(Date.parse(daysAfterOn(1)) + 600_000).toISOString();
    expect(await why(shopId, id, 'abandoned-checkout', tenMinutesOn)).toMatchObject({
      said: { state: 'cart-waiting', facts: { leftMs: 600_000 } },
      next: new Date(Date.parse(daysAfterOn(1)) + HOUR).toISOString(),
    });
  });

  it('tells a cart that was paid, one that is gone and one from before', async () => {
    const state = async (change: Partial<typeof checkouts.$inferInsert>) => {
      const shopId = await bed.shop('abandoned-checkout', { enabledAt: ON });
      const id = await bed.person(shopId);
      await leave(shopId, id, change);
      return (await why(shopId, id, 'abandoned-checkout', daysAfterOn(2))).said;
    };
    expect(await state({ completedAt: new Date(daysAfterOn(1)) })).toMatchObject({ state: 'cart-paid' });
    expect(await state({ lines: [] })).toMatchObject({ state: 'cart-empty' });
    expect(await state({ deletedAt: new Date(daysAfterOn(1)) })).toMatchObject({ state: 'cart-empty' });
    expect(await state({ sourceUpdatedAt: new Date(daysAfterOn(-1)) })).toMatchObject({ state: 'cart-before-on' });
  });
});

describe('birthday', () => {
  it('promises the moment the scan then plans, and the next year after it', async () => {
    const shopId = await bed.shop('birthday', { enabledAt: ON });
    const id = await bed.person(shopId, { birthDate: '1990-02-14', country: 'JP' });
    const promised = await why(shopId, id, 'birthday', daysAfterOn(1));
    expect(promised.said).toEqual({ state: 'birthday', facts: { birthDay: '2026-02-14' } });
    await bed.scan(shopId, 'birthday', '2026-02-13T10:00:00Z');
    expect((await bed.enrolled(shopId, id)).map(({ dueAt }) => dueAt)).toEqual([promised.next]);
    const { said } = await why(shopId, id, 'birthday', '2026-02-13T11:00:00Z');
    expect(said).toMatchObject({ state: 'under-way' });
  });
});

describe('the reminder of a birthday', () => {
  it('follows the e-mail of the day while that waits, and not once it was withheld', async () => {
    const { db } = bed.connection;
    const shopId = await bed.shop('birthday', { enabledAt: ON });
    const id = await bed.person(shopId, { birthDate: '1990-02-14' });
    const nine = new Date('2026-02-14T08:00:00Z');
    const messageId = await seedMessage(db, shopId, {
      ...{ customerId: id, now: nine, scenario: 'birthday', email: 'birthday-1', occurrence: 'birthday:2026' },
    });
    const offer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 } as const;
    await inShop(db, shopId, async ({ tx }) => {
      const waiting = { status: 'active', cursor: 'before-the-end', dueAt: nine } as const;
      const [made] = await tx.update(enrollments).set(waiting).where(eq(enrollments.customerId, id)).returning();
      await tx.insert(codes).values({
        ...{ shopId, enrollmentId: made?.id ?? 0, customerId: id, scenario: 'birthday', code: 'ABCD-EFGH', offer },
        ...{ createdAt: nine, readyAt: nine, endsAt: new Date('2026-02-28T23:00:00Z') },
      });
    });
    const next = async () =>
      (await inShop(db, shopId, (scope) => whatComesNext(scope, id, new Date(nine.getTime() + HOUR))))[0]?.after;
    expect(await next()).toMatchObject({ kind: 'email', email: 'birthday-2' });
    await inShop(db, shopId, ({ tx }) =>
      tx.update(messages).set({ status: 'withheld', reason: 'expired', dueAt: null }).where(eq(messages.id, messageId)),
    );
    expect(await next()).toMatchObject({ kind: 'end', facts: { condition: 'code-unused', code: 'never-given' } });
  });
});

describe('win-back', () => {
  it('promises the morning the scan then plans, by their own gap', async () => {
    const shopId = await bed.shop('win-back', { enabledAt: ON });
    const days = [0, 20, 40].map((day) => ({
      at: new Date(Date.parse('2025-12-01T15:00:00Z') + day * DAY).toISOString(),
    }));
    const id = await bed.person(shopId, {}, days);
    const promised = await why(shopId, id, 'win-back', '2026-01-22T16:00:00Z');
    expect(promised.said).toEqual({
      state: 'not-lapsed-own-gap',
      facts: { count: 12, days: 40, usualGapDays: 20, lapseDay: '2026-02-19T15:00:00.000Z' },
    });
    await bed.scan(shopId, 'win-back', '2026-02-18T02:30:00Z');
    expect(await bed.enrolled(shopId, id)).toEqual([]);
    await bed.scan(shopId, 'win-back', '2026-02-19T02:30:00Z');
    expect((await bed.enrolled(shopId, id)).map(({ dueAt }) => dueAt)).toEqual([promised.next]);
    expect((await why(shopId, id, 'win-back', '2026-02-19T02:40:00Z')).said).toMatchObject({ state: 'under-way' });
  });

  it('knows who lapsed before it was on, and the days the owner chose', async () => {
    const shopId = await bed.shop('win-back', { enabledAt: ON, audience: { by: 'days', days: 10 } });
    const id = await bed.person(shopId, {}, [{ at: '2025-12-01T15:00:00Z' }]);
    expect((await why(shopId, id, 'win-back', daysAfterOn(5))).said).toMatchObject({
      state: 'lapsed-before-on',
      facts: { lapseDay: '2025-12-11T15:00:00.000Z' },
    });
    await bed.scan(shopId, 'win-back', daysAfterOn(5));
    expect(await bed.enrolled(shopId, id)).toEqual([]);
    await bed.standing(shopId, 'win-back', daysAfterOn(5), 1);
    expect(await bed.enrolled(shopId, id)).toHaveLength(1);
    expect((await why(shopId, id, 'win-back', daysAfterOn(5))).said).toMatchObject({ state: 'under-way' });
  });

  it('knows who lapsed before the owner changed the days, from that moment on', async () => {
    const shopId = await bed.shop('win-back', { enabledAt: ON, audience: { by: 'days', days: 90 } });
    const id = await bed.person(shopId, {}, [{ at: '2025-12-20T15:00:00Z' }]);
    await bed.scan(shopId, 'win-back', daysAfterOn(14));
    await inShop(bed.connection.db, shopId, ({ tx }) =>
      tx
        .update(scenarioSettings)
        .set({ overlay: { audience: { by: 'days', days: 30 } } })
        .where(eq(scenarioSettings.shopId, shopId)),
    );
    const before = { said: { state: 'lapsed-before-on', facts: { lapseDay: '2026-01-19T15:00:00.000Z' } }, next: null };
    expect(await why(shopId, id, 'win-back', daysAfterOn(14.5))).toMatchObject(before);
    await bed.scan(shopId, 'win-back', daysAfterOn(15));
    expect(await bed.enrolled(shopId, id)).toEqual([]);
    expect(await why(shopId, id, 'win-back', daysAfterOn(16))).toMatchObject(before);
  });

  it('goes by the shop’s gap as the last scan found it', async () => {
    const shopId = await bed.shop('win-back', { enabledAt: ON });
    for (let place = 0; place < 50; place += 1) {
      await bed.person(shopId, {}, [{ at: '2025-10-01T12:00:00Z' }, { at: '2025-10-26T12:00:00Z' }]);
    }
    const id = await bed.person(shopId, {}, [{ at: '2026-01-05T12:00:00Z' }]);
    expect((await why(shopId, id, 'win-back', daysAfterOn(1))).said).toMatchObject({
      state: 'not-lapsed-days',
      facts: { days: 60 },
    });
    await bed.scan(shopId, 'win-back', daysAfterOn(1));
    expect((await why(shopId, id, 'win-back', daysAfterOn(2))).said).toMatchObject({
      state: 'not-lapsed-shop-gap',
      facts: { days: 50, usualGapDays: 25, lapseDay: '2026-02-24T12:00:00.000Z' },
    });
  });
});

describe('best customers', () => {
  it('tells what somebody spent and what the best begin at, as the last scan counted', async () => {
    const shopId = await bed.shop('vip', { enabledAt: ON, audience: { by: 'share', percent: 10 } });
    const order = (total: string, day = '2026-01-02T12:00:00Z') => ({ at: day, total });
    for (let place = 0; place < 18; place += 1) await bed.person(shopId, {}, [order('50'), order('50')]);
    const best = await bed.person(shopId, {}, [order('400'), order('100')]);
    const second = await bed.person(shopId, {}, [order('200'), { ...order('150'), refunded: '40' }]);
    const once = await bed.person(shopId, {}, [order('120')]);
    expect((await why(shopId, once, 'vip', daysAfterOn(1))).said).toMatchObject({ state: 'not-vip-uncounted' });
    await bed.scan(shopId, 'vip', daysAfterOn(1));
    const { said } = await why(shopId, once, 'vip', daysAfterOn(1.1));
    // Three of the 21 buyers: 500, 310 and 120, who has one order only.
    expect(said).toMatchObject({ state: 'not-vip-one-order', facts: { least: 2 } });
    await bed.order(shopId, once, order('1', daysAfterOn(1.2)));
    expect((await why(shopId, once, 'vip', daysAfterOn(1.3))).said).toMatchObject({ state: 'vip-coming' });
    expect((await bed.row(shopId, second)).vipSince).not.toBeNull();
    expect((await why(shopId, best, 'vip', daysAfterOn(1.1))).said).toMatchObject({ state: 'vip-before-on' });
    const other = (await bed.enrolled(shopId)).map(({ customerId }) => customerId);
    expect(other).toEqual([]);
    const low = await bed.person(shopId, {}, [order('30'), order('15')]);
    expect((await why(shopId, low, 'vip', daysAfterOn(1.1))).said).toMatchObject({
      state: 'not-vip-share',
      facts: { percent: 10 },
    });
    const { facts } = (await why(shopId, low, 'vip', daysAfterOn(1.1))).said ?? {};
    expect([Number(facts?.spent), Number(facts?.from)]).toEqual([45, 120]);
  });

  it('promises the morning after the scan takes somebody in, and the next period', async () => {
    const shopId = await bed.shop('vip', { enabledAt: ON, audience: { by: 'spend', amount: '300' } });
    await bed.scan(shopId, 'vip', ON);
    const id = await bed.person(shopId, {}, [{ at: daysAfterOn(3), total: '299' }]);
    expect((await why(shopId, id, 'vip', daysAfterOn(3.1))).said).toMatchObject({ state: 'not-vip-spend' });
    await bed.order(shopId, id, { at: daysAfterOn(4), total: '1' });
    const promised = await why(shopId, id, 'vip', daysAfterOn(4.1));
    expect(promised.said).toMatchObject({ state: 'vip-coming' });
    await bed.scan(shopId, 'vip', '2026-01-15T02:30:00Z');
    expect((await bed.enrolled(shopId, id)).map(({ dueAt }) => dueAt)).toEqual([promised.next]);
    expect((await why(shopId, id, 'vip', '2026-01-15T03:00:00Z')).said).toMatchObject({ state: 'under-way' });
  });
});

describe('the cap', () => {
  it('counts what went out, and says from when another is possible', async () => {
    const { db } = bed.connection;
    const shopId = await bed.shop('birthday', { enabledAt: ON });
    const id = await bed.person(shopId, { birthDate: '1990-01-16' });
    for (const days of [1, 2, 3]) {
      const message = await seedMessage(db, shopId, { customerId: id, now: new Date(daysAfterOn(days)) });
      await inShop(db, shopId, ({ tx }) =>
        tx
          .update(messages)
          .set({ status: 'sent', dueAt: null, sentAt: new Date(daysAfterOn(days)) })
          .where(eq(messages.id, message)),
      );
    }
    expect(await why(shopId, id, 'birthday', daysAfterOn(4))).toMatchObject({
      hold: 'frequency-cap',
      next: daysAfterOn(8),
    });
  });
});

describe('the withheld of a scenario', () => {
  it('are counted by reason, those by tag and by what held them apart, the most first, and sum up to its figure', async () => {
    const { db } = bed.connection;
    const now = new Date(daysAfterOn(20));
    const shopId = await seedShop(db, { now });
    const note = async (reason: 'unsubscribed' | 'left-out-by-tag' | 'expired', facts = {}, at = daysAfterOn(19)) => {
      const customerId = await bed.person(shopId);
      const messageId = await seedMessage(db, shopId, { customerId, now });
      await inShop(db, shopId, (scope) =>
        recordDecisions(scope, [
          { at: new Date(at), customerId, scenario: 'welcome', kind: 'withheld', messageId, reason, facts },
        ]),
      );
    };
    for (let place = 0; place < 3; place += 1) await note('unsubscribed');
    await note('left-out-by-tag', { tag: 'staff' });
    await note('left-out-by-tag', { tag: 'staff' });
    await note('left-out-by-tag', { tag: 'press' });
    await note('expired', { heldBy: 'frequency-cap', sentIn7Days: 3, most: 3 }, daysAfterOn(18));
    await note('expired', { heldBy: 'frequency-cap', sentIn7Days: 4, most: 3 });
    await note('unsubscribed', {}, daysAfterOn(-30));
    const period = { from: new Date(daysAfterOn(-10)), to: now };
    const counted = await inShop(db, shopId, (scope) => loadWithheldReasons(scope, 'welcome', period));
    expect(counted).toEqual([
      { reason: 'unsubscribed', facts: {}, count: 3 },
      { reason: 'expired', facts: { heldBy: 'frequency-cap', sentIn7Days: 4, most: 3 }, count: 2 },
      { reason: 'left-out-by-tag', facts: { tag: 'staff' }, count: 2 },
      { reason: 'left-out-by-tag', facts: { tag: 'press' }, count: 1 },
    ]);
    expect(await inShop(db, shopId, (scope) => loadWithheldReasons(scope, 'vip', period))).toEqual([]);
  });
});
