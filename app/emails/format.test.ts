import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, formatMoney } from './format';

describe('an amount of money', () => {
  it.each([
    ['29.9', 'EUR', 'fr-FR', '29,90\u00a0€'],
    ['29.9', 'EUR', 'en-IE', '€29.90'],
    ['1234567.5', 'EUR', 'fr-FR', '1\u00a0234\u00a0567,50\u00a0€'],
    ['19.00', 'USD', 'en-US', '$19.00'],
    ['19.00', 'USD', 'fr-CA', '19,00\u00a0$\u00a0US'],
    ['1980', 'JPY', 'en-US', '¥1,980'],
    ['1980.00', 'JPY', 'fr-FR', '1\u00a0980\u00a0JPY'],
    ['4.5', 'KWD', 'en-US', 'KWD\u00a04.500'],
    ['0', 'EUR', 'fr-FR', '0,00\u00a0€'],
    ['123456789012345678.99', 'EUR', 'en-IE', '€123,456,789,012,345,678.99'],
  ])('%s %s in %s reads %s', (amount, currency, locale, expected) => {
    expect(formatMoney({ amount, currency, locale })).toBe(expected);
  });

  it('never throws, whatever a shop sends', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (amount, currency, locale) => {
        expect(typeof formatMoney({ amount, currency, locale })).toBe('string');
      }),
    );
  });

  it('takes a locale with an underscore or an unknown one', () => {
    expect(formatMoney({ amount: '5', currency: 'EUR', locale: 'fr_FR' })).toBe('5,00\u00a0€');
    expect(formatMoney({ amount: '5', currency: 'EUR', locale: 'not a locale' })).toBe('€5.00');
  });
});

describe('a day', () => {
  const date = new Date('2026-11-30T23:30:00Z');
  it('is the one of its time zone', () => {
    expect(formatDay({ date, locale: 'fr', timeZone: 'Europe/Paris' })).toBe('1 décembre');
    expect(formatDay({ date, locale: 'en-US', timeZone: 'America/New_York' })).toBe('November 30');
  });
});
