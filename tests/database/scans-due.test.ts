import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeLogger } from '../../app/log.server';
import { makeSweep } from '../../app/pipeline/sweep';
import { makeQueue } from '../../app/queue/enqueue';
import { setScenarioEnabled } from '../../app/store/scenarios';
import { inShop } from '../../app/store/scope';
import { openScanBed, type ScanBed } from './scans';

let bed: ScanBed;
beforeAll(async () => {
  bed = await openScanBed();
});
afterAll(() => bed.close());

const promote = (at: string) =>
  makeSweep({
    db: bed.connection.db,
    queue: makeQueue(bed.boss),
    clock: { now: () => new Date(at) },
    log: makeLogger('silent'),
  }).promote();
const jobs = async (shopId: number) => (await bed.boss.findJobs('scenario.scan', { data: { shopId } })).length;
const dueAt = async (shopId: number, scenario: string) => {
  const [row] = await bed.connection.db.execute<{ due: string | null }>(
    sql`select scan_due_at as due from scenario_settings where shop_id = ${shopId} and scenario = ${scenario}`,
  );
  return row?.due ? new Date(row.due).toISOString() : null;
};

it('is looked at once when switched on, then every hour or every night at the shop’s own minute', async () => {
  for (const [key, every] of [
    ['birthday', 3_600_000],
    ['vip', 24 * 3_600_000],
  ] as const) {
    const shopId = await bed.shop(key, { enabledAt: '2026-06-15T12:00:00Z' });
    await promote('2026-06-15T11:59:00Z');
    expect(await jobs(shopId)).toBe(0);
    await Promise.all([promote('2026-06-15T12:00:00Z'), promote('2026-06-15T12:00:00Z')]);
    expect(await jobs(shopId)).toBe(1);
    const next = (await dueAt(shopId, key)) ?? '';
    if (key === 'vip') expect(next).toMatch(/^2026-06-16T01:\d\d:00\.000Z$/);
    await promote(next);
    expect(await jobs(shopId)).toBe(2);
    expect(Date.parse((await dueAt(shopId, key)) ?? '') - Date.parse(next)).toBe(every);
  }
});

it('is not looked at once switched off, nor where nothing is scanned', async () => {
  const shopId = await bed.shop('birthday', { enabledAt: '2026-06-15T12:00:00Z' });
  const at = new Date('2026-06-15T13:00:00Z');
  const turn = (scenario: 'birthday' | 'welcome', enabled: boolean, scanned: boolean) =>
    inShop(bed.connection.db, shopId, (shop) => setScenarioEnabled(shop, { scenario, enabled, scanned, at }));
  await turn('birthday', false, true);
  await turn('welcome', false, false);
  await turn('welcome', true, false);
  await promote('2026-06-15T14:00:00Z');
  expect(await jobs(shopId)).toBe(0);
  await turn('birthday', true, true);
  // Read as the shop: a scenario that is due shows to the worker in any case.
  expect(await dueAt(shopId, 'birthday')).toBe(at.toISOString());
});
