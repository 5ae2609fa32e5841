/** The pages behind shared previews. Open to whoever has the link, so they run nothing, send nothing and are in no index. Mounted by `deps.server`. */
import express, { type Request, type Response, type Router } from 'express';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Language, languageFor } from '../lib/language';
import type { PreviewLinks } from '../pipeline/preview-links';
import { asShown } from '../ui/as-shown';
import { EndedPreviewPage, SHARED_VIEWS, SharedPreviewPage } from '../ui/shared-preview-page';

/** The page around the e-mail: its own style, and a frame from here. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** The e-mail: pictures and styles, nothing else, whether it is framed or opened by itself. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; font-src https:; frame-ancestors 'self'; form-action 'none'";

/** `/preview/:token`, and `/preview/:token/mail` for its frame. */
export function sharedPreviewsRouter(links: PreviewLinks): Router {
  const router = express.Router();
  router.get('/preview/:token', (request, response, next) => void showPage(links, request, response).catch(next));
  router.get('/preview/:token/mail', (request, response, next) => void showMail(links, request, response).catch(next));
  return router;
}

function answer(response: Response, html: string, { status, policy }: { status: number; policy: string }): void {
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .set('X-Robots-Tag', 'noindex, nofollow')
    .set('Referrer-Policy', 'no-referrer')
    .set('Content-Security-Policy', policy)
    .type('html')
    .send(html);
}

function showHtml(response: Response, page: ReactElement, status = 200): void {
  answer(response, `<!DOCTYPE html>${renderToStaticMarkup(page)}`, { status, policy: PAGE_POLICY });
}

const readerOf = (request: Request): Language => languageFor(request.acceptsLanguages('fr', 'en') || null);
const viewOf = ({ query }: Request) => SHARED_VIEWS.find((view) => view === query.view) ?? 'desktop';

/** One that was there is gone (410); one that never was is unknown (404). */
const STATUS = { expired: 410, revoked: 410, unknown: 404 } as const;

async function showPage(links: PreviewLinks, request: Request, response: Response): Promise<void> {
  const token = request.params.token ?? '';
  const opened = await links.open(token);
  const language = readerOf(request);
  if (opened.state !== 'open') {
    return showHtml(response, <EndedPreviewPage language={language} why={opened.state} />, STATUS[opened.state]);
  }
  const { language: mailLanguage, ...shown } = opened;
  const url = `/preview/${encodeURIComponent(token)}`;
  const page = { ...shown, mailLanguage, language, url, view: viewOf(request) };
  showHtml(response, <SharedPreviewPage {...page} />);
}

async function showMail(links: PreviewLinks, request: Request, response: Response): Promise<void> {
  const opened = await links.open(request.params.token ?? '');
  if (opened.state !== 'open') {
    const page = <EndedPreviewPage language={readerOf(request)} why={opened.state} />;
    return showHtml(response, page, STATUS[opened.state]);
  }
  const html = asShown(opened.mail.html, { dark: viewOf(request) === 'dark' });
  answer(response, html, { status: 200, policy: MAIL_POLICY });
}
