/** Loads the words of one language, ours and Polaris's: in the browser only that language travels. */
import type { Language } from '../../lib/language';
import type { AdminWords } from './words';

export interface LoadedWords {
  admin: AdminWords;
  /** What Polaris's own pieces say. */
  polaris: object;
}

export async function loadWords(language: Language): Promise<LoadedWords> {
  if (language === 'fr') {
    const [{ fr }, polaris] = await Promise.all([import('./fr'), import('@shopify/polaris/locales/fr.json')]);
    return { admin: fr, polaris: polaris.default };
  }
  const [{ en }, polaris] = await Promise.all([import('./en'), import('@shopify/polaris/locales/en.json')]);
  return { admin: en, polaris: polaris.default };
}
