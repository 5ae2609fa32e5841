/** The pages behind an e-mail's links, and RFC 8058 one-click unsubscribe. GET never changes anything. Mounted by `deps.server`. */
import express, { type Request, type Response, type Router } from 'express';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { languageFor } from '../lib/language';
import type { OpenTrackingPage } from '../pipeline/open-tracking';
import type { PreferenceChoice, PreferencePages } from '../pipeline/preferences';
import {
  AwayPage,
  GonePage,
  InvalidLinkPage,
  PreferencePage,
  type PreferenceView,
  UnsubscribePage,
} from '../ui/preference-page';

const MOST_FORM_BYTES = '20kb';

/** `/preferences/:token` and `/unsubscribe/:token`. */
export function preferencesRouter(
  pages: PreferencePages,
  openTrackingPage: (token: string) => Promise<OpenTrackingPage>,
): Router {
  const router = express.Router();
  // One-click posts come as form data of either kind; the body says nothing we need.
  const form = express.urlencoded({ extended: false, limit: MOST_FORM_BYTES });
  router.get(
    '/preferences/:token',
    (request, response, next) => void showPreferences(pages, request, response).catch(next),
  );
  router.post(
    '/preferences/:token',
    form,
    (request, response, next) => void keepPreferences(pages, request, response).catch(next),
  );
  router.get(
    '/preferences/:token/open-tracking',
    (request, response, next) => void goToOpenTracking(openTrackingPage, request, response).catch(next),
  );
  router.get(
    '/unsubscribe/:token',
    (request, response, next) => void showUnsubscribe(pages, request, response, false).catch(next),
  );
  router.post(
    '/unsubscribe/:token',
    form,
    (request, response, next) => void unsubscribe(pages, request, response).catch(next),
  );
  return router;
}

function answer(response: Response, page: ReactElement, status = 200): void {
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    )
    .type('html')
    .send(`<!DOCTYPE html>${renderToStaticMarkup(page)}`);
}

function refuse(request: Request, response: Response): void {
  answer(response, <InvalidLinkPage language={languageOf(request)} />, 404);
}

/** A link works for ever: who is gone gets nothing more, and a mailbox that unsubscribes them has done so. */
function sayGone(request: Request, response: Response): void {
  answer(response, <GonePage language={languageOf(request)} />);
}

/** For whoever is not known by their link. */
const languageOf = (request: Request) => languageFor(request.acceptsLanguages('fr', 'en') || null);

async function showPreferences(pages: PreferencePages, request: Request, response: Response): Promise<void> {
  const view = await pages.read(request.params.token ?? '');
  if (!view) return refuse(request, response);
  if (view === 'gone') return sayGone(request, response);
  answer(response, <PreferencePage view={view} state="asked" here={pathOf(request)} />);
}

const pathOf = (request: Request) => `/preferences/${request.params.token ?? ''}`;

/** Shopify keeps that consent, on a page of its own. */
async function goToOpenTracking(
  find: (token: string) => Promise<OpenTrackingPage>,
  request: Request,
  response: Response,
): Promise<void> {
  const page = await find(request.params.token ?? '');
  if (page === 'unknown') return refuse(request, response);
  if (page === 'away') return answer(response, <AwayPage language={languageOf(request)} back={pathOf(request)} />, 503);
  response.set('Cache-Control', 'no-store').redirect(page.url);
}

async function keepPreferences(pages: PreferencePages, request: Request, response: Response): Promise<void> {
  const token = request.params.token ?? '';
  const choice = readChoice(request.body ?? {});
  const kept = await pages.save(token, choice);
  const view = await pages.read(token);
  if (view === 'gone') return sayGone(request, response);
  if (kept === 'unknown' || !view) return refuse(request, response);
  const shown = kept === 'birth-date-refused' ? withChoice(view, choice) : view;
  answer(response, <PreferencePage view={shown} state={kept} here={pathOf(request)} />);
}

function readChoice(body: Record<string, unknown>): PreferenceChoice {
  return {
    none: body.none === '1',
    subscribe: body.subscribe === '1',
    fewer: body.fewer === '1',
    wanted: [body.kind ?? []].flat().map(String),
    birthDate: readBirthDate(body),
    language: String(body.language ?? ''),
  };
}

/** An empty field takes away the date it showed; where it showed none, nothing was said. */
function readBirthDate(body: Record<string, unknown>): string | null {
  const birthDate = String(body.birthDate ?? '').trim();
  return birthDate === '' && body.hadBirthDate !== '1' ? null : birthDate;
}

/** The page as it was filled in: nobody should have to tick everything again because of one field. */
function withChoice(view: PreferenceView, choice: PreferenceChoice): PreferenceView {
  return {
    ...view,
    fewer: choice.fewer,
    ticked: choice.none ? 'none' : choice.subscribe ? 'subscribe' : null,
    birthDate: choice.birthDate,
    kinds: view.kinds.map(({ key }) => ({ key, wanted: choice.wanted.includes(key) })),
  };
}

async function showUnsubscribe(
  pages: PreferencePages,
  request: Request,
  response: Response,
  done: boolean,
): Promise<void> {
  const token = request.params.token ?? '';
  const view = await pages.read(token);
  if (!view) return refuse(request, response);
  if (view === 'gone') return sayGone(request, response);
  answer(response, <UnsubscribePage view={view} preferencesUrl={`/preferences/${token}`} done={done} />);
}

async function unsubscribe(pages: PreferencePages, request: Request, response: Response): Promise<void> {
  if (!(await pages.unsubscribe(request.params.token ?? ''))) return refuse(request, response);
  await showUnsubscribe(pages, request, response, true);
}
