/**
 * Takes a shop's look apart: what every rendering can hold as a slot (names, addresses, the owner's color), and what shapes the
 * rendering itself. A bare e-mail is rendered once for all shops of the same shape, and dressed for each in microseconds.
 */
import { linksInTexts } from './block-texts';
import type { Brand } from './brand';
import type { BareEmail, CompiledEmail } from './compiled';
import type { EmailContent } from './content';
import { escapeHtml } from './escape';
import { type LookName, mark, withoutMarks } from './marks';
import type { BarePart, LookSlot, Part } from './parts';
import { isLinkPlace } from './rich-words';

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
const isAddress = (text: string) => isPlain(text) && /^https?:\/\//.test(text);

/** Whether the e-mail has links to addresses the owner typed: only then it matters where the store is. */
function namesAddresses({ blocks }: EmailContent): boolean {
  return blocks.some((block) => {
    if ('link' in block) return block.link?.to === 'url';
    return linksInTexts(block).some((target) => !isLinkPlace(target));
  });
}

/** The postal address on one line, as the footer shows it. */
function onOneLine(address: string): string {
  return address
    .split(/\s*\n\s*/)
    .filter((line) => line !== '')
    .join(', ');
}

/** A brand taken apart for an e-mail. What cannot stand in a slot unchanged stays in the shape. */
export function lookOf(brand: Brand, content: EmailContent): Look {
  const dress = new Map<LookName, string>();
  const slot = (name: LookName, value: string, fits: (value: string) => boolean) => {
    if (!fits(value)) return value;
    dress.set(name, value);
    return mark({ kind: 'look', name });
  };
  const shopName = withoutMarks(brand.shopName);
  const address = brand.postalAddress === null ? null : withoutMarks(brand.postalAddress);
  const { button, buttonText, link } = brand.colors;
  const shape: Brand = {
    ...brand,
    shopName: slot('shop_name', shopName, isPlain),
    postalAddress: address && (isPlain(onOneLine(address)) ? slot('address', onOneLine(address), isPlain) : address),
    logoUrl: brand.logoUrl && slot('logo_url', brand.logoUrl, isAddress),
    colors: {
      ...brand.colors,
      button: slot('button', button, isColor),
      buttonText: slot('button_text', buttonText, isColor),
      link: slot('link', link, isColor),
    },
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
  return parts.map((part) => {
    if (typeof part === 'string' || part.kind === 'value') return part;
    if (part.kind === 'look') return dressed(part, dress);
    return { ...part, parts: dressParts(part.parts, dress) };
  });
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
