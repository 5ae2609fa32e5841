/**
 * Takes a shop's look apart: what every rendering can hold as a slot (names, addresses, the owner's color), and what shapes the
 * rendering itself. A bare e-mail is rendered once for all shops of the same shape, and dressed for each in microseconds.
 */
import { MOST_SOCIAL_LINKS } from '../domain/brand';
import type { Brand, SocialLink } from './brand';
import type { BareEmail, CompiledEmail } from './compiled';
import type { EmailContent } from './content';
import { escapeHtml, narrow } from './escape';
import { type LookName, mark, withoutMarks } from './marks';
import type { Palette } from './palette';
import type { BarePart, LookSlot, Part } from './parts';
import { addressesOf } from './places';

/** What goes into the slots of a bare e-mail. */
export type Dress = ReadonlyMap<LookName, string>;

export interface Look {
  /** The brand to render with: marks in place of what is in `dress`. Equal for all shops of the same shape. */
  shape: Brand;
  dress: Dress;
}

// Text that the renderer and the text part leave as it is: on one line, single spaces inside, no letters that read as an entity.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const TREATED = /^\s|\s$| {2}|&(?:#?\w+);|[\u0000-\u001f\u007f\u2028\u2029]/;
const COLOR = /^#[0-9a-f]{6}$/i;

const isPlain = (text: string) => text !== '' && !TREATED.test(text);
const isColor = (text: string) => COLOR.test(text);
const isFont = (text: string) => /^[\w ,-]+$/.test(text);
const isAddress = (text: string) => isPlain(text) && /^https?:\/\//.test(text);

/** Whether the e-mail has links to addresses the owner typed: only then it matters where the store is. */
function namesAddresses(content: EmailContent): boolean {
  return addressesOf(content).some(({ kind }) => kind === 'link');
}

/** The postal address on one line, as the footer shows it. */
function onOneLine(address: string): string {
  return address
    .split(/\s*\n\s*/)
    .filter((line) => line !== '')
    .join(', ');
}

const marked = new Map<LookName, string>();

/** The mark of a slot; there are few, and every look asks for all. */
function markOf(name: LookName): string {
  const known = marked.get(name) ?? mark({ kind: 'look', name });
  marked.set(name, known);
  return known;
}

/** Puts a value into the dress, where it may stand in a slot, and gives what stands for it in the shape. */
type PutOn = (name: LookName, value: string, fits: (value: string) => boolean) => string;

function paletteShape(colors: Palette, prefix: 'color' | 'dark', putOn: PutOn): Palette {
  const shape = { ...colors };
  for (const name of Object.keys(colors) as (keyof Palette)[])
    shape[name] = putOn(`${prefix}_${name}`, colors[name], isColor);
  return shape;
}

/** As many links as a look can have, each worn by those that have it; null where one cannot stand in a slot. */
function socialShape(social: readonly SocialLink[], putOn: PutOn): SocialLink[] {
  if (social.length > MOST_SOCIAL_LINKS || !social.every(({ url, name }) => isAddress(url) && isPlain(name))) {
    return [...social];
  }
  return Array.from({ length: MOST_SOCIAL_LINKS }, (_, at) => {
    const names = { url: `social_url_${at}`, name: `social_name_${at}` } as const;
    const link = social[at];
    if (link) {
      putOn(names.url, link.url, isAddress);
      putOn(names.name, link.name, isPlain);
    }
    return { url: markOf(names.url), name: markOf(names.name), worn: names.url };
  });
}

/** A brand taken apart for an e-mail. What cannot stand in a slot unchanged stays in the shape. */
export function lookOf(brand: Brand, content: EmailContent): Look {
  const dress = new Map<LookName, string>();
  const slot: PutOn = (name, value, fits) => {
    if (!fits(value)) return value;
    dress.set(name, value);
    return markOf(name);
  };
  const shopName = withoutMarks(brand.shopName);
  const address = brand.postalAddress === null ? null : withoutMarks(brand.postalAddress);
  const shape: Brand = {
    ...brand,
    shopName: slot('shop_name', shopName, isPlain),
    postalAddress: address && (isPlain(onOneLine(address)) ? slot('address', onOneLine(address), isPlain) : address),
    logoUrl: brand.logoUrl && slot('logo_url', brand.logoUrl, isAddress),
    logoWidth: brand.logoUrl === null ? 0 : brand.logoWidth,
    colors: paletteShape(brand.colors, 'color', slot),
    darkColors: paletteShape(brand.darkColors, 'dark', slot),
    fonts: {
      heading: slot('font_heading', brand.fonts.heading, isFont),
      body: slot('font_body', brand.fonts.body, isFont),
    },
    social: socialShape(brand.social, slot),
    storeUrl: namesAddresses(content) ? brand.storeUrl : '',
    version: 0,
  };
  return { shape, dress };
}

/** A slot's value where it stands; these are the shop's own words and never cut. */
function dressed({ name, place }: LookSlot, dress: Dress): string {
  const value = dress.get(name);
  if (value === undefined) throw new Error(`The look has no ${name}`);
  return place === 'html' || place === 'attribute' || place === 'url' ? escapeHtml(value) : value;
}

function dressParts(parts: readonly BarePart[], dress: Dress): Part[] {
  const out: Part[] = [];
  // What is fixed now stands in one piece: every recipient's filling walks these parts.
  let fixed = '';
  const put = (part: Part) => {
    if (typeof part === 'string') {
      fixed += part;
      return;
    }
    if (fixed !== '') out.push(narrow(fixed));
    fixed = '';
    out.push(part);
  };
  for (const part of parts) {
    if (typeof part === 'string' || part.kind === 'value') put(part);
    else if (part.kind === 'look') put(dressed(part, dress));
    else if (part.kind !== 'worn') put({ ...part, parts: dressParts(part.parts, dress) });
    else if (dress.has(part.name)) for (const inner of dressParts(part.parts, dress)) put(inner);
  }
  if (fixed !== '') out.push(narrow(fixed));
  return out;
}

/** The e-mail in one shop's look: `dress` from `lookOf` the brand it was rendered for. */
export function dressEmail(bare: BareEmail, brand: Brand, dress: Dress): CompiledEmail {
  return {
    ...bare,
    shopName: brand.shopName,
    subject: dressParts(bare.subject, dress),
    html: dressParts(bare.html, dress),
    text: dressParts(bare.text, dress),
    hasPostalAddress: brand.postalAddress !== null && brand.postalAddress.trim() !== '',
  };
}
