import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../lib/duration';
import { localDay } from '../lib/time-zone';
import { codeOver, endOfDay, lastDayOf, minimumOf, type PercentageOffer } from './offer';

const offer: PercentageOffer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 };

describe('a code’s last day', () => {
  it('is counted on the shop’s calendar, not on ours', () => {
    const lateInParis = new Date('2026-12-31T23:30:00Z');
    expect(lastDayOf(offer, lateInParis, 'UTC')).toBe('2027-01-14');
    expect(lastDayOf(offer, lateInParis, 'Europe/Paris')).toBe('2027-01-15');
    expect(lastDayOf(offer, lateInParis, 'Pacific/Auckland')).toBe('2027-01-15');
    expect(lastDayOf({ ...offer, validDays: 60 }, new Date('2028-01-01T12:00:00Z'), 'UTC')).toBe('2028-03-01');
  });

  it('ends at the shop’s midnight, summer time included', () => {
    expect(endOfDay('2026-12-06', 'Europe/Paris')).toEqual(new Date('2026-12-06T23:00:00Z'));
    expect(endOfDay('2026-07-06', 'Europe/Paris')).toEqual(new Date('2026-07-06T22:00:00Z'));
    expect(endOfDay('2026-12-06', 'America/Los_Angeles')).toEqual(new Date('2026-12-07T08:00:00Z'));
    expect(endOfDay('2026-12-06', 'Pacific/Kiritimati')).toEqual(new Date('2026-12-06T10:00:00Z'));
  });

  it('is over at that moment and not before, in every zone and on every day', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const days = fc.integer({ min: 0, max: 3650 });
    fc.assert(
      fc.property(zones, days, (zone, after) => {
        const day = new Date(Date.UTC(2026, 0, 1) + after * DAY).toISOString().slice(0, 10);
        const end = endOfDay(day, zone);
        expect(localDay(end, zone) > day).toBe(true);
        expect(localDay(new Date(end.getTime() - 1), zone) <= day).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a code', () => {
  const code = { code: 'ABCD-EFGH', offer, endsAt: new Date('2026-12-06T23:00:00Z'), usedAt: null, givenAt: null };
  it('counts until its end, or until it is used', () => {
    const just = new Date(code.endsAt.getTime() - 1);
    expect(codeOver(code, just)).toBeNull();
    expect(codeOver(code, code.endsAt)).toBe('code-ended');
    expect(codeOver({ ...code, endsAt: null }, code.endsAt)).toBeNull();
    expect(codeOver({ ...code, usedAt: just }, just)).toBe('code-used');
  });
});

describe('a minimum', () => {
  it('of nothing is none', () => {
    expect(minimumOf(offer)).toBeNull();
    expect(minimumOf({ ...offer, minimum: '0.00' })).toBeNull();
    expect(minimumOf({ ...offer, minimum: '40' })).toBe('40');
  });
});
