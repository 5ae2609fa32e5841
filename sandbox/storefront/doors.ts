// How a storefront route gets its visit, and how a refusal becomes a page. Used by the files that hold the routes.
import type { Request, Response } from 'express';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import { type App, route } from '../http/router';
import { renderShopPage } from './layout';
import { createSessions } from './session';
import type { Visit } from './visit';
import { shopWords } from './words';

export type Page = (visit: Visit, req: Request, res: Response) => unknown;

export interface Doors {
  get(path: string, page: Page): void;
  post(path: string, page: Page): void;
}

/** Routes below `/shop/<handle>` that are given the visit; a refusal becomes a page. */
export function openDoors(app: App, ctx: SandboxContext): Doors {
  const visitOf = createSessions();
  const run = (page: Page) =>
    route(async (req, res) => {
      const shop = ctx.state.shop(String(req.params.handle));
      const session = visitOf(shop, req, res);
      const visit: Visit = {
        ctx,
        shop,
        session,
        words: shopWords(session.language),
        root: `/shop/${shop.record.handle}`,
      };
      try {
        const answer = await page(visit, req, res);
        if (typeof answer === 'string') res.type('html').send(answer);
      } catch (error) {
        if (!(error instanceof SandboxRefusal)) throw error;
        res
          .status(error.status)
          .type('html')
          .send(renderShopPage(visit, visit.shop.record.name, error.message));
      }
    });
  return {
    get: (path, page) => app.get(`/shop/:handle${path}`, run(page)),
    post: (path, page) => app.post(`/shop/:handle${path}`, run(page)),
  };
}

/** A page that may not exist. */
export function orMissing(visit: Visit, page: string | undefined): string {
  if (page === undefined) throw new SandboxRefusal(visit.words.notFound, 404);
  return page;
}
