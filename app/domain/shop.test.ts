import { describe, expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS, type EmailLanguages, shopperLanguage } from './shop';

const shop = (locale: string, languages: EmailLanguages = DEFAULT_SHOP_SETTINGS.languages) => ({
  locale,
  settings: { languages },
});

describe('the language a shopper is written to in', () => {
  it('is their own where the shop writes in it', () => {
    expect(shopperLanguage(shop('fr'), 'en-GB')).toBe('en');
    expect(shopperLanguage(shop('en'), null, 'fr-CA')).toBe('fr');
  });

  it('is the store’s for everybody else', () => {
    expect(shopperLanguage(shop('fr'), 'de')).toBe('fr');
    expect(shopperLanguage(shop('de'), null)).toBe('en');
  });

  it('is the one the owner chose as fallback', () => {
    expect(shopperLanguage(shop('fr', { use: ['fr', 'en'], fallback: 'en' }), 'de')).toBe('en');
  });

  it('is never one the owner does not use', () => {
    expect(shopperLanguage(shop('fr', { use: ['fr'], fallback: null }), 'en')).toBe('fr');
    expect(shopperLanguage(shop('fr', { use: ['en'], fallback: null }), 'fr')).toBe('en');
  });
});
