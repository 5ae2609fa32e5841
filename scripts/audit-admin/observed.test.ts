import { expect, it } from 'vitest';
import { layoutShift, slowestInteraction } from './observed';

it('shifts of one burst add up, and the worst burst counts', () => {
  expect(layoutShift([])).toBe(0);
  const shifts = [
    { at: 100, value: 0.02 },
    { at: 900, value: 0.03 },
    { at: 2500, value: 0.01 },
  ];
  expect(layoutShift(shifts)).toBeCloseTo(0.05);
});

it('a burst lasts five seconds at most', () => {
  const shifts = Array.from({ length: 9 }, (_, index) => ({ at: 100 + index * 900, value: 0.01 }));
  expect(layoutShift(shifts)).toBeCloseTo(0.06);
});

it('the slowest interaction counts', () => {
  const interactions = { 7: { ms: 24, what: 'click' }, 9: { ms: 80, what: 'keydown' } };
  expect(slowestInteraction({ interactions })).toEqual({ ms: 80, what: 'keydown' });
  expect(slowestInteraction({ interactions: {} }).ms).toBe(0);
});
