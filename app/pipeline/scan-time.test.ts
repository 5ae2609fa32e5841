import { describe, expect, it } from 'vitest';
import type { Trigger } from '../domain/scenario';
import { missedScans, nextScan } from './scan-time';

const LAPSED: Trigger = { on: 'lapsed', occurrence: 'last-order' };
const SHOP = { shopId: 1, timeZone: 'Europe/Paris' };
/** Shop 1 is looked at from 3:37 in the morning, Paris. */
const NIGHT = new Date('2026-03-03T02:37:00Z');
const at = (time: string) => new Date(`2026-03-${time}Z`);
const lost = (from: string, until: string) => ({ ...SHOP, restoredFrom: at(from), restoredUntil: at(until) });
const looked = (time: string) => ({ scanFacts: { at: at(time).toISOString() }, enabledAt: at('01T00:00') });

describe('the nightly looks a restored database has forgotten', () => {
  it('are those between the last one it knows and the end of the lost time', () => {
    expect(nextScan(at('02T12:00'), LAPSED, SHOP)).toEqual(NIGHT);
    expect(missedScans(lost('02T23:00', '03T10:00'), looked('02T02:37'), LAPSED)).toEqual([NIGHT]);
    expect(missedScans(lost('02T23:00', '05T10:00'), looked('02T02:37'), LAPSED)).toHaveLength(3);
  });

  it('are none when no night lies in the lost time, when the shop was never restored, and for birthdays', () => {
    expect(missedScans(lost('03T09:00', '03T10:00'), looked('03T02:37'), LAPSED)).toEqual([]);
    expect(missedScans({ ...SHOP, restoredFrom: null, restoredUntil: null }, looked('02T02:37'), LAPSED)).toEqual([]);
    const birthday: Trigger = { on: 'birthday', at: 540, occurrence: 'year' };
    expect(missedScans(lost('02T23:00', '03T10:00'), looked('02T02:37'), birthday)).toEqual([]);
  });

  it('are not made up for twice', () => {
    expect(missedScans(lost('02T23:00', '03T10:00'), looked('03T10:05'), LAPSED)).toEqual([]);
  });
});
