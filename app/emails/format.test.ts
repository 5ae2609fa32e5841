import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Offer } from '../domain/offer';
import type { Language } from '../lib/language';
import { describeOffer, formatDay, formatLastDay, formatMoney } from './format';

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
    expect(formatDay({ date, locale: 'fr', timeZone: 'Europe/Paris' })).toBe('1er décembre');
    expect(formatDay({ date, locale: 'en-US', timeZone: 'America/New_York' })).toBe('November 30');
  });

  it('keeps its number when it is not the first', () => {
    const eleventh = new Date('2026-12-11T12:00:00Z');
    expect(formatDay({ date: eleventh, locale: 'fr-CA', timeZone: 'Europe/Paris' })).toBe('11 décembre');
    expect(formatDay({ date, locale: 'en-GB', timeZone: 'Europe/Paris' })).toBe('1 December');
  });

  it('is the one before midnight for what ends at midnight', () => {
    const midnightInParis = new Date('2026-11-30T23:00:00Z');
    const place = { locale: 'fr', timeZone: 'Europe/Paris' };
    expect(formatLastDay({ endsAt: midnightInParis, ...place })).toBe('30 novembre');
    expect(formatLastDay({ endsAt: new Date('2026-10-31T23:00:01Z'), ...place })).toBe('1er novembre');
  });
});

describe('what a code gives', () => {
  const all = { on: 'all' } as const;
  const some = { on: 'collections', items: [{ id: '1', title: 'Bougies' }] } as const;
  const shared = { minimum: null, validDays: 14 };
  const offers: [Offer, string, string][] = [
    [{ kind: 'percentage', percent: 10, items: all, ...shared }, '10 % de réduction', '10% off'],
    [
      { kind: 'percentage', percent: 10, items: all, ...shared, minimum: '50.00' },
      '10 % de réduction dès 50,00 € d’achat',
      '10% off orders of €50.00 or more',
    ],
    [
      { kind: 'percentage', percent: 15, items: some, ...shared },
      '15 % de réduction sur une sélection',
      '15% off selected items',
    ],
    [{ kind: 'amount', amount: '5.0', items: all, ...shared }, '5,00 € de réduction', '€5.00 off'],
    [
      { kind: 'amount', amount: '5', items: some, ...shared, minimum: '30' },
      '5,00 € de réduction sur une sélection, dès 30,00 € d’achat',
      '€5.00 off selected items, on orders of €30.00 or more',
    ],
    [{ kind: 'free-shipping', ...shared }, 'livraison offerte', 'free shipping'],
    [
      { kind: 'free-shipping', ...shared, minimum: '50' },
      'livraison offerte dès 50,00 € d’achat',
      'free shipping on orders of €50.00 or more',
    ],
    [{ kind: 'free-shipping', ...shared, minimum: '0.00' }, 'livraison offerte', 'free shipping'],
    [
      {
        kind: 'fixed-code',
        code: 'MERCI',
        description: { fr: 'un échantillon offert', en: 'a free sample' },
        endsOn: null,
      },
      'un échantillon offert',
      'a free sample',
    ],
  ];
  const read = (offer: Offer, language: Language, locale: string) =>
    describeOffer({ offer, language, currency: 'EUR', locale }).replaceAll('\u00a0', ' ');

  it.each(offers)('%j reads %j and %j', (offer, fr, en) => {
    expect(read(offer, 'fr', 'fr-FR')).toBe(fr);
    expect(read(offer, 'en', 'en-IE')).toBe(en);
  });

  it('keeps a number and its sign on one line in French', () => {
    const offer: Offer = { kind: 'percentage', percent: 10, items: all, ...shared, minimum: '50' };
    expect(describeOffer({ offer, language: 'fr', currency: 'EUR', locale: 'fr-FR' })).toBe(
      '10\u00a0% de réduction dès 50,00\u00a0€ d’achat',
    );
  });
});
