import { describe, expect, it } from 'vitest';
import { compareVersions, exactTime, exactTimeOf, newestOfEach } from './snapshot';

const version = (updatedAt: string | null, seenAt: string) => ({
  updatedAt: updatedAt === null ? null : new Date(updatedAt),
  seenAt: exactTime(seenAt) ?? '',
});

describe('which telling is newer', () => {
  it('goes by the source timestamp first', () => {
    const late = version('2026-11-22T10:00:01Z', '2026-11-22T10:00:01Z');
    const early = version('2026-11-22T10:00:00Z', '2026-11-22T10:00:59Z');
    expect(compareVersions(late, early)).toBeGreaterThan(0);
    expect(compareVersions(early, late)).toBeLessThan(0);
  });

  it('on a tie goes by when it was told, down to the nanosecond', () => {
    const [first, second] = ['2026-11-22T10:00:00.000000001Z', '2026-11-22T10:00:00.000000002Z'];
    expect(compareVersions(version(null, second), version(null, first))).toBeGreaterThan(0);
    expect(compareVersions(version(null, first), version(null, first))).toBe(0);
  });

  it('takes a missing timestamp for the oldest', () => {
    expect(
      compareVersions(version(null, '2026-11-22T10:00:00Z'), version('2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')),
    ).toBeLessThan(0);
  });

  it('keeps one telling per object, the newest', () => {
    const rows = ['2026-11-22T10:00:00Z', '2026-11-22T12:00:00Z', '2026-11-22T11:00:00Z'].map((at) => ({
      id: '1',
      ...version(at, at),
    }));
    expect(newestOfEach(rows)).toEqual([rows[1]]);
  });
});

describe('exact times', () => {
  it('writes any ISO time in UTC with nine decimals', () => {
    expect(exactTime('2026-11-22T10:00:00.877041743Z')).toBe('2026-11-22T10:00:00.877041743Z');
    expect(exactTime('2026-11-22T11:00:00+01:00')).toBe('2026-11-22T10:00:00.000000000Z');
    expect(exactTimeOf(new Date('2026-11-22T10:00:00.120Z'))).toBe('2026-11-22T10:00:00.120000000Z');
  });

  it('answers null to what is no time', () => {
    for (const text of ['', 'yesterday', '2026-13-45T00:00:00Z', '2026-11-22']) expect(exactTime(text)).toBeNull();
  });
});
