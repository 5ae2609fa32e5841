import { describe, expect, it } from 'vitest';
import { readBirthDate, taggedBirthDate } from './birth-date-source';

const NOW = new Date('2026-11-22T10:00:00Z');

describe('a birth date as a store writes it', () => {
  it.each([
    ['1990-03-04', null, '1990-03-04'],
    ['1990-3-4', 'US', '1990-03-04'],
    ['1990/03/04', 'FR', '1990-03-04'],
    ['1990-03-04T00:00:00Z', null, '1990-03-04'],
    ['04/03/1990', 'FR', '1990-03-04'],
    ['4.3.1990', 'DE', '1990-03-04'],
    ['03/04/1990', 'US', '1990-03-04'],
    ['25/12/1990', 'US', '1990-12-25'],
    ['12/25/1990', 'FR', '1990-12-25'],
    ['25/12/1990', 'CA', '1990-12-25'],
    ['05/05/1990', 'CA', '1990-05-05'],
    ['29/02/1992', 'FR', '1992-02-29'],
  ])('%s in %s is %s', (text, country, day) => {
    expect(readBirthDate(text, country, NOW)).toBe(day);
  });

  it.each([
    ['03/04/1990', 'CA'],
    ['03/04/1990', null],
    ['29/02/1991', 'FR'],
    ['12/25', 'US'],
    ['31/31/1990', 'FR'],
    ['2030-01-01', 'FR'],
    ['1800-01-01', 'FR'],
    ['soon', 'FR'],
    ['', 'FR'],
    ['1990-03-04-05', 'FR'],
  ])('%j in %s is none', (text, country) => {
    expect(readBirthDate(text, country, NOW)).toBeNull();
  });

  it('is taken from the first tag that holds one', () => {
    const tags = ['VIP', 'birthday:', 'Birthday:soon', 'Birthday: 04/03/1990', 'birthday:1991-01-01'];
    expect(taggedBirthDate(tags, 'birthday:', { country: 'FR', now: NOW })).toBe('1990-03-04');
    expect(taggedBirthDate(['1990-03-04'], 'birthday:', { country: 'FR', now: NOW })).toBeNull();
  });
});
