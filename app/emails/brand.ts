/** A shop's look: name, logo, colors, fonts, links, address. Every e-mail is rendered in it; made from settings by the pipeline. */
import type { ChosenBrand, FontKey } from '../domain/brand';
import { siteName } from '../domain/brand';
import type { LookName } from './marks';
import { DARK_PALETTE, darkPalette, LIGHT_PALETTE, lightPalette, type Palette } from './palette';

/** Fonts every mail program has; a brand font would fall back to one of these anyway. */
export const FONT_STACKS: Record<FontKey, string> = {
  sans: 'Helvetica Neue, Helvetica, Arial, sans-serif',
  humanist: 'Trebuchet MS, Verdana, sans-serif',
  geometric: 'Century Gothic, Avenir Next, Futura, Arial, sans-serif',
  serif: 'Georgia, Times New Roman, serif',
  book: 'Palatino Linotype, Palatino, Book Antiqua, Georgia, serif',
  mono: 'Courier New, Courier, monospace',
};

/** The shop's page elsewhere, as the footer links it. */
export interface SocialLink {
  name: string;
  url: string;
  /** In the shape of many looks alone: shown where a look has this. */
  worn?: LookName;
}

export interface Brand {
  shopName: string;
  logoUrl: string | null;
  /** Shown width in px. */
  logoWidth: number;
  colors: Palette;
  darkColors: Palette;
  /** As CSS names them. */
  fonts: { heading: string; body: string };
  /** Corner radius in px of buttons, boxes and pictures. */
  radius: number;
  social: SocialLink[];
  /** One line per line; null while the shop has none: `emailFindings` says so, and sending waits. */
  postalAddress: string | null;
  storeUrl: string;
  /** Rises with every edit. */
  version: number;
}

/** What e-mails are set in where nobody says otherwise. */
export const USUAL_FONTS = { headingFont: 'serif', bodyFont: 'sans' } as const satisfies Record<string, FontKey>;

const LOGO_WIDTH = 160;
const RADIUS = 6;

/** A shop's look before its owner touched anything, where its theme says nothing either. */
export function defaultBrand(shop: { name: string; storeUrl: string; postalAddress: string | null }): Brand {
  return {
    shopName: shop.name,
    logoUrl: null,
    logoWidth: LOGO_WIDTH,
    colors: LIGHT_PALETTE,
    darkColors: DARK_PALETTE,
    fonts: { heading: FONT_STACKS[USUAL_FONTS.headingFont], body: FONT_STACKS[USUAL_FONTS.bodyFont] },
    radius: RADIUS,
    social: [],
    postalAddress: shop.postalAddress,
    storeUrl: shop.storeUrl,
    version: 1,
  };
}

/** Each width and radius is a rendering of its own, so there are few of them. */
const LOGO_WIDTHS = [80, 120, LOGO_WIDTH, 200, 240];
const RADII = [0, RADIUS, 12, 24];

const nearest = (wanted: number, steps: readonly number[]): number =>
  steps.reduce((best, step) => (Math.abs(step - wanted) < Math.abs(best - wanted) ? step : best));

/** The look with what was chosen for it, by the owner or by the theme; what cannot be read is mended. */
export function withChoices(base: Brand, chosen: ChosenBrand): Brand {
  const { logo, headingFont, bodyFont, radius } = chosen;
  const colors = {
    background: chosen.background,
    text: chosen.textColor,
    button: chosen.buttonColor,
    buttonText: chosen.buttonTextColor,
  };
  return {
    ...base,
    logoUrl: logo?.url ?? null,
    logoWidth: logo?.width ? nearest(logo.width, LOGO_WIDTHS) : base.logoWidth,
    colors: lightPalette(colors),
    darkColors: darkPalette(colors),
    fonts: {
      heading: headingFont ? FONT_STACKS[headingFont] : base.fonts.heading,
      body: bodyFont ? FONT_STACKS[bodyFont] : base.fonts.body,
    },
    radius: radius === null ? base.radius : nearest(radius, RADII),
    social: chosen.socialLinks.map((url) => ({ url, name: siteName(url) })),
  };
}
