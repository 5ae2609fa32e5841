import { expect, it } from 'vitest';
import { NO_BRAND_SETTINGS } from '../domain/brand';
import { parseBrand } from './brand-form';

it('takes a whole brand, tidied', () => {
  const brand = {
    logoUrl: ' https://cdn.example/logo.png ',
    buttonColor: '#AA5500',
    background: '',
    headingFont: 'serif',
    bodyFont: null,
    socialLinks: ['https://www.instagram.com/lune', 'https://www.instagram.com/lune'],
  };
  expect(parseBrand(brand)).toEqual({
    ok: true,
    brand: {
      ...brand,
      logoUrl: 'https://cdn.example/logo.png',
      buttonColor: '#aa5500',
      background: null,
      socialLinks: ['https://www.instagram.com/lune'],
    },
  });
});

it('tells no picture from no choice', () => {
  expect(parseBrand({ ...NO_BRAND_SETTINGS, logoUrl: '', socialLinks: [] })).toMatchObject({
    brand: { logoUrl: '', socialLinks: [] },
  });
  expect(parseBrand(NO_BRAND_SETTINGS)).toEqual({ ok: true, brand: NO_BRAND_SETTINGS });
});

it.each([
  [{ logoUrl: 'javascript:alert(1)' }, 'logoUrl', 'not-a-web-address'],
  [{ logoUrl: 'https://me:secret@cdn.example/logo.png' }, 'logoUrl', 'not-a-web-address'],
  [{ logoUrl: 'https://cdn.example/logo.svg' }, 'logoUrl', 'picture-format'],
  [{ buttonColor: '#000}</style>' }, 'buttonColor', 'not-a-color'],
  [{ background: 'red' }, 'background', 'not-a-color'],
  [{ background: '#101010' }, 'background', 'too-dark'],
  [{ headingFont: 'Comic Sans; color:red' }, 'headingFont', 'not-a-choice'],
  [{ socialLinks: ['http://www.instagram.com/lune'] }, 'socialLinks.0', 'not-an-https-address'],
  [{ socialLinks: Array.from({ length: 7 }, (_, at) => `https://site${at}.example/lune`) }, 'socialLinks', 'too-many'],
  [{ bodyFont: undefined }, 'bodyFont', 'not-a-choice'],
])('refuses %j and says why', (change, path, code) => {
  const parsed = parseBrand({ ...NO_BRAND_SETTINGS, ...change });
  expect(parsed.ok ? [] : parsed.errors).toEqual([expect.objectContaining({ path, code })]);
});
