/** Small typography an owner should not have to think of: curly apostrophes, and in French the spaces that must not break. Called by the compiler on words, never on values. */
import type { Language } from '../lib/language';

// The wide no-break space, not the narrow one (U+202F): some mail fonts draw a box for that.
const NO_BREAK = '\u00a0';

/** The text with the typography of its language; no letter changes. */
export function typeset(text: string, language: Language): string {
  const apostrophes = text.replace(/(\p{L})'(?=\p{L})/gu, '$1’');
  if (language !== 'fr') return apostrophes;
  return apostrophes.replace(/[ \u202f]+(?=[:;!?»%€])/g, NO_BREAK).replace(/«[ \u202f]+/g, `«${NO_BREAK}`);
}
