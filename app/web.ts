/**
 * The web process: one Express app before Remix. Built into `build/server/index.js`; run it, or import `createApp`.
 * It loads Remix's bundle (`remix.js`, beside it) at run time and takes the composition from there, so that there is
 * one pool and one queue.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import sirv from 'sirv';
import type * as Entry from './entry.server';
import type { ReadTxt } from './gateways/dns/txt';
import type { Clock } from './lib/clock';
import { describeError } from './lib/describe-error';
import { DAY } from './lib/duration';
import { loggablePath } from './lib/loggable-path';
import type { Logger } from './log.server';
import { MOST_LIST_BYTES } from './pipeline/refusals/read-list';

export interface AppOptions {
  /** The business clock; the machine's own when absent. */
  clock?: Clock;
  /** Where TXT records are read; DNS when absent. */
  readTxt?: ReadTxt;
  /** Runs before every page, for those who embed the app. */
  before?: RequestHandler;
}

/** Answers requests. `listen` gives it a port; `locals.stop` closes what it opened. */
export type WebApp = RequestListener & {
  listen(port: number, host: string, up?: () => void): Server;
  locals: { stop(): Promise<void> };
};

type Build = Omit<ServerBuild, 'entry'> & { entry: { module: ServerBuild['entry']['module'] & typeof Entry } };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bodies from browsers, by their announced length; `read-json` bounds those that announce none. The webhook doors have limits of their own. */
const MOST_BODY_BYTES = 2 * 1024 * 1024;
/** Lists of people who must not get e-mails come whole; they are read as they come, never held. */
const LISTS_PATH = '/app/settings/refusals/upload';

/** The app without a port. */
export async function createApp({ before, ...around }: AppOptions = {}): Promise<WebApp> {
  const build = (await import(/* @vite-ignore */ new URL('./remix.js', import.meta.url).href)) as Build;
  const parts = await build.entry.module.initDeps({ role: 'web', ...around });
  const pages = express();
  pages.disable('x-powered-by');
  pages.set('trust proxy', 1);
  if (before) pages.use(before);
  pages.use(logRequest(parts.log), guard);
  pages.use(parts.watch);
  for (const { path, router } of parts.routers) pages.use(path, router);
  pages.use('/assets', builtAssets(), notThere);
  pages.use(compression(), express.static(here('../client'), { maxAge: '1h', index: false }));
  pages.all('*', limitBody, createRequestHandler({ build: build as unknown as ServerBuild, mode: parts.env.NODE_ENV }));
  pages.use(answerFailure(parts.log));
  const { path, answer } = parts.webhookDoor;
  // Webhooks come in floods, and need nothing of what pages do.
  const app: RequestListener = (request, response) =>
    isAt(path, request.url) ? answer(request, response) : pages(request, response);
  return Object.assign(app, {
    listen: (port: number, host: string, up?: () => void) => createServer(app).listen(port, host, up),
    locals: { stop: () => parts.close() },
  });
}

/** With or without a query or a slash at its end. */
function isAt(path: string, url = ''): boolean {
  return url.startsWith(path) && /^\/?(\?|$)/.test(url.slice(path.length));
}

const YEAR_SECONDS = (365 * DAY) / 1000;

/** Names of built files carry a hash of their content; the build has compressed them (`vite.config.ts`). */
function builtAssets(): RequestHandler {
  return sirv(here('../client/assets'), { brotli: true, gzip: true, immutable: true, maxAge: YEAR_SECONDS });
}

const notThere: RequestHandler = (_request, response) => {
  response.sendStatus(404);
};

const guard: RequestHandler = (_request, response, next) => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  next();
};

const limitBody: RequestHandler = (request, response, next) => {
  const most = request.path === LISTS_PATH ? MOST_LIST_BYTES : MOST_BODY_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > most) response.status(413).send('Too large');
  else next();
};

/** Asked every few seconds for ever: neither told nor counted. */
const UNTOLD: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** The path alone, without the tokens in it: queries hold id tokens and search words. */
function logRequest(log: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const path = request.path;
    response.on('finish', () => {
      if (UNTOLD.has(path) || path.startsWith('/assets/')) return;
      const ms = Math.round(performance.now() - started);
      const { method } = request;
      log.info({ event: 'request.answered', method, path: loggablePath(path), status: response.statusCode, ms });
    });
    next();
  };
}

function answerFailure(log: Logger): ErrorRequestHandler {
  return (error: { status?: number; message?: string }, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error.status && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) {
      log.error({ event: 'request.failed', path: loggablePath(request.path), error: describeError(error) });
    }
    response
      .status(status)
      .type('text')
      .send(status === 500 ? 'Something broke.' : 'This request cannot be answered.');
  };
}

async function run(): Promise<void> {
  const app = await createApp();
  const port = Number(process.env.PORT || 3000);
  const server = app.listen(port, process.env.HOST || '0.0.0.0');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server, app));
}

/** Finishes what is being answered, for ten seconds at most. */
async function stop(server: Server, app: WebApp): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 10_000).unref();
  await closed;
  await app.locals.stop();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await run();
