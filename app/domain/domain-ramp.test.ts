import { describe, expect, it } from 'vitest';
import { DAY } from '../lib/duration';
import { hasGoneIdle, rampOf, wantsNoting } from './domain-ramp';

const PARIS = 'Europe/Paris';
const at = (text: string) => new Date(text);
const first = at('2026-03-02T10:00:00Z');
/** Sends every day since. */
const since = (firstAt: Date, now: Date) => ({ firstAt, lastAt: now });

describe('a new sender domain', () => {
  it('sends 200 on its first day, and twice as many every two days', () => {
    const days = Array.from({ length: 9 }, (_, day) => new Date(first.getTime() + day * DAY));
    const limits = days.map((day) => rampOf(since(first, day), day, PARIS));
    expect(limits.map((ramp) => ramp?.limit)).toEqual([200, 200, 400, 400, 800, 800, 1600, 1600, 3200]);
    expect(limits.map((ramp) => ramp?.day)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is known after four weeks', () => {
    const on = (now: Date) => rampOf(since(first, now), now, PARIS);
    expect(on(at('2026-03-29T12:00:00Z'))).toMatchObject({ day: 28 });
    expect(on(at('2026-03-30T12:00:00Z'))).toBeNull();
  });

  it('begins with the first e-mail, however long it was only chosen', () => {
    expect(rampOf({ firstAt: null, lastAt: null }, at('2026-06-01T12:00:00Z'), PARIS)).toMatchObject({
      day: 1,
      limit: 200,
      freeFrom: null,
    });
  });

  it('counts days by the shop’s calendar, through the end of winter time', () => {
    const now = at('2026-03-29T10:00:00Z');
    const ramp = rampOf(since(at('2026-03-28T22:30:00Z'), now), now, PARIS);
    expect(ramp).toEqual({
      ...{ day: 2, limit: 200, from: at('2026-03-28T23:00:00Z'), until: at('2026-03-29T22:00:00Z') },
      freeFrom: at('2026-04-24T22:00:00Z'),
    });
  });
});

describe('a domain that was known', () => {
  const now = at('2026-06-01T12:00:00Z');
  const last = (days: number) => ({ firstAt: first, lastAt: new Date(now.getTime() - days * DAY) });

  it('begins again after 30 days without an e-mail, and not before', () => {
    expect(rampOf(last(29.9), now, PARIS)).toBeNull();
    expect(hasGoneIdle(last(29.9), now)).toBe(false);
    expect(rampOf(last(30), now, PARIS)).toMatchObject({ day: 1, limit: 200, freeFrom: null });
    expect(hasGoneIdle(last(30), now)).toBe(true);
  });

  it('stays known while nobody noted when it sent last', () => {
    expect(rampOf({ firstAt: first, lastAt: null }, now, PARIS)).toBeNull();
    expect(wantsNoting({ firstAt: first, lastAt: null }, now)).toBe(true);
  });

  it('is noted once a day', () => {
    expect(wantsNoting(last(0.9), now)).toBe(false);
    expect(wantsNoting(last(1), now)).toBe(true);
    expect(wantsNoting({ firstAt: null, lastAt: null }, now)).toBe(true);
  });
});
