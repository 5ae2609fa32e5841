/**
 * Renders documents on the server. It also hands the composition to `web.ts`: that file is a bundle of its own, and a
 * second copy of `deps.server` in it would mean a second pool and a second queue.
 */
import { PassThrough, pipeline, type Writable } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext, type HandleErrorFunction } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import type { i18n } from 'i18next';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { deps } from './deps.server';
import { makeI18n } from './i18n/admin/instance';
import { loadWords } from './i18n/admin/load-words';
import { requestLanguage } from './i18n/admin/request-language';
import { lateScripts } from './late-scripts';
import { describeError } from './lib/describe-error';
import type { Language } from './lib/language';
import { loggablePath } from './lib/loggable-path';
import { addDocumentHeaders } from './shopify.server';

export { deps, initDeps } from './deps.server';

/** How long loaders may keep a document open. */
export const streamTimeout = 15_000;

interface DocumentResponse {
  status: number;
  headers: Headers;
}

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
  // A robot waits for the whole page; a person sees its beginning at once.
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';
  return renderPage(page, ready, { status, headers });
}

/** One for all requests of a language: a request only reads, and what i18next and Intl make on first use is kept. */
const instances = new Map<Language, Promise<i18n>>();

function i18nOf(language: Language): Promise<i18n> {
  const made = instances.get(language) ?? loadWords(language).then((words) => makeI18n(language, words));
  instances.set(language, made);
  return made;
}

function renderPage(
  page: React.ReactElement,
  ready: 'onAllReady' | 'onShellReady',
  response: DocumentResponse,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(page, {
      [ready]() {
        const body = new PassThrough();
        response.headers.set('Content-Type', 'text/html; charset=utf-8');
        resolve(new Response(createReadableStreamFromReadable(body), response));
        pipe(import.meta.env.PROD ? held(body) : body);
      },
      onShellError: reject,
      onError(error: unknown) {
        response.status = 500;
        logFailure('page.failed', error);
      },
    });
    setTimeout(abort, streamTimeout + 1000).unref();
  });
}

/** Remix's own tools want their scripts at once. Whoever leaves ends the drawing, as without anything between. */
function held(body: PassThrough): Writable {
  const late = lateScripts();
  pipeline(late, body, () => {});
  return late;
}

function logFailure(event: string, error: unknown, path?: string): void {
  deps().log.error({ event, error: describeError(error), ...(path === undefined ? {} : { path }) });
}

/** A loader or action threw. The query may hold an id token, so the path alone is logged. */
export const handleError: HandleErrorFunction = (error, { request }) => {
  if (!request.signal.aborted) logFailure('request.failed', error, loggablePath(new URL(request.url).pathname));
};
