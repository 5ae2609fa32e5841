/** Wakes up the server-rendered page, in the language it was rendered in. */
import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { makeI18n } from './i18n/admin/instance';
import { loadWords } from './i18n/admin/load-words';
import { languageFor } from './lib/language';

const language = languageFor(document.documentElement.lang);

/** At most so long is a page kept from waking that is not painted at all, in a tab nobody looks at. */
const UNSEEN_MS = 500;

/** What the server drew is shown first: waking it up would hold the picture back. */
const painted = Promise.race([
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
  new Promise((resolve) => setTimeout(resolve, UNSEEN_MS)),
]);

Promise.all([loadWords(language), painted]).then(([words]) => {
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
