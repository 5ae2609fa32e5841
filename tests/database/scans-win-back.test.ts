import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LapseRule } from '../../app/domain/audience';
import { DAY } from '../../app/lib/duration';
import { loadStanding } from '../../app/store/reports/standing';
import { loadScenarioFacts } from '../../app/store/scenario-facts';
import { findScenarioSetting } from '../../app/store/scenarios';
import { enrollments, scenarioSettings, shops } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { openScanBed, type ScanBed } from './scans';

const NOW = new Date('2026-06-15T01:30:00Z');
let bed: ScanBed;
beforeAll(async () => {
  bed = await openScanBed();
});
afterAll(() => bed.close());

/** Days before the scan, at a time of day that is past by then. */
const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString();
const shop = (audience?: LapseRule, enabledDaysAgo = 100) =>
  bed.shop('win-back', { enabledAt: ago(enabledDaysAgo), ...(audience ? { audience } : {}) });
const scan = (shopId: number, at = NOW.toISOString()) => bed.scan(shopId, 'win-back', at);
const buyer = (shopId: number, days: readonly number[], change = {}) =>
  bed.person(
    shopId,
    change,
    days.map((day) => ({ at: ago(day) })),
  );

/** Fifty people who each came back after this many days, and ordered too lately to have lapsed. */
async function fillWithRegulars(shopId: number, gap: number, count = 50): Promise<void> {
  for (let one = 0; one < count; one += 1) await buyer(shopId, [gap + 1, 1]);
}

/** The order that ends what each of them is in, if there is one. */
const orderedAgain = (shopId: number, people: readonly string[]) =>
  inShop(bed.connection.db, shopId, async (scope) => {
    const rows = await scope.tx.select().from(enrollments).where(eq(enrollments.shopId, shopId));
    const facts = await loadScenarioFacts(
      scope,
      rows.map(({ id }) => id),
    );
    return people.map((id) => {
      const enrollment = rows.find(({ customerId }) => customerId === id);
      return facts.get(enrollment?.id ?? 0)?.orderSinceStart?.at.toISOString() ?? null;
    });
  });

describe('a customer who stopped ordering', () => {
  it('is missed after sixty days where nothing is known, at ten in the morning, once', async () => {
    const shopId = await shop();
    const id = await buyer(shopId, [60]);
    await scan(shopId);
    await scan(shopId, ago(-1));
    expect(await bed.enrolled(shopId)).toEqual([
      {
        customerId: id,
        occurrence: `last-order:${ago(60)}`,
        dueAt: '2026-06-15T08:00:00.000Z',
        anchor: '2026-06-15T08:00:00.000Z',
        subject: { lastOrderAt: ago(60) },
        status: 'active',
        reason: 'lapsed-days',
        facts: { lastOrderAt: ago(60), days: 60 },
      },
    ]);
  });

  it('is missed on the day itself, not the day before', async () => {
    const shopId = await shop();
    const tonight = await buyer(shopId, [59.5]);
    await buyer(shopId, [59]);
    await scan(shopId);
    expect((await bed.enrolled(shopId)).map((one) => one.customerId)).toEqual([tonight]);
  });

  it('is missed at ten on their own clock, the next morning when it is past', async () => {
    const shopId = await shop();
    const far = await buyer(shopId, [61], { country: 'JP' });
    const near = await buyer(shopId, [61]);
    await scan(shopId, '2026-06-15T09:00:00Z');
    expect(await bed.enrolled(shopId, far)).toMatchObject([{ dueAt: '2026-06-16T01:00:00.000Z' }]);
    expect(await bed.enrolled(shopId, near)).toMatchObject([{ dueAt: '2026-06-16T08:00:00.000Z' }]);
  });

  it('is missed again after another order', async () => {
    const shopId = await shop();
    const id = await buyer(shopId, [60]);
    await scan(shopId);
    await bed.order(shopId, id, { at: ago(-5) });
    await scan(shopId, ago(-65));
    expect((await bed.enrolled(shopId, id)).map((one) => one.occurrence)).toEqual([
      `last-order:${ago(60)}`,
      `last-order:${ago(-5)}`,
    ]);
  });

  it('has ordered again by an order that came to us later than the scan, unless it was cancelled by then', async () => {
    const shopId = await shop();
    const late = await buyer(shopId, [60]);
    const cancelled = await buyer(shopId, [60]);
    const silent = await buyer(shopId, [60]);
    await bed.order(shopId, cancelled, { at: ago(30), cancelledAt: new Date(ago(29)) });
    await scan(shopId);
    await bed.order(shopId, late, { at: ago(0.01) });
    expect(await orderedAgain(shopId, [late, cancelled, silent])).toEqual([ago(0.01), null, null]);
    await bed.order(shopId, silent, { at: ago(-1) });
    expect(await orderedAgain(shopId, [silent])).toEqual([ago(-1)]);
  });

  it('is left alone when they lapsed before it was switched on, or longer ago than a scan looks back', async () => {
    const shopId = await shop(undefined, 10);
    await buyer(shopId, [71]);
    const since = await buyer(shopId, [69]);
    await scan(shopId);
    expect((await bed.enrolled(shopId)).map((one) => one.customerId)).toEqual([since]);
    const old = await shop(undefined, 300);
    await buyer(old, [91]);
    const late = await buyer(old, [89]);
    await scan(old);
    expect((await bed.enrolled(old)).map((one) => one.customerId)).toEqual([late]);
  });

  it('is left alone where no e-mail may go', async () => {
    const shopId = await shop();
    await buyer(shopId, [60], { consentState: 'not_subscribed' });
    await buyer(shopId, [60], { suppressed: 'complained' });
    await buyer(shopId, [60], { deletedAt: NOW });
    await buyer(shopId, [60], { email: null });
    await buyer(shopId, [60], { preferences: { refused: ['win-back'], fewer: false } });
    await buyer(shopId, []);
    await scan(shopId);
    expect(await bed.enrolled(shopId)).toEqual([]);
  });

  it('is not looked for before every order is known, but ten minutes later', async () => {
    const shopId = await shop();
    await buyer(shopId, [60]);
    const { sql } = await import('drizzle-orm');
    await inShop(bed.connection.db, shopId, ({ tx }) =>
      tx.execute(sql`update shops set orders_known_until = null where shop_id = ${shopId}`),
    );
    await scan(shopId);
    expect(await bed.enrolled(shopId)).toEqual([]);
    const setting = await inShop(bed.connection.db, shopId, (scope) => findScenarioSetting(scope, 'win-back'));
    expect(setting).toMatchObject({ scanDueAt: new Date(NOW.getTime() + 600_000) });
  });
});

describe('the usual gap', () => {
  const OWN = [
    // Orders' ages in days, and the days that count: twice the mean gap, within 30 and 365.
    { days: [80, 60, 40], counts: 40, gap: 20 },
    { days: [50, 40, 30], counts: 30, gap: 10 },
    { days: [32, 31, 30], counts: 30, gap: 1 },
    { days: [200, 150, 100], counts: 100, gap: 50 },
    { days: [300 + 365, 150 + 365, 365], counts: 300, gap: 150 },
    { days: [900, 600, 365], counts: 365, gap: 268 },
  ];

  it.each(OWN)(
    'of a customer with orders $days days ago counts double: $counts days',
    async ({ days, counts, gap }) => {
      const lastOrder = days.at(-1) ?? 0;
      const shopId = await shop();
      const shift = (by: number) => days.map((day) => day - lastOrder + counts + by);
      const today = await buyer(shopId, shift(0));
      await buyer(shopId, shift(-1));
      await scan(shopId);
      expect(await bed.enrolled(shopId)).toMatchObject([
        { customerId: today, reason: 'lapsed-own-gap', facts: { days: counts, usualGapDays: gap } },
      ]);
    },
  );

  it('of the shop counts from fifty who came back, for those without a gap of their own', async () => {
    const shopId = await shop();
    await fillWithRegulars(shopId, 21, 49);
    const once = await buyer(shopId, [42]);
    await scan(shopId);
    expect(await bed.enrolled(shopId)).toEqual([]);
    await buyer(shopId, [22, 1]);
    await scan(shopId);
    expect(await bed.enrolled(shopId)).toMatchObject([
      { customerId: once, reason: 'lapsed-shop-gap', facts: { days: 42, usualGapDays: 21 } },
    ]);
    const setting = await inShop(bed.connection.db, shopId, (scope) => findScenarioSetting(scope, 'win-back'));
    expect(setting?.scanFacts).toMatchObject({ shopGapDays: 21, shopLapseDays: 42, repeatCustomers: 50 });
  });

  it('of the shop is the middle one, and kept within the limits', async () => {
    const shopId = await shop();
    await fillWithRegulars(shopId, 5, 26);
    await fillWithRegulars(shopId, 300, 25);
    const once = await buyer(shopId, [30]);
    await scan(shopId);
    expect(await bed.enrolled(shopId, once)).toMatchObject([{ reason: 'lapsed-shop-gap', facts: { days: 30 } }]);
  });

  it('gives way to the days the owner set', async () => {
    const shopId = await shop({ by: 'days', days: 90 });
    await fillWithRegulars(shopId, 21);
    const regular = await buyer(shopId, [130, 110, 90]);
    await buyer(shopId, [60]);
    await scan(shopId);
    expect(await bed.enrolled(shopId)).toMatchObject([
      { customerId: regular, reason: 'lapsed-days', facts: { lastOrderAt: ago(90), days: 90 } },
    ]);
  });
});

describe('those who stopped before it was switched on', () => {
  it('are enrolled by the owner alone, spread evenly over mornings, those who stopped last first, and once', async () => {
    const shopId = await shop(undefined, 1);
    const ids: string[] = [];
    for (let day = 0; day < 7; day += 1) ids.push(await buyer(shopId, [100 + day * 40]));
    await buyer(shopId, [59]);
    await buyer(shopId, [100], { consentState: 'unsubscribed' });
    await buyer(shopId, [100], { leftOutSegment: 'gid://shopify/Segment/1' });
    await scan(shopId);
    expect(await bed.enrolled(shopId)).toEqual([]);
    expect(await bed.standing(shopId, 'win-back', NOW.toISOString(), 3)).toEqual({ ok: true, enrolled: 7 });
    expect(await bed.standing(shopId, 'win-back', NOW.toISOString(), 3)).toEqual({ ok: true, enrolled: 0 });
    const rows = await bed.enrolled(shopId);
    expect(rows.map((one) => one.dueAt?.slice(0, 16))).toEqual([
      ...Array(3).fill('2026-06-15T08:00'),
      ...Array(2).fill('2026-06-16T08:00'),
      ...Array(2).fill('2026-06-17T08:00'),
    ]);
    const order = new Map(rows.map((one) => [one.customerId, one.dueAt ?? '']));
    expect(ids.map((id) => order.get(id))).toEqual(rows.map((one) => one.dueAt));
    expect(new Set(rows.map((one) => one.reason))).toEqual(new Set(['added-by-owner']));
    await scan(shopId);
    expect(await bed.enrolled(shopId)).toHaveLength(7);
  });

  it('are those, too, whom a shorter rule brings in; who lapses from that day on is missed as ever', async () => {
    const shopId = await shop({ by: 'days', days: 90 });
    for (let day = 31; day < 60; day += 7) await buyer(shopId, [day]);
    const byTheOld = await buyer(shopId, [90]);
    await scan(shopId, ago(1));
    await inShop(bed.connection.db, shopId, ({ tx }) =>
      tx
        .update(scenarioSettings)
        .set({ overlay: { audience: { by: 'days', days: 30 } } })
        .where(eq(scenarioSettings.shopId, shopId)),
    );
    // Lapsed an hour before the pass, which is after midnight.
    const tonight = await buyer(shopId, [30 + 1 / 24]);
    const tomorrow = await buyer(shopId, [29]);
    await scan(shopId);
    const fresh = [tonight];
    expect((await bed.enrolled(shopId)).map((one) => one.customerId)).toEqual(fresh);
    await scan(shopId, ago(-1));
    fresh.push(tomorrow);
    expect((await bed.enrolled(shopId)).map((one) => one.customerId)).toEqual(fresh);
    expect(await bed.standing(shopId, 'win-back', ago(-1), 1)).toEqual({ ok: true, enrolled: 6 });
    expect(await bed.enrolled(shopId, byTheOld)).toHaveLength(1);
  });

  it('are refused where it makes no sense', async () => {
    const shopId = await shop();
    const at = NOW.toISOString();
    for (const days of [0, 61, 1.5, Number.NaN]) {
      expect(await bed.standing(shopId, 'win-back', at, days)).toEqual({ ok: false, code: 'out-of-range' });
    }
    expect(await bed.standing(shopId, 'birthday', at, 3)).toEqual({ ok: false, code: 'not-applicable' });
    expect(await bed.standing(shopId, 'vip', at, 3)).toEqual({ ok: false, code: 'scenario-off' });
  });

  it('are neither counted nor enrolled before every order is known', async () => {
    const shopId = await shop(undefined, 1);
    await buyer(shopId, [100]);
    const ordersKnown = (until: Date | null) =>
      inShop(bed.connection.db, shopId, ({ tx }) =>
        tx.update(shops).set({ ordersKnownUntil: until }).where(eq(shops.shopId, shopId)),
      );
    const count = () => inShop(bed.connection.db, shopId, (scope) => loadStanding(scope, 'win-back', NOW));
    await ordersKnown(null);
    expect(await count()).toBeNull();
    expect(await bed.standing(shopId, 'win-back', NOW.toISOString(), 1)).toEqual({ ok: false, code: 'orders-unknown' });
    expect(await bed.enrolled(shopId)).toEqual([]);
    await ordersKnown(NOW);
    expect(await count()).toEqual({ customers: 1, mayBeEmailed: 1 });
    expect(await bed.standing(shopId, 'win-back', NOW.toISOString(), 1)).toEqual({ ok: true, enrolled: 1 });
  });
});
