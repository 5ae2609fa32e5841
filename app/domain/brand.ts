/**
 * A shop's look as settings keep it: what the owner chose, what was found in their store's theme, and which of both counts.
 * Whatever comes in, typed or found, goes through the readers here.
 */
import { parseWebAddress } from '../lib/web-address';

/** Families of fonts that every mail program has; what each is drawn with stands in `emails/brand`. */
export const FONT_KEYS = ['sans', 'humanist', 'geometric', 'serif', 'book', 'mono'] as const;
export type FontKey = (typeof FONT_KEYS)[number];

/** The most an e-mail's footer shows. */
export const MOST_SOCIAL_LINKS = 6;

/** What the owner chose. Null stands for what the theme says, and where it says nothing, for the look e-mails have of themselves. */
export interface BrandSettings {
  /** Empty: no picture, the shop's name in letters, whatever the theme has. */
  logoUrl: string | null;
  buttonColor: string | null;
  /** The ground around the sheet the e-mail is written on. */
  background: string | null;
  headingFont: FontKey | null;
  bodyFont: FontKey | null;
  /** Addresses, in the order shown. Empty: none, whatever the theme has. */
  socialLinks: string[] | null;
}

export const NO_BRAND_SETTINGS: BrandSettings = {
  logoUrl: null,
  buttonColor: null,
  background: null,
  headingFont: null,
  bodyFont: null,
  socialLinks: null,
};

/** What the store's published theme says, as far as an e-mail can follow it. Null: it says nothing, or nothing that may be used. */
export interface ThemeBrand {
  logo: { url: string; width: number } | null;
  /** Why the theme's logo is not shown: mail programs do not show its format, or its file is nowhere to be found. */
  logoProblem: 'format' | 'gone' | null;
  buttonColor: string | null;
  buttonTextColor: string | null;
  background: string | null;
  textColor: string | null;
  headingFont: FoundFont | null;
  bodyFont: FoundFont | null;
  /** Corner radius of its buttons, in px. */
  radius: number | null;
  socialLinks: string[];
}

export interface FoundFont {
  /** As the theme calls it, e.g. `Playfair Display`. */
  name: string;
  font: FontKey;
}

/** What the last look at the store brought. */
export type FoundBrand =
  | { state: 'found'; at: string; theme: string; brand: ThemeBrand }
  /** Shopify does not let us look, there is no published theme, or its settings cannot be read. */
  | { state: 'not-allowed' | 'no-theme' | 'unreadable'; at: string };

export const NOTHING_IN_THEME: ThemeBrand = {
  logo: null,
  logoProblem: null,
  buttonColor: null,
  buttonTextColor: null,
  background: null,
  textColor: null,
  headingFont: null,
  bodyFont: null,
  radius: null,
  socialLinks: [],
};

export function themeBrandOf(found: FoundBrand | null): ThemeBrand {
  return found?.state === 'found' ? found.brand : NOTHING_IN_THEME;
}

/** What counts: the owner's choice, else the theme's; null or empty where neither says anything. */
export function chosenBrand(own: BrandSettings, theme: ThemeBrand) {
  const logo = own.logoUrl === null ? theme.logo : own.logoUrl === '' ? null : { url: own.logoUrl, width: null };
  // The words the theme puts on its buttons were chosen for its own color.
  const buttonTextColor = own.buttonColor === null ? theme.buttonTextColor : null;
  return {
    logo,
    buttonColor: own.buttonColor ?? theme.buttonColor,
    buttonTextColor,
    background: own.background ?? theme.background,
    textColor: theme.textColor,
    headingFont: own.headingFont ?? theme.headingFont?.font ?? null,
    bodyFont: own.bodyFont ?? theme.bodyFont?.font ?? null,
    radius: theme.radius,
    socialLinks: own.socialLinks ?? theme.socialLinks,
  };
}
export type ChosenBrand = ReturnType<typeof chosenBrand>;

/** `#rrggbb` in small letters, or null for anything else. Nothing else may stand in an e-mail's style. */
export function readColor(text: string): string | null {
  const color = text.trim().toLowerCase();
  return /^#[0-9a-f]{6}$/.test(color) ? color : null;
}

const MOST_ADDRESS = 500;

/** A picture's address as it may stand in an e-mail: complete, of a sensible length; null otherwise. */
export function readPictureAddress(text: string): string | null {
  const url = parseWebAddress(text.trim());
  return url && url.href.length <= MOST_ADDRESS ? url.href : null;
}

/** Formats that mail programs do not show: Outlook knows no WebP or AVIF, nearly none knows SVG. */
export function isUnshownFormat(address: string): boolean {
  return /\.(svg|webp|avif|heic|tiff?)$/i.test(URL.parse(address)?.pathname ?? address);
}

/** A link to the shop's page elsewhere: https only, to a host with a name. */
export function readSocialLink(text: string): string | null {
  const url = parseWebAddress(text.trim());
  if (url?.protocol !== 'https:' || !url.hostname.includes('.') || url.href.length > MOST_ADDRESS) return null;
  return url.href;
}

const SITES: readonly (readonly [host: string, name: string])[] = [
  ['instagram.com', 'Instagram'],
  ['facebook.com', 'Facebook'],
  ['fb.com', 'Facebook'],
  ['tiktok.com', 'TikTok'],
  ['youtube.com', 'YouTube'],
  ['youtu.be', 'YouTube'],
  ['pinterest.com', 'Pinterest'],
  ['twitter.com', 'X'],
  ['x.com', 'X'],
  ['threads.net', 'Threads'],
  ['threads.com', 'Threads'],
  ['linkedin.com', 'LinkedIn'],
  ['snapchat.com', 'Snapchat'],
  ['tumblr.com', 'Tumblr'],
  ['vimeo.com', 'Vimeo'],
  ['bsky.app', 'Bluesky'],
  ['wa.me', 'WhatsApp'],
  ['whatsapp.com', 'WhatsApp'],
  ['discord.gg', 'Discord'],
  ['discord.com', 'Discord'],
  ['spotify.com', 'Spotify'],
];

/** What the link is called in the footer: the site's name where it is known, else its host. */
export function siteName(address: string): string {
  const host = (URL.parse(address)?.hostname ?? '').replace(/^www\./, '');
  return siteOf(host) ?? host;
}

/** Whether the address leads to a page on a site that people have pages on, and not to its front door. */
export function isSocialPage(address: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  const host = url.hostname.replace(/^www\./, '');
  return siteOf(host) !== null && (url.pathname.length > 1 || url.search.length > 1 || host.split('.').length > 2);
}

function siteOf(host: string): string | null {
  // Pinterest has a host in each country.
  if (/(^|\.)pinterest\.[a-z.]{2,6}$/.test(host)) return 'Pinterest';
  return SITES.find(([site]) => host === site || host.endsWith(`.${site}`))?.[1] ?? null;
}
