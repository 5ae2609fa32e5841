import { describe, expect, it } from 'vitest';
import type { Audience } from '../domain/audience';
import type { Offer } from '../domain/offer';
import { audienceInput, audienceOf, offerInput, offerOf } from './offer-draft';

const items = { on: 'products', items: [{ id: '7', title: 'Bougie' }] } as const;

describe('an offer in its form', () => {
  it.each<Offer | null>([
    null,
    { kind: 'percentage', percent: 15, items, minimum: '40.00', validDays: 30 },
    { kind: 'amount', amount: '5.50', items: { on: 'all' }, minimum: null, validDays: 7 },
    { kind: 'free-shipping', minimum: null, validDays: 3 },
    { kind: 'fixed-code', code: 'NOEL', description: { fr: 'Un cadeau', en: 'A gift' }, endsOn: null },
    { kind: 'fixed-code', code: 'NOEL', description: { fr: 'Un cadeau', en: 'A gift' }, endsOn: '2026-12-24' },
  ])('comes back as it went in: %j', (offer) => {
    expect(offerOf(offerInput(offer))).toEqual(offer);
  });

  it('sends what is no number as it was typed, for the server to refuse', () => {
    const input = { ...offerInput(null), kind: 'percentage' as const, percent: 'ten', validDays: '' };
    expect(offerOf(input)).toMatchObject({ percent: 'ten', validDays: '' });
  });

  it('reads a comma as the decimal point it is', () => {
    const input = { ...offerInput(null), kind: 'amount' as const, amount: ' 7,50', minimum: '30,00 ' };
    expect(offerOf(input)).toMatchObject({ amount: '7.50', minimum: '30.00' });
  });
});

describe('an audience in its form', () => {
  it.each<Audience>([
    { by: 'usual-gap' },
    { by: 'days', days: 90 },
    { by: 'share', percent: 10 },
    { by: 'spend', amount: '300.00' },
    { by: 'orders', count: 5 },
  ])('comes back as it went in: %j', (audience) => {
    expect(audienceOf(audienceInput(audience))).toEqual(audience);
  });
});
