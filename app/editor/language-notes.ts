/** What stands out when a text's two languages are held against each other: missing, not translated, left behind, much longer. Used by every field with words. */
import { LANGUAGES, type Language, type Words } from '../lib/language';

export type LanguageNote =
  | { kind: 'missing' }
  /** Word for word what the other language says. */
  | { kind: 'same' }
  /** The other language was changed, this one is still as it came. */
  | { kind: 'left-behind' }
  | { kind: 'longer'; length: number; other: number };

/** Names and single words are often the same in both. */
const LEAST_WORDS = 3;
/** French needs a fifth more room than English; half as much again is more than that. */
const MUCH_LONGER = 1.6;
const LEAST_DIFFERENCE = 40;

const otherThan = (language: Language): Language => (language === 'fr' ? 'en' : 'fr');

function noteOn(language: Language, words: Words, original: Words | undefined): LanguageNote | null {
  const [text, other] = [words[language].trim(), words[otherThan(language)].trim()];
  if (text === '') return { kind: 'missing' };
  if (text === other) return text.split(/\s+/).length < LEAST_WORDS ? null : { kind: 'same' };
  if (original && text === original[language].trim() && other !== '' && other !== original[otherThan(language)].trim())
    return { kind: 'left-behind' };
  const isLonger = text.length > other.length * MUCH_LONGER && text.length - other.length > LEAST_DIFFERENCE;
  return isLonger && other !== '' ? { kind: 'longer', length: text.length, other: other.length } : null;
}

/** What is to say about each language of a text; null where nothing is. */
export function languageNotes(words: Words, original: Words | undefined): Record<Language, LanguageNote | null> {
  const [fr, en] = LANGUAGES.map((language) => noteOn(language, words, original));
  return { fr: fr ?? null, en: en ?? null };
}
