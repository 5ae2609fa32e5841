/** One way of escaping per place a value can stand in. Called by fill for values and by compile for fallbacks. */
import type { Place } from './parts';
import { webAddress } from './web-address';

/** Longer values are cut: no name or title needs more, and one must not push the rest of the mail away. */
const LONGEST = { subject: 80, body: 300 };

// Control characters, line and paragraph separators, and the bidi embeddings, overrides and isolates that would turn the text after
// them around. The plain direction marks (U+200E, U+200F) act on their neighbours only and stay. U+E000/1 are the compiler's marks.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000\ue001\ufffe\uffff]+/g;

/** Whether anything of a value would change on one line. */
const UNTIDY = new RegExp(String.raw`${UNSAFE.source}|[\ud800-\udfff]| {2}|^\s|\s$`);

/** A value on one line: well-formed Unicode, nothing that breaks a header or turns text around, not endless. */
export function oneLine(value: string, longest: number = LONGEST.body): string {
  if (value.length <= longest && !UNTIDY.test(value)) return value;
  const clean = value.length > longest * 40 ? value.slice(0, longest * 40) : value;
  const line = clean.toWellFormed().replace(UNSAFE, ' ').replace(/ {2,}/g, ' ').trim();
  if (line.length <= longest) return line;
  const letters = Array.from(line);
  return letters.length <= longest
    ? line
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

/** What is left of a value once cleaned, or null when that is nothing: only then may words stand around it. */
export function present(value: string | null | undefined): string | null {
  return (value && oneLine(value)) || null;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

/**
 * The same text kept as bytes wherever it is Latin-1. A string cut from one with wider signs keeps two bytes a letter, and so does
 * everything it is joined with.
 */
export function narrow(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of Latin-1
  return /[^\u0000-\u00ff]/.test(text) ? text : Buffer.from(text, 'latin1').toString('latin1');
}

/**
 * The signs beyond Latin-1 that French, English and prices use: œ, dashes, curly quotes, thin spaces, the euro. Written as references,
 * most e-mails are Latin-1 throughout, which is joined, measured and encoded in half the time of anything wider.
 */
const WIDE = String.raw`\u0152\u0153\u0178\u034f\u2002-\u2027\u202f-\u203a\u20ac\u2122`;
const ANY_WIDE = new RegExp(`[${WIDE}]`);
const ALL_WIDE = new RegExp(ANY_WIDE.source, 'g');
const ANY_SIGN = new RegExp(`[&<>"'${WIDE}]`);
const ANY_SIGNS = new RegExp(ANY_SIGN.source, 'g');

const referenceTo = (sign: string) => `&#x${sign.charCodeAt(0).toString(16)};`;
const entityOf = (sign: string) => ENTITIES[sign] ?? referenceTo(sign);

export function escapeHtml(text: string): string {
  if (!ANY_SIGN.test(text)) return text;
  const escaped = text.replace(ANY_SIGNS, entityOf);
  return ANY_WIDE.test(text) ? narrow(escaped) : escaped;
}

/** The same for finished HTML: only the signs beyond Latin-1, and nothing in style sheets and comments, where no reference is read. */
export function withReferences(html: string): string {
  return html
    .split(/(<style[\s\S]*?<\/style>|<!--[\s\S]*?-->)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(ALL_WIDE, referenceTo)))
    .join('');
}

/**
 * A value as it may stand in a place. Addresses must be complete http(s) addresses; others are a mistake of the caller, who offers a
 * fallback for them before.
 */
export function escapeFor(place: Place, value: string): string {
  switch (place) {
    case 'html':
    case 'attribute':
      return escapeHtml(oneLine(value));
    case 'text':
      return oneLine(value);
    case 'subject':
      return oneLine(value, LONGEST.subject);
    case 'url':
      return escapeHtml(checkedAddress(value));
    case 'text-url':
      return checkedAddress(value);
  }
}

function checkedAddress(value: string): string {
  const address = webAddress(value);
  if (address === null) throw new Error('An address in an e-mail must be a complete http or https address');
  return address;
}
