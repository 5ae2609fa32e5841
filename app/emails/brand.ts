/** A shop's look: name, logo, colors, fonts, address. Every e-mail is rendered in it; the admin edits it. */
import { z } from 'zod';
import { webAddressProblem } from './content-issues';

export interface Palette {
  background: string;
  surface: string;
  /** Quiet boxes: notes, codes, a product without a picture. */
  tint: string;
  line: string;
  text: string;
  muted: string;
  button: string;
  buttonText: string;
  link: string;
  /** Low stock and other true warnings. */
  notice: string;
}

export const LIGHT_PALETTE: Palette = {
  background: '#f3f0ea',
  surface: '#fffefc',
  tint: '#f7f4ee',
  line: '#e4ded3',
  text: '#26221d',
  muted: '#665f55',
  button: '#24514a',
  buttonText: '#fffefc',
  link: '#24514a',
  notice: '#93401a',
};

export const DARK_PALETTE: Palette = {
  background: '#151412',
  surface: '#201e1b',
  tint: '#2b2825',
  line: '#3d3934',
  text: '#f2eee7',
  muted: '#b8b0a4',
  button: '#bfe0d5',
  buttonText: '#12312b',
  link: '#bfe0d5',
  notice: '#f2b48c',
};

/** Fonts every mail program has; a brand font would fall back to one of these anyway. */
export const FONT_STACKS = {
  sans: 'Helvetica Neue, Helvetica, Arial, sans-serif',
  serif: 'Georgia, Times New Roman, serif',
  humanist: 'Trebuchet MS, Verdana, sans-serif',
} as const;
export type FontKey = keyof typeof FONT_STACKS;

export interface Brand {
  shopName: string;
  logoUrl: string | null;
  /** Shown width in px. */
  logoWidth: number;
  colors: Palette;
  darkColors: Palette;
  fonts: { heading: FontKey; body: FontKey };
  /** Corner radius in px of buttons, boxes and pictures. */
  radius: number;
  /** One line per line; null while the shop has none: `emailFindings` says so, and sending waits. */
  postalAddress: string | null;
  storeUrl: string;
  /** Rises with every edit. */
  version: number;
}

/** A shop's look before its owner touched anything. */
export function defaultBrand(shop: { name: string; storeUrl: string; postalAddress: string | null }): Brand {
  return {
    shopName: shop.name,
    logoUrl: null,
    logoWidth: 160,
    colors: LIGHT_PALETTE,
    darkColors: DARK_PALETTE,
    fonts: { heading: 'serif', body: 'sans' },
    radius: 6,
    postalAddress: shop.postalAddress,
    storeUrl: shop.storeUrl,
    version: 1,
  };
}

const color = z.string().regex(/^#[0-9a-f]{6}$/i);
const palette = z.strictObject({
  background: color,
  surface: color,
  tint: color,
  line: color,
  text: color,
  muted: color,
  button: color,
  buttonText: color,
  link: color,
  notice: color,
});
const font = z.enum(['sans', 'serif', 'humanist']);
const address = z.string().refine((text) => webAddressProblem(text) === null);

/** Checks a brand at the door (the admin's form, a stored row). */
export const brandSchema = z.strictObject({
  shopName: z.string().trim().min(1).max(120),
  logoUrl: address.nullable(),
  logoWidth: z.number().int().min(40).max(320),
  colors: palette,
  darkColors: palette,
  fonts: z.strictObject({ heading: font, body: font }),
  radius: z.number().int().min(0).max(24),
  postalAddress: z.string().trim().min(1).max(300).nullable(),
  storeUrl: address,
  version: z.number().int().min(1),
});

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast of two `#rrggbb` colors, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const READ_TOGETHER: readonly [keyof Palette, keyof Palette][] = [
  ['text', 'surface'],
  ['text', 'tint'],
  ['muted', 'surface'],
  ['muted', 'background'],
  ['link', 'surface'],
  ['link', 'background'],
  ['notice', 'surface'],
  ['buttonText', 'button'],
];

/** Pairs of a palette that are hard to read together (under WCAG AA's 4.5), for the brand page to show. */
export function weakContrasts(colors: Palette): { text: keyof Palette; on: keyof Palette; contrast: number }[] {
  return READ_TOGETHER.map(([text, on]) => ({ text, on, contrast: contrast(colors[text], colors[on]) })).filter(
    (pair) => pair.contrast < 4.5,
  );
}
