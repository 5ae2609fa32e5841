/** The languages Relance writes in. Everything a person reads is keyed by one of these. */
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same words in every language we write. */
export type Words = Record<Language, string>;

/** The language of ours a locale (BCP 47 as Shopify gives it: `fr`, `fr-CA`, `pt-BR`) is read in; null where we write none. */
export function writtenAs(locale: string | null | undefined): Language | null {
  const base = locale?.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((language) => language === base) ?? null;
}

/**
 * The first of these locales that we write in, else English. For shoppers ask `shopperLanguage`, which knows what the owner chose.
 * @param locales most wanted first, null when unknown
 */
export function languageFor(...locales: readonly (string | null | undefined)[]): Language {
  for (const locale of locales) {
    const known = writtenAs(locale);
    if (known) return known;
  }
  return 'en';
}
