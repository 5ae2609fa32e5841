/** Makes the i18next instance of one request or one browser page; `entry.server` and `entry.client` call it. */
import { createInstance, type i18n } from 'i18next';
import type { Language } from '../../lib/language';
import type { LoadedWords } from './load-words';

/**
 * French has a third plural form for millions ("un million de"). Our sentences need no other words for it, so each
 * `_other` stands in for a `_many` that is not written.
 */
function withMany(words: object): object {
  const entries = Object.entries(words).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === 'object' && value !== null) return [[key, withMany(value)]];
    const many = key.replace(/_other$/, '_many');
    return many === key || many in words
      ? [[key, value]]
      : [
          [key, value],
          [many, value],
        ];
  });
  return Object.fromEntries(entries);
}

/** An instance that holds the words of one language, ready at once. */
export function makeI18n(language: Language, words: LoadedWords): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: false,
    // Keys may name the opposite of a fact: `not:hasCode`.
    nsSeparator: false,
    resources: { [language]: { translation: withMany(words.admin), polaris: words.polaris } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  });
  return instance;
}
