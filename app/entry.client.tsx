/** Wakes up the server-rendered page, in the language it was rendered in. */
import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { makeI18n } from './i18n/admin/instance';
import { loadWords } from './i18n/admin/load-words';
import { languageFor } from './lib/language';

const language = languageFor(document.documentElement.lang);

loadWords(language).then((words) => {
  const i18n = makeI18n(language, words);
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={i18n}>
          <RemixBrowser />
        </I18nextProvider>
      </StrictMode>,
    );
  });
});
