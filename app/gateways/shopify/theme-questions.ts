/** What a store looks like, as its published theme says. Every question may throw an AdminError. */
import { isUnshownFormat, readPictureAddress, type ThemeBrand } from '../../domain/brand';
import type { AdminClient } from './admin-client';
import { isAdminError } from './admin-error';
import { PUBLISHED_THEME, STORE_PICTURE, type StorePicture, storePictureInput, themeInput } from './documents/theme';
import { readTheme, type ThemeReading } from './theme/read-theme';

export type ThemeFound =
  | { state: 'found'; theme: string; brand: ThemeBrand }
  | { state: 'no-theme' | 'unreadable' | 'not-allowed' };

export type AskTheme = (shopDomain: string) => Promise<ThemeFound>;

export function makeAskTheme(admin: AdminClient): AskTheme {
  return async (shopDomain) => {
    const answer = await orNull(admin.run(shopDomain, PUBLISHED_THEME, themeInput()));
    if (answer === null) return { state: 'not-allowed' };
    if (!answer.theme) return { state: 'no-theme' };
    const reading = readTheme(answer.theme.files);
    if (!reading) return { state: 'unreadable' };
    const { logo, logoSize, ...brand } = reading;
    const picture =
      logo && 'file' in logo ? await orNull(admin.run(shopDomain, STORE_PICTURE, storePictureInput(logo.file))) : null;
    return {
      state: 'found',
      theme: answer.theme.name.slice(0, 100),
      brand: { ...brand, ...logoOf(reading, picture, answer.storeUrl) },
    };
  };
}

/** Null where Shopify refuses: without `read_themes`, which the owner may not have granted yet. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isAdminError(error, 'refused')) return null;
    throw error;
  }
}

function logoOf(
  { logo, logoSize }: ThemeReading,
  picture: StorePicture | null,
  storeUrl: string,
): Pick<ThemeBrand, 'logo' | 'logoProblem'> {
  if (!logo) return { logo: null, logoProblem: null };
  if ('file' in logo && !picture) return { logo: null, logoProblem: 'gone' };
  const wanted =
    'file' in logo ? picture && shownAddress(logo.file, picture) : isUnshownFormat(logo.url) ? null : logo.url;
  const url = wanted && safeAddress(wanted, storeUrl);
  if (url === null) return { logo: null, logoProblem: 'format' };
  return { logo: { url, width: widthOf(logoSize, picture) }, logoProblem: null };
}

/** SVG has sharp edges and clear grounds, which PNG keeps; of other formats Shopify makes JPG only. */
function shownAddress(file: string, picture: StorePicture): string | null {
  if (!isUnshownFormat(file)) return picture.url;
  const turned = /\.svg$/i.test(file) ? picture.png : picture.jpg;
  // What could not be turned comes back as it was.
  const isTurned = turned !== picture.url && /\.(png|jpe?g)(\?|$)|format=p?(png|jpe?g)/i.test(turned);
  return isTurned ? turned : null;
}

/** Pictures come over https, or from the very place where the store is. */
function safeAddress(text: string, storeUrl: string): string | null {
  const address = readPictureAddress(text);
  if (address === null) return null;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || origin === URL.parse(storeUrl)?.origin ? address : null;
}

const USUAL_WIDTH = 160;

function widthOf({ width, height }: ThemeReading['logoSize'], picture: StorePicture | null): number {
  if (width !== undefined) return Math.round(width);
  if (height === undefined || !picture?.width || !picture.height) return USUAL_WIDTH;
  return Math.round((height * picture.width) / picture.height);
}
