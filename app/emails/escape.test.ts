import { describe, expect, it } from 'vitest';
import { oneLine } from './escape';

describe('a value on one line', () => {
  it.each(['Zoé', 'Épicerie d’en face – 12 €', 'a b', 'spam', 'עברית \u200fx'])('is left as it is: %s', (value) => {
    expect(oneLine(value)).toBe(value);
  });

  it.each([
    [' a', 'a'],
    ['a\u00a0', 'a'],
    ['\ufeffa', 'a'],
    ['a  b', 'a b'],
    ['a\tb', 'a b'],
    ['a\nb', 'a b'],
    ['a\u2028b', 'a b'],
    ['a\u202eb', 'a b'],
    ['a\ud83d', 'a\ufffd'],
    ['\ue000', ''],
    ['x'.repeat(301), `${'x'.repeat(299)}…`],
  ])('is tidied: %j', (value, tidy) => {
    expect(oneLine(value)).toBe(tidy);
  });
});
