import { expect, it } from 'vitest';
import { busiestDay, isEmpty, markedDays, roundTop, totalsOf } from './engagement-figures';

const days = Array.from({ length: 30 }, (_, index) => ({
  day: `2026-03-${String(index + 1).padStart(2, '0')}`,
  sent: [3, 12, 12, 0][index] ?? 0,
  clicked: index === 1 ? 4 : 0,
  orders: 0,
}));

it('adds up the days, and knows when there is nothing to draw', () => {
  expect(totalsOf(days)).toEqual({ sent: 27, clicked: 4, orders: 0 });
  expect(isEmpty(days)).toBe(false);
  expect(isEmpty(days.slice(10))).toBe(true);
});

it('names the busiest day, the latest of two, and none where nothing was sent', () => {
  expect(busiestDay(days)?.day).toBe('2026-03-03');
  expect(busiestDay(days.slice(10))).toBeNull();
});

it('ends a scale at a round number of whole things', () => {
  const topOf = (sent: number) => roundTop([{ day: '2026-03-01', sent, clicked: 0, orders: 0 }], 'sent');
  expect([0, 1, 2, 3, 9, 12, 50, 51, 1240].map(topOf)).toEqual([1, 1, 2, 3, 10, 15, 50, 60, 1500]);
});

it('writes a day a week under the chart, the last one among them, and fewer where there is little room', () => {
  expect(markedDays(days, 900).map((day) => day.slice(8))).toEqual(['02', '09', '16', '23', '30']);
  expect(markedDays(days, 350).map((day) => day.slice(8))).toEqual(['02', '16', '30']);
});
