/**
 * Renders documents on the server. It also hands the composition to `web.ts`: that file is a bundle of its own, and a
 * second copy of `deps.server` in it would mean a second pool and a second queue.
 */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { EntryContext, HandleErrorFunction } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import type { i18n } from 'i18next';
import { renderToPipeableStream } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { compressed } from './compressed';
import { deps } from './deps.server';
import { makeI18n } from './i18n/admin/instance';
import { loadWords } from './i18n/admin/load-words';
import { requestLanguage } from './i18n/admin/request-language';
import { withLateScripts } from './late-scripts';
import { describeError } from './lib/describe-error';
import type { Language } from './lib/language';
import { loggablePath } from './lib/loggable-path';
import { addDocumentHeaders } from './shopify.server';

export { deps, initDeps } from './deps.server';

/** How long a page may take to draw, in milliseconds. */
export const streamTimeout = 15_000;

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  addDocumentHeaders(request, headers);
  const i18n = await i18nOf(requestLanguage(request));
  const page = (
    <I18nextProvider i18n={i18n}>
      <RemixServer context={context} url={request.url} />
    </I18nextProvider>
  );
  const drawn = await draw(page);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const html = import.meta.env.PROD ? withLateScripts(drawn.html) : drawn.html;
  const body = compressed(html, request.headers.get('accept-encoding'), headers);
  return new Response(body, { status: drawn.failed ? 500 : status, headers });
}

/** One for all requests of a language: a request only reads, and what i18next and Intl make on first use is kept. */
const instances = new Map<Language, Promise<i18n>>();

function i18nOf(language: Language): Promise<i18n> {
  const made = instances.get(language) ?? loadWords(language).then((words) => makeI18n(language, words));
  instances.set(language, made);
  return made;
}

/**
 * Draws the whole document. No loader promises data for later, so there is no beginning to send before the end, and a browser
 * that gets all of it at once paints sooner.
 * @throws what kept the document itself from being drawn; what failed within a part is logged, and told by `failed`
 */
function draw(page: React.ReactElement): Promise<{ html: string; failed: boolean }> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(page, {
      onAllReady() {
        clearTimeout(late);
        const body = new PassThrough();
        text(body).then((html) => resolve({ html, failed }), reject);
        pipe(body);
      },
      onShellError: reject,
      onError(error: unknown) {
        failed = true;
        logFailure('page.failed', error);
      },
    });
    const late = setTimeout(abort, streamTimeout + 1000).unref();
  });
}

function logFailure(event: string, error: unknown, path?: string): void {
  deps().log.error({ event, error: describeError(error), ...(path === undefined ? {} : { path }) });
}

/** A loader or action threw. The query may hold an id token, so the path alone is logged. */
export const handleError: HandleErrorFunction = (error, { request }) => {
  if (!request.signal.aborted) logFailure('request.failed', error, loggablePath(new URL(request.url).pathname));
};
