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

export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) : text;
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
