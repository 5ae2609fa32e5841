import { describe, expect, it } from 'vitest';
import type { Offer, OfferItems, PercentageOffer } from '../../domain/offer';
import { discountTitle } from './discount-title';
import { offerKey } from './offer-key';

const offer: PercentageOffer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 };
const products = (...items: [string, string][]): OfferItems => ({
  on: 'products',
  items: items.map(([id, title]) => ({ id, title })),
});

describe('two offers are one discount', () => {
  it('when nothing but the names or the order of their products differs', () => {
    const one = { ...offer, items: products(['1', 'Bol'], ['2', 'Tasse']) };
    const other = { ...offer, items: products(['2', 'Mug'], ['1', 'Bowl']) };
    expect(offerKey(one)).toBe(offerKey(other));
  });

  it('and not when anything shoppers get or must do differs', () => {
    const fixed: Offer = { kind: 'fixed-code', code: 'A', description: { fr: '', en: '' }, endsOn: null };
    const all: Offer[] = [
      offer,
      { ...offer, percent: 11 },
      { ...offer, validDays: 15 },
      { ...offer, minimum: '10' },
      { ...offer, items: products(['1', 'Bol']) },
      { ...offer, items: products(['12', 'Bol']) },
      { ...offer, items: { on: 'collections', items: [{ id: '1', title: 'Bol' }] } },
      { kind: 'amount', amount: '10', items: { on: 'all' }, minimum: null, validDays: 14 },
      { kind: 'free-shipping', minimum: null, validDays: 14 },
      fixed,
      { ...fixed, code: 'B' },
      { ...fixed, endsOn: '2027-01-01' },
    ];
    expect(new Set(all.map(offerKey)).size).toBe(all.length);
  });
});

describe('a discount’s title', () => {
  const shop = { currency: 'EUR', locale: 'en' };
  const about = { scenario: 'birthday', endDay: '2026-12-06', shop } as const;

  it('says what it is from, what it gives and until when', () => {
    expect(discountTitle({ ...about, offer })).toBe('Relance · Birthday · 10% · until 2026-12-06');
    const some = { ...offer, items: products(['1', 'Bol'], ['2', 'Tasse']), minimum: '40' };
    expect(discountTitle({ ...about, offer: some })).toBe(
      'Relance · Birthday · 10% · 2 products · from €40.00 · until 2026-12-06',
    );
  });

  it('is in the shop’s language', () => {
    const french = { ...about, shop: { currency: 'EUR', locale: 'fr' } };
    expect(discountTitle({ ...french, offer: { kind: 'free-shipping', minimum: '0', validDays: 7 } })).toBe(
      'Relance · Anniversaire · Livraison offerte · jusqu’au 2026-12-06',
    );
  });
});
