/** Every table has a time, the nightly tidying goes by it, and the handbook says so. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { expect, it } from 'vitest';
import { COME_AGAIN, KEPT_BY_TABLE, KEPT_DAYS } from '../../app/domain/retention';
import { SCENARIOS } from '../../app/scenarios/catalogue';
import { FORGETTING } from '../../app/store/forget';
import * as schema from '../../app/store/schema';

const handbook = readFileSync(fileURLToPath(new URL('../../docs/operations.md', import.meta.url)), 'utf8');

it('says of every table how long its rows are kept', () => {
  const tables = Object.values(schema).filter((one) => is(one, PgTable));
  expect(Object.keys(KEPT_BY_TABLE).toSorted()).toEqual(tables.map((table) => getTableName(table)).toSorted());
});

it('keeps no enrollment for ever of what comes again by the calendar', () => {
  const again = SCENARIOS.filter(({ trigger }) => trigger.occurrence === 'year' || trigger.occurrence === 'period');
  expect(again.map(({ key }) => key).toSorted()).toEqual(COME_AGAIN.toSorted());
});

it('has a step for every time, and no step without one', () => {
  const times = new Set(
    Object.values(KEPT_BY_TABLE).flatMap((kept) => (kept === 'shop' || kept === 'ever' ? [] : kept)),
  );
  expect(new Set(FORGETTING.map(({ kept }) => kept))).toEqual(times);
  expect(Object.keys(KEPT_DAYS).toSorted()).toEqual([...times].toSorted());
  for (const { table, kept } of FORGETTING) expect(KEPT_BY_TABLE[table]).toContain(kept);
});

it('keeps everything longer than anything looks back', () => {
  // The cap 7 days, an attribution 30, the longest wait of a scenario 60, VIP's period 90; repeated events a few days.
  expect(KEPT_DAYS.timelines).toBeGreaterThan(7 + 30 + 60 + 90);
  expect(KEPT_DAYS.eventKeys).toBeGreaterThan(7);
  expect(KEPT_DAYS.dailyFigures).toBeGreaterThan(2 * 30 + 365);
});

it('stands in the handbook, table by table', () => {
  for (const [table, kept] of Object.entries(KEPT_BY_TABLE)) {
    if (kept === 'shop' || kept === 'ever') continue;
    const line = handbook.split('\n').find((one) => one.startsWith('|') && one.includes(`\`${table}\``));
    for (const one of kept) expect([table, line]).toEqual([table, expect.stringContaining(`${KEPT_DAYS[one]} days`)]);
  }
});
