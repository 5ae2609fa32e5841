import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VipRule } from '../../app/domain/audience';
import { DAY } from '../../app/lib/duration';
import { enrollments, scenarioSettings } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { openScanBed, type ScanBed } from './scans';

const START = new Date('2026-06-15T01:30:00Z');
let bed: ScanBed;
beforeAll(async () => {
  bed = await openScanBed();
});
afterAll(() => bed.close());

/** `days` after the scenario was switched on, at the time of the nightly scan. */
const day = (days: number) => new Date(START.getTime() + days * DAY).toISOString();
const shop = (audience?: VipRule) => bed.shop('vip', { enabledAt: day(0), ...(audience ? { audience } : {}) });
const scan = (shopId: number, days: number) => bed.scan(shopId, 'vip', day(days));
const since = async (shopId: number, id: string) => (await bed.row(shopId, id)).vipSince?.toISOString() ?? null;
const jobs = async (shopId: number) =>
  (await bed.boss.findJobs<{ customerId: string }>('vip-tag.push', { data: { shopId } })).map(
    (job) => job.data.customerId,
  );

/** What everybody was in the middle of is over. */
const end = (shopId: number) =>
  inShop(bed.connection.db, shopId, ({ tx }) =>
    tx.update(enrollments).set({ status: 'ended' }).where(eq(enrollments.shopId, shopId)),
  );
const setRule = (shopId: number, audience: VipRule) =>
  inShop(bed.connection.db, shopId, ({ tx }) =>
    tx.update(scenarioSettings).set({ overlay: { audience } }).where(eq(scenarioSettings.shopId, shopId)),
  );

/** Two orders that come to this much, the last one `days` after the start. */
const spender = (shopId: number, total: number, days = -10) =>
  bed.person(shopId, {}, [
    { at: day(days - 20), total: String(total / 2) },
    { at: day(days), total: String(total / 2) },
  ]);

describe('a share of the best', () => {
  it('is rounded up, by what they spent net, with two orders or more', async () => {
    const shopId = await shop();
    const people: string[] = [];
    for (let rank = 0; rank < 21; rank += 1) people.push(await spender(shopId, 2000 - rank * 10));
    // One big order is not two; what was given back, cancelled or is a year old does not count.
    await bed.person(shopId, {}, [{ at: day(-5), total: '9000' }]);
    await bed.person(shopId, {}, [
      { at: day(-6), total: '5000', refunded: '5000' },
      { at: day(-5), total: '100' },
    ]);
    await bed.person(shopId, {}, [
      { at: day(-6), total: '5000', cancelledAt: START },
      { at: day(-5), total: '100' },
    ]);
    await bed.person(shopId, {}, [
      { at: day(-366), total: '5000' },
      { at: day(-365), total: '5000' },
      { at: day(-5), total: '100' },
    ]);
    await scan(shopId, 0);
    const members = await Promise.all(people.map((id) => since(shopId, id)));
    // 25 buyers: two are in; the one big order takes the first place, and goes to nobody.
    expect(members.filter((one) => one !== null)).toHaveLength(1);
    expect(members[0]).toBe(day(0));
  });

  it('breaks a tie by the customer’s number, the same every night', async () => {
    const shopId = await shop();
    const people: string[] = [];
    for (let count = 0; count < 40; count += 1) people.push(await spender(shopId, 500));
    for (let night = 0; night < 3; night += 1) await scan(shopId, night);
    const sorted = people.toSorted();
    const members = await Promise.all(sorted.map((id) => since(shopId, id)));
    expect(members.map((one) => one !== null)).toEqual(sorted.map((_, place) => place < 2));
  });

  it('is left only below a wider one', async () => {
    const shopId = await shop();
    const people: string[] = [];
    for (let rank = 0; rank < 100; rank += 1) people.push(await spender(shopId, 10_000 - rank * 10));
    const [first = '', , , , fifth = ''] = people;
    await scan(shopId, 0);
    expect(await since(shopId, fifth)).toBe(day(0));
    // Two overtake: the fifth is seventh of a hundred, and stays. A third, and they leave.
    for (const [night, id] of [people[5], people[6], people[7]].entries()) {
      await bed.order(shopId, id ?? '', { at: day(night), total: '500' });
      await scan(shopId, night + 1);
      expect(await since(shopId, fifth)).toBe(night < 2 ? day(0) : null);
    }
    expect(await since(shopId, first)).toBe(day(0));
    expect(await since(shopId, people[5] ?? '')).toBe(day(1));
  });
});

describe('the owner’s own measure', () => {
  it('of spending is reached to the cent, and lost by a refund', async () => {
    const shopId = await shop({ by: 'spend', amount: '300.00' });
    const reached = await bed.person(shopId, {}, [{ at: day(-5), total: '300' }]);
    const nearly = await bed.person(shopId, {}, [{ at: day(-5), total: '299.99' }]);
    await scan(shopId, 0);
    expect([await since(shopId, reached), await since(shopId, nearly)]).toEqual([day(0), null]);
    await bed.order(shopId, nearly, { at: day(1), total: '10' });
    await bed.order(shopId, reached, { at: day(1), total: '50', refunded: '50.01' });
    await scan(shopId, 2);
    expect([await since(shopId, reached), await since(shopId, nearly)]).toEqual([null, day(2)]);
  });

  it('of orders is a number of them within a year', async () => {
    const shopId = await shop({ by: 'orders', count: 3 });
    const three = await bed.person(shopId, {}, [{ at: day(-364) }, { at: day(-5) }, { at: day(-4) }]);
    const two = await bed.person(shopId, {}, [{ at: day(-5) }, { at: day(-4) }]);
    await scan(shopId, 0);
    expect([await since(shopId, three), await since(shopId, two)]).toEqual([day(0), null]);
    await scan(shopId, 2);
    expect(await since(shopId, three)).toBeNull();
  });
});

describe('a member', () => {
  const rule: VipRule = { by: 'orders', count: 2 };

  it('from before the switch gets nothing, however long it is on, unless the owner says so', async () => {
    const shopId = await shop(rule);
    const id = await bed.person(shopId, {}, [{ at: day(-5) }, { at: day(-4) }]);
    for (const night of [0, 1, 30, 89, 91, 92, 181]) await scan(shopId, night);
    expect(await bed.enrolled(shopId)).toEqual([]);
    expect(await jobs(shopId)).toEqual([id]);
    await bed.standing(shopId, 'vip', day(182), 1);
    await end(shopId);
    for (const night of [183, 269, 271, 272]) await scan(shopId, night);
    expect(await bed.enrolled(shopId)).toMatchObject([
      { occurrence: `vip:${day(0)}:2`, reason: 'added-by-owner' },
      { occurrence: `vip:${day(0)}:3`, reason: 'vip-renewed', subject: { period: 3 } },
    ]);
  });

  it('is not begun with anew while an earlier one is under way', async () => {
    const shopId = await shop(rule);
    for (let count = 0; count < 2; count += 1) await bed.person(shopId, {}, [{ at: day(-5) }, { at: day(-4) }]);
    await scan(shopId, 0);
    await bed.standing(shopId, 'vip', day(84), 60);
    for (const night of [91, 100]) await scan(shopId, night);
    expect(await bed.enrolled(shopId)).toHaveLength(2);
    await end(shopId);
    await scan(shopId, 119);
    expect((await bed.enrolled(shopId)).map((one) => one.occurrence).toSorted()).toEqual([
      ...Array(2).fill(`vip:${day(0)}:0`),
      ...Array(2).fill(`vip:${day(0)}:1`),
    ]);
  });

  it('whom a wider rule brings in is standing, as at the switch; those from before go on', async () => {
    const shopId = await shop({ by: 'orders', count: 3 });
    await scan(shopId, 0);
    const three = await bed.person(shopId, {}, [{ at: day(1) }, { at: day(1) }, { at: day(2) }]);
    const two = await bed.person(shopId, {}, [{ at: day(1) }, { at: day(2) }]);
    await scan(shopId, 3);
    await setRule(shopId, rule);
    await scan(shopId, 4);
    expect(await since(shopId, two)).toBe(day(4));
    await end(shopId);
    const later = await bed.person(shopId, {}, [{ at: day(4) }, { at: day(4) }]);
    await scan(shopId, 5);
    for (const night of [94, 96]) await scan(shopId, night);
    expect((await bed.enrolled(shopId, three)).map((one) => one.occurrence)).toEqual([
      `vip:${day(3)}:0`,
      `vip:${day(3)}:1`,
    ]);
    expect(await bed.enrolled(shopId, two)).toEqual([]);
    expect(await bed.enrolled(shopId, later)).toMatchObject([{ reason: 'vip-entered' }]);
    expect(await bed.standing(shopId, 'vip', day(97), 1)).toEqual({ ok: true, enrolled: 1 });
    expect(await bed.enrolled(shopId, two)).toHaveLength(1);
  });

  it('who comes in later is thanked the same morning, then every ninety days', async () => {
    const shopId = await shop(rule);
    const id = await bed.person(shopId, {}, [{ at: day(-5) }]);
    await scan(shopId, 0);
    await bed.order(shopId, id, { at: day(3) });
    for (const night of [4, 5, 93, 94, 95, 184, 185]) {
      await scan(shopId, night);
      await end(shopId);
    }
    expect(await bed.enrolled(shopId, id)).toMatchObject([
      {
        occurrence: `vip:${day(4)}:0`,
        reason: 'vip-entered',
        dueAt: `${day(4).slice(0, 10)}T08:00:00.000Z`,
        facts: { since: day(4), period: 0 },
      },
      { occurrence: `vip:${day(4)}:1`, reason: 'vip-renewed' },
      { occurrence: `vip:${day(4)}:2`, reason: 'vip-renewed' },
    ]);
  });

  it('who falls out is looked at again at once, is untagged, and starts anew when they come back', async () => {
    const shopId = await shop(rule);
    const id = await bed.person(shopId, {}, [{ at: day(-362) }]);
    await scan(shopId, 0);
    await bed.order(shopId, id, { at: day(0) });
    await scan(shopId, 1);
    await inShop(bed.connection.db, shopId, ({ tx }) =>
      tx
        .update(enrollments)
        .set({ dueAt: new Date(day(200)), alarmAt: START })
        .where(and(eq(enrollments.shopId, shopId), eq(enrollments.customerId, id))),
    );
    await scan(shopId, 4);
    expect(await since(shopId, id)).toBeNull();
    expect(await bed.enrolled(shopId, id)).toMatchObject([{ status: 'active', dueAt: day(4) }]);
    expect(await jobs(shopId)).toEqual([id, id]);
    await bed.order(shopId, id, { at: day(5) });
    await scan(shopId, 6);
    expect((await bed.enrolled(shopId, id)).map((one) => one.occurrence).toSorted()).toEqual([
      `vip:${day(1)}:0`,
      `vip:${day(6)}:0`,
    ]);
  });

  it('who may not be written to is one all the same', async () => {
    const shopId = await shop(rule);
    const id = await bed.person(shopId, { consentState: 'unsubscribed' }, [{ at: day(-5) }]);
    await scan(shopId, 0);
    await bed.order(shopId, id, { at: day(1) });
    await scan(shopId, 2);
    expect(await since(shopId, id)).toBe(day(2));
    expect(await jobs(shopId)).toEqual([id]);
    expect(await bed.enrolled(shopId)).toEqual([]);
  });

  it('of long standing is enrolled by the owner, and then not before the next period', async () => {
    const shopId = await shop(rule);
    for (let count = 0; count < 4; count += 1) await bed.person(shopId, {}, [{ at: day(-5) }, { at: day(-4) }]);
    await scan(shopId, 0);
    expect(await bed.standing(shopId, 'vip', day(1), 2)).toEqual({ ok: true, enrolled: 4 });
    expect(await bed.standing(shopId, 'vip', day(1), 2)).toEqual({ ok: true, enrolled: 0 });
    await scan(shopId, 2);
    const rows = await bed.enrolled(shopId);
    expect(rows.map((one) => one.dueAt?.slice(0, 10))).toEqual([1, 1, 2, 2].map((days) => day(days).slice(0, 10)));
    expect(new Set(rows.map((one) => one.reason))).toEqual(new Set(['added-by-owner']));
    await end(shopId);
    await scan(shopId, 91);
    expect(await bed.enrolled(shopId)).toHaveLength(8);
  });

  it('of another shop is not touched', async () => {
    const [mine, other] = [await shop(rule), await shop(rule)];
    const twice = [{ at: day(-5) }, { at: day(-4) }];
    const [one, two] = [await bed.person(mine, {}, twice), await bed.person(other, {}, twice)];
    await scan(mine, 0);
    expect([await since(mine, one), await since(other, two)]).toEqual([day(0), null]);
  });
});
