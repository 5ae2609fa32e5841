import { describe, expect, it } from 'vitest';
import { quietUntil } from './quiet-hours';

const NIGHT = { from: 21 * 60, to: 8 * 60 };

describe('quiet hours', () => {
  it.each([
    ['before midnight', '2026-03-03T21:15:00Z', '2026-03-04T07:00:00Z'],
    ['after midnight', '2026-03-04T01:15:00Z', '2026-03-04T07:00:00Z'],
    ['at their first minute', '2026-03-03T20:00:00Z', '2026-03-04T07:00:00Z'],
  ])('end at eight %s in Paris', (_when, at, until) => {
    expect(quietUntil(new Date(at), 'Europe/Paris', NIGHT)).toEqual(new Date(until));
  });

  it('are over at eight sharp and by day', () => {
    expect(quietUntil(new Date('2026-03-04T07:00:00Z'), 'Europe/Paris', NIGHT)).toBeNull();
    expect(quietUntil(new Date('2026-03-04T13:00:00Z'), 'Europe/Paris', NIGHT)).toBeNull();
  });

  it('follow the clock change in the night of 29 March 2026', () => {
    expect(quietUntil(new Date('2026-03-28T23:30:00Z'), 'Europe/Paris', NIGHT)).toEqual(
      new Date('2026-03-29T06:00:00Z'),
    );
  });

  it('move an end that the clock change skips behind the gap', () => {
    const skipped = { from: 22 * 60, to: 150 };
    expect(quietUntil(new Date('2026-03-28T23:30:00Z'), 'Europe/Paris', skipped)).toEqual(
      new Date('2026-03-29T01:00:00Z'),
    );
  });

  it('go on until the next day where the clock change skips all that is left between them', () => {
    const butOneHour = { from: 180, to: 120 };
    for (const at of ['2026-03-28T03:00:00Z', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z', '2026-03-29T12:00:00Z']) {
      const until = quietUntil(new Date(at), 'Europe/Paris', butOneHour);
      expect(until?.toISOString(), at).toBe('2026-03-30T00:00:00.000Z');
    }
  });

  it('end at the first of two moments the clock change shows twice, and again at the second', () => {
    const twice = { from: 22 * 60, to: 150 };
    const until = (at: string) => quietUntil(new Date(at), 'Europe/Paris', twice)?.toISOString() ?? null;
    expect(until('2026-10-24T22:15:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(until('2026-10-25T00:15:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(until('2026-10-25T00:45:00Z')).toBeNull();
    expect(until('2026-10-25T01:10:00Z')).toBe('2026-10-25T01:30:00.000Z');
    expect(quietUntil(new Date('2026-10-25T00:45:00Z'), 'Europe/Paris', NIGHT)).toEqual(
      new Date('2026-10-25T07:00:00Z'),
    );
  });

  it('can be switched off by equal ends', () => {
    expect(quietUntil(new Date('2026-03-04T01:15:00Z'), 'Europe/Paris', { from: 0, to: 0 })).toBeNull();
  });

  it('may lie within one day', () => {
    expect(quietUntil(new Date('2026-03-04T12:00:00Z'), 'UTC', { from: 11 * 60, to: 13 * 60 })).toEqual(
      new Date('2026-03-04T13:00:00Z'),
    );
  });
});
