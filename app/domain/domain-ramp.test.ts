import { describe, expect, it } from 'vitest';
import { DAY } from '../lib/duration';
import { rampOf } from './domain-ramp';

const PARIS = 'Europe/Paris';
const at = (text: string) => new Date(text);
const first = at('2026-03-02T10:00:00Z');

describe('a new sender domain', () => {
  it('sends 200 on its first day, and twice as many every two days', () => {
    const days = Array.from({ length: 9 }, (_, day) => new Date(first.getTime() + day * DAY));
    const limits = days.map((day) => rampOf(first, day, PARIS));
    expect(limits.map((ramp) => ramp?.limit)).toEqual([200, 200, 400, 400, 800, 800, 1600, 1600, 3200]);
    expect(limits.map((ramp) => ramp?.day)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is known after four weeks', () => {
    expect(rampOf(first, at('2026-03-29T12:00:00Z'), PARIS)).toMatchObject({ day: 28 });
    expect(rampOf(first, at('2026-03-30T12:00:00Z'), PARIS)).toBeNull();
  });

  it('begins with the first e-mail, however long it was only chosen', () => {
    expect(rampOf(null, at('2026-06-01T12:00:00Z'), PARIS)).toMatchObject({ day: 1, limit: 200, freeFrom: null });
  });

  it('counts days by the shop’s calendar, through the end of winter time', () => {
    const ramp = rampOf(at('2026-03-28T22:30:00Z'), at('2026-03-29T10:00:00Z'), PARIS);
    expect(ramp).toEqual({
      ...{ day: 2, limit: 200, from: at('2026-03-28T23:00:00Z'), until: at('2026-03-29T22:00:00Z') },
      freeFrom: at('2026-04-24T22:00:00Z'),
    });
  });
});
