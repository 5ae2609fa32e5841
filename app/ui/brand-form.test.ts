import { expect, test } from 'vitest';
import { type BrandSettings, NO_BRAND_SETTINGS } from '../domain/brand';
import { fromBrandForm, toBrandForm } from './brand-form';

const theme = {
  logo: { url: 'https://cdn.example/logo.png', width: 160 },
  socialLinks: ['https://instagram.com/lune', 'https://tiktok.com/@lune'],
};
const bare = { logo: null, socialLinks: [] };
/** As the server reads it: an empty color is no choice. */
const sent = (brand: BrandSettings) => ({
  ...brand,
  buttonColor: brand.buttonColor ?? '',
  background: brand.background ?? '',
});

test.each<[string, Partial<BrandSettings>]>([
  ['nothing chosen', {}],
  [
    'everything chosen',
    {
      logoUrl: 'https://a.example/b.png',
      buttonColor: '#112233',
      headingFont: 'mono',
      socialLinks: ['https://x.com/lune'],
    },
  ],
  ['no logo and no links', { logoUrl: '', socialLinks: [] }],
])('a brand with %s goes through the form and comes back the same', (_what, change) => {
  const brand = { ...NO_BRAND_SETTINGS, ...change };
  expect(fromBrandForm(toBrandForm(brand, theme), theme)).toEqual(sent(brand));
});

test('without a theme there is nothing to refuse', () => {
  expect(fromBrandForm(toBrandForm(NO_BRAND_SETTINGS, bare), bare)).toEqual(sent(NO_BRAND_SETTINGS));
});
