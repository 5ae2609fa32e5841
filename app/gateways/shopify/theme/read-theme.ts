/**
 * A store's look from its theme's settings. Every theme names its settings as it likes: names are tried from the most telling to
 * the vaguest, and only values that are what they should be are taken. Pure; the pictures' addresses are asked for afterwards.
 */
import {
  type FoundFont,
  isSocialPage,
  MOST_SOCIAL_LINKS,
  readPictureAddress,
  readSocialLink,
  siteName,
  type ThemeBrand,
} from '../../../domain/brand';
import { readThemeColor } from './colors';
import { readFont } from './fonts';
import { isRecord, readSettings, type Settings, type ThemeFiles, type ThemeSettings } from './settings';

export interface ThemeReading extends Omit<ThemeBrand, 'logo' | 'logoProblem'> {
  /** The name of a file of the store's, or a whole address. */
  logo: { file: string } | { url: string } | null;
  /** As wide, or as high, as the theme shows it. */
  logoSize: { width?: number; height?: number };
}

/** Null when the files hold no settings at all. */
export function readTheme(files: ThemeFiles): ThemeReading | null {
  const settings = readSettings(files);
  if (!settings) return null;
  const { store, header } = settings;
  const scheme = firstScheme(store);
  return {
    logo: readLogo([store, ...header]),
    logoSize: readLogoSize([store, ...header]),
    background: colorOf(scheme, SCHEME.background) ?? colorOf(store, STORE.background),
    textColor: colorOf(scheme, SCHEME.text) ?? colorOf(store, STORE.text),
    buttonColor: colorOf(scheme, SCHEME.button) ?? colorOf(store, STORE.button),
    buttonTextColor: colorOf(scheme, SCHEME.label) ?? colorOf(store, STORE.label),
    headingFont: fontOf(store, [/head(er|ing)s?(?!.*(sub|accent))/, /title|display/]),
    bodyFont: fontOf(store, [/body/, /base|text|paragraph|main/]),
    radius: numberOf([store], RADIUS, { least: 0, most: 100 }),
    socialLinks: readSocialLinks(settings),
  };
}

/** The first value whose name fits, by the first name that has one. */
function find<T>(settings: Settings, names: readonly RegExp[], read: (value: unknown) => T | null): T | null {
  const entries = Object.entries(settings);
  for (const name of names) {
    for (const [key, value] of entries) {
      const found = name.test(key) ? read(value) : null;
      if (found !== null) return found;
    }
  }
  return null;
}

const SCHEME = {
  background: [/^background$/, /^(color_)?(bg|background)(_color)?$/, /^page_background$/],
  text: [/^(text|foreground)$/, /^(color_)?(text|foreground)(_color)?$/, /^body_text$/],
  button: [/^primary_button_background$/, /^button$/, /^(color_)?button(_background|_bg|_color)*$/, /^accent(_1)?$/],
  label: [/^primary_button_text$/, /^button_(label|text)(_color)?$/, /^(color_)?button_(label|text)$/],
};
/** Themes without color schemes name colors one by one. */
const STORE = {
  background: [
    /^colors?_background_1$/,
    /^colors?_(body|page)_(bg|background)$/,
    /^(body|page)_(bg|background)(_color)?$/,
    /^(color_)?(bg|background)(_color)?$/,
  ],
  text: [
    /^colors?_text$/,
    /^colors?_body_text$/,
    /^(body_)?text_color$/,
    /^color_page_paragraph$/,
    /^color_foreground$/,
  ],
  button: [
    /^colors?_(solid_|primary_)?buttons?(_background|_bg|_color|_primary)*$/,
    /^(primary_)?(button|btn)s?_(background|bg)(_color)?$/,
    /^(primary_)?(button|btn)s?_color$/,
    /^colors?_accent(_1)?$/,
    /^(accent|primary|brand)_color$/,
    /^colors?_(primary|accent|brand)$/,
  ],
  label: [/^colors?_(solid_|primary_)?buttons?_(labels?|text)$/, /^(primary_)?(button|btn)s?_text(_color)?$/],
};

function colorOf(settings: Settings, names: readonly RegExp[]): string | null {
  return find(settings, names, readThemeColor);
}

/** Themes draw the page in the first of their color schemes. */
function firstScheme({ color_schemes: schemes }: Settings): Settings {
  const [first] = isRecord(schemes) ? Object.values(schemes) : [];
  return isRecord(first) && isRecord(first.settings) ? first.settings : {};
}

function fontOf(store: Settings, names: readonly RegExp[]): FoundFont | null {
  const fonts = Object.fromEntries(Object.entries(store).filter(([key]) => /font|typo|typeface/.test(key)));
  return find(fonts, names, readFont);
}

const RADIUS = [/^buttons?_(border_)?(corner_)?radius(_primary)?$/, /^btn_(border_)?radius$/, /^button_border_radius/];
/** A logo for dark grounds, small screens or other pages is not the one for a light e-mail. */
const OTHER_LOGO =
  /favicon|invers|white|light|transparent|mobile|footer|popup|password|checkout|width|height|size|position/;
const LOGO = [/^logo$/, /^(header_)?logo(_image|_img|_picture)?$/, /logo/];
const SHOP_IMAGES = 'shopify://shop_images/';

function readLogoValue(value: unknown): ThemeReading['logo'] {
  if (typeof value !== 'string') return null;
  if (value.startsWith(SHOP_IMAGES)) {
    const file = value.slice(SHOP_IMAGES.length);
    return /^[^/\\'"\s?#][^/\\'"?#]{2,250}$/.test(file) ? { file } : null;
  }
  const url = value.startsWith('https://') ? readPictureAddress(value) : null;
  return url === null ? null : { url };
}

function readLogo(places: readonly Settings[]): ThemeReading['logo'] {
  for (const place of places) {
    const logos = Object.fromEntries(
      Object.entries(place).filter(([key]) => /logo/.test(key) && !OTHER_LOGO.test(key)),
    );
    const found = find(logos, LOGO, readLogoValue);
    if (found) return found;
  }
  return null;
}

function readLogoSize(places: readonly Settings[]): ThemeReading['logoSize'] {
  const width = numberOf(places, [/^logo_(max_)?width$/, /^(desktop_|header_)logo_(max_)?width$/], {
    least: 20,
    most: 1000,
  });
  if (width !== null) return { width };
  const height = numberOf(places, [/^logo_(max_)?height$/, /^(desktop_|header_)logo_(max_)?height$/], {
    least: 8,
    most: 500,
  });
  return height === null ? {} : { height };
}

interface Range {
  least: number;
  most: number;
}

function numberOf(places: readonly Settings[], names: readonly RegExp[], { least, most }: Range): number | null {
  const read = (value: unknown) => {
    const number = typeof value === 'string' && /^\d+(\.\d+)?(px)?$/.test(value) ? Number.parseFloat(value) : value;
    return typeof number === 'number' && number >= least && number <= most ? number : null;
  };
  for (const place of places) {
    const found = find(place, names, read);
    if (found !== null) return found;
  }
  return null;
}

/** A theme fresh from the shop links the pages of Shopify itself. */
const SHOPIFYS_OWN = /^\/@?shopify\/?$/i;

function socialLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 500) return null;
  const link = readSocialLink(value.trim().replace(/^(http:\/\/|(?=[\w-]+\.[\w.-]+\/))/i, 'https://'));
  if (link === null || !isSocialPage(link)) return null;
  return SHOPIFYS_OWN.test(new URL(link).pathname) ? null : link;
}

/** Wherever they stand: for the whole store, or in header and footer; one for each site. */
function readSocialLinks({ store, header, footer }: ThemeSettings): string[] {
  const links = new Map<string, string>();
  for (const place of [store, ...footer, ...header]) {
    for (const value of Object.values(place)) {
      const link = socialLink(value);
      if (link !== null && !links.has(siteName(link))) links.set(siteName(link), link);
    }
  }
  return [...links.values()].slice(0, MOST_SOCIAL_LINKS);
}
