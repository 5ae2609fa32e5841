import { describe, expect, it } from 'vitest';
import { brandSchema, contrast, DARK_PALETTE, defaultBrand, LIGHT_PALETTE, weakContrasts } from './brand';

describe('a brand', () => {
  it('is easy to read by default, in light and in dark', () => {
    expect(weakContrasts(LIGHT_PALETTE)).toEqual([]);
    expect(weakContrasts(DARK_PALETTE)).toEqual([]);
  });

  it('says which colors are hard to read together', () => {
    expect(weakContrasts({ ...LIGHT_PALETTE, buttonText: LIGHT_PALETTE.button })).toEqual([
      { text: 'buttonText', on: 'button', contrast: 1 },
    ]);
  });

  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('refuses a color that could carry CSS, and a logo that is no web address', () => {
    const brand = defaultBrand({ name: 'Shop', storeUrl: 'https://shop.example', postalAddress: null });
    expect(brandSchema.safeParse(brand).success).toBe(true);
    const colored = { ...brand, colors: { ...brand.colors, text: '#000}</style>' } };
    expect(brandSchema.safeParse(colored).success).toBe(false);
    expect(brandSchema.safeParse({ ...brand, logoUrl: 'data:image/svg+xml,x' }).success).toBe(false);
  });
});
