import { describe, expect, it } from 'vitest';
import { chosenBrand, NO_BRAND_SETTINGS, NOTHING_IN_THEME } from '../domain/brand';
import { type Brand, defaultBrand, FONT_STACKS, withChoices } from './brand';
import {
  type ChosenColors,
  contrast,
  DARK_PALETTE,
  darkPalette,
  isGround,
  LIGHT_PALETTE,
  lightPalette,
  weakContrasts,
} from './palette';

const base = defaultBrand({ name: 'Shop', storeUrl: 'https://shop.example', postalAddress: null });
const nothing: ChosenColors = { background: null, text: null, button: null, buttonText: null };

/** Colors from all over: each channel in a few steps. */
const STEPS = [0, 51, 102, 153, 204, 255];
const two = (value: number) => value.toString(16).padStart(2, '0');
const EVERYWHERE = STEPS.flatMap((red) =>
  STEPS.flatMap((green) => STEPS.map((blue) => `#${two(red)}${two(green)}${two(blue)}`)),
);

describe('the colors of an e-mail', () => {
  it('are easy to read by default, in light and in dark', () => {
    expect(weakContrasts(LIGHT_PALETTE)).toEqual([]);
    expect(weakContrasts(DARK_PALETTE)).toEqual([]);
    expect(lightPalette(nothing)).toEqual(LIGHT_PALETTE);
    expect(darkPalette(nothing)).toEqual(DARK_PALETTE);
  });

  it('say which are hard to read together, as WCAG measures it', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(weakContrasts({ ...LIGHT_PALETTE, buttonText: LIGHT_PALETTE.button })).toEqual([
      { text: 'buttonText', on: 'button', contrast: 1 },
    ]);
  });

  it('can be read whatever the button, the ground, the text and the words on the button are', () => {
    const weak = EVERYWHERE.flatMap((color, at) => {
      const other = EVERYWHERE[(at * 7) % EVERYWHERE.length] ?? color;
      const chosen = { background: color, text: other, button: color, buttonText: other };
      return [
        { ...chosen, background: null, text: null },
        { ...chosen, button: other },
        { ...chosen, text: null },
      ].filter((one) => weakContrasts(lightPalette(one)).length + weakContrasts(darkPalette(one)).length > 0);
    });
    expect(weak).toEqual([]);
  });

  it('keep the shop’s own wherever they can be read', () => {
    const chosen = { background: '#fbf8f3', text: '#33302e', button: '#7a5230', buttonText: '#ffffff' };
    expect(lightPalette(chosen)).toMatchObject({ ...chosen, link: '#7a5230' });
    expect(lightPalette({ ...nothing, button: '#ffd54f' })).toMatchObject({ button: '#ffd54f', buttonText: '#26221d' });
    expect(darkPalette(chosen).background).toBe(DARK_PALETTE.background);
  });

  it('show a button that would vanish on the sheet in the color of the text', () => {
    expect(lightPalette({ ...nothing, button: '#ffffff' }).button).toBe(LIGHT_PALETTE.text);
  });

  it('leave out a ground too dark for the small print on it', () => {
    expect([isGround('#ffffff'), isGround('#d7e4d2'), isGround('#333333')]).toEqual([true, true, false]);
    expect(lightPalette({ ...nothing, background: '#121212' }).background).toBe(LIGHT_PALETTE.background);
  });
});

describe('a brand', () => {
  const theme = {
    ...NOTHING_IN_THEME,
    logo: { url: 'https://cdn.example/logo.png', width: 190 },
    buttonColor: '#7a5230',
    buttonTextColor: '#ffeecc',
    headingFont: { name: 'Cormorant', font: 'book' as const },
    radius: 40,
    socialLinks: ['https://www.instagram.com/lune', 'https://lune.example/club'],
  };
  const look = (own: Partial<typeof NO_BRAND_SETTINGS>): Brand =>
    withChoices(base, chosenBrand({ ...NO_BRAND_SETTINGS, ...own }, theme));

  it('is the theme’s where the owner said nothing', () => {
    expect(look({})).toMatchObject({
      logoUrl: 'https://cdn.example/logo.png',
      logoWidth: 200,
      colors: { button: '#7a5230', buttonText: '#ffeecc' },
      fonts: { heading: FONT_STACKS.book, body: base.fonts.body },
      radius: 24,
      social: [
        { name: 'Instagram', url: 'https://www.instagram.com/lune' },
        { name: 'lune.example', url: 'https://lune.example/club' },
      ],
    });
  });

  it('is the owner’s wherever they chose, also to have nothing', () => {
    const own = look({ logoUrl: '', buttonColor: '#001133', headingFont: 'mono', socialLinks: [] });
    expect(own).toMatchObject({ logoUrl: null, fonts: { heading: FONT_STACKS.mono }, social: [] });
    expect(own.colors).toMatchObject({ button: '#001133', buttonText: LIGHT_PALETTE.buttonText });
  });

  it('is what it always was where neither says anything', () => {
    expect(withChoices(base, chosenBrand(NO_BRAND_SETTINGS, NOTHING_IN_THEME))).toEqual(base);
  });
});
