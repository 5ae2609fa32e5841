// The HTTP front of the sandbox: what each half (Shopify, SendGrid, pages) uses to add its routes. Called by sandbox/main.ts.
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { SandboxRefusal } from './refusal';

export type App = Express;

/** What `register…(app, ctx)` may return: something to stop when the sandbox closes. */
export interface RegisteredPart {
  close?: () => void | Promise<void>;
}

/** An async route: a throw becomes a JSON answer (a `SandboxRefusal` keeps its status, anything else is a 500). */
export function route(handler: (req: Request, res: Response) => unknown): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    Promise.resolve()
      .then(() => handler(req, res))
      .catch(next);
  };
}

/** Body parsers, mounted by each half on its own paths: nothing is parsed globally, so signed bodies stay raw. */
export const jsonBody = express.json({ limit: '50mb' });
export const formBody = express.urlencoded({ extended: false, limit: '5mb' });
export const rawBody = express.raw({ type: () => true, limit: '50mb' });

/** A bare Express app with the sandbox's habits: no fingerprints, no ETags on changing JSON. */
export function createRouter(): App {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  return app;
}

/** Must be mounted last: turns refusals into `{ error }` with their status. */
export function answerErrors(app: App): void {
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const refusal = error instanceof SandboxRefusal ? error : undefined;
    const parserStatus = (error as { status?: unknown }).status;
    const status = refusal?.status ?? (typeof parserStatus === 'number' ? parserStatus : 500);
    const message = error instanceof Error ? error.message : String(error);
    if (status >= 500) console.error('sandbox:', error);
    res.status(status).json({ error: message });
  });
}
