/** A theme's font as one that every mail program has. Called by read-theme. */
import type { FontKey, FoundFont } from '../../../domain/brand';

/** Shopify's handle of a font: family, style and weight, as in `playfair_display_n4`. */
const HANDLE = /^([a-z][a-z0-9_]{1,60})_[nio]\d$/;
/** As themes before 2018 wrote it: `Google_Playfair+Display_400,700`. */
const FORMER = /^google_([a-z0-9+ _-]{2,60}?)(?:_[\d,italic]*)?$/i;

/** What a family's name says of it, the first that holds; a family nobody listed is a plain sans. */
const FAMILIES: readonly (readonly [FontKey, RegExp])[] = [
  ['mono', /mono|courier|typewriter|consol|code|inconsolata/],
  [
    'book',
    /garamond|caslon|baskerville|palatino|cormorant|bembo|jenson|minion|goudy|cardo|sabon|crimson|gelasio|spectral|vollkorn|cormorant|newsreader/,
  ],
  ['humanist', /alegreya_sans|pt_sans|source_sans|noto_sans|fira_sans|open_sans|nunito_sans|ibm_plex_sans|gill_sans/],
  [
    'serif',
    /serif|slab|playfair|georgia|times|bodoni|didot|lora|merriweather|libre|bitter|arvo|rockwell|alegreya|abril|tinos|trirong|cinzel|prata|fraunces|domine|volkhov|unna|american_typewriter|lucia|frank_ruhl|rasa|neuton|old_standard/,
  ],
  [
    'geometric',
    /futura|avenir|century_gothic|gothic|poppins|montserrat|jost|josefin|questrial|quicksand|raleway|outfit|urbanist|spartan|kumbh|nunito|comfortaa|varela|figtree|sora|lexend|tenor|syncopate/,
  ],
  ['humanist', /trebuchet|lato|cabin|ubuntu|verdana|frutiger|optima|myriad|lucida|mukta|oxygen|hind|calibri|tahoma/],
];

/** `libre_franklin` and `source_sans` are sans, though another word of their name says otherwise. */
const SANS = /(^|_)sans(_|$)|franklin|grotesk|grotesque/;

/** @param value as the theme's settings hold it; null when it is no font */
export function readFont(value: unknown): FoundFont | null {
  if (typeof value !== 'string') return null;
  const family = (HANDLE.exec(value)?.[1] ?? FORMER.exec(value)?.[1])?.toLowerCase().replace(/[+ -]+/g, '_');
  if (!family) return null;
  const name = family
    .split('_')
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  const listed = FAMILIES.find(([font, names]) => names.test(family) && !(font === 'serif' && SANS.test(family)));
  return { name, font: listed?.[0] ?? 'sans' };
}
