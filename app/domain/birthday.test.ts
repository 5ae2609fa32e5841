import { describe, expect, it } from 'vitest';
import { isPossibleBirthDate } from './birthday';

const NOW = new Date('2026-11-22T10:00:00Z');

describe('a birth date', () => {
  it.each(['1984-05-03', '2000-02-29', '2026-11-21', '1906-01-01'])('%s is possible', (day) => {
    expect(isPossibleBirthDate(day, NOW)).toBe(true);
  });

  it.each(['', 'soon', '1985-02-29', '1984-13-01', '1984-5-3', '2027-01-01', '1800-01-01', '1984-05-03\n'])(
    '%j is not',
    (day) => {
      expect(isPossibleBirthDate(day, NOW)).toBe(false);
    },
  );
});
