/** The languages Relance writes in. Everything a person reads is keyed by one of these. */
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same words in every language we write. */
export type Words = Record<Language, string>;

/**
 * The language to write to somebody in: their own when we write it, else the shop's, else English.
 * @param locales most wanted first, BCP 47 tags as Shopify gives them (`fr`, `fr-CA`, `pt-BR`), null when unknown
 */
export function languageFor(...locales: readonly (string | null | undefined)[]): Language {
  for (const locale of locales) {
    const base = locale?.toLowerCase().split(/[-_]/)[0];
    const known = LANGUAGES.find((language) => language === base);
    if (known) return known;
  }
  return 'en';
}
