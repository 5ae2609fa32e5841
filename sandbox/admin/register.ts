// The admin in a browser: stores, install, the app in its frame, id tokens. Mounted by sandbox/main.ts under /admin.
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import { type App, formBody, route } from '../http/router';
import { issueIdToken } from '../shopify/id-token';
import type { ShopState } from '../shopify/state';
import { renderAppPage, renderInstallPage } from './app-page';
import { launchUrl } from './launch-url';
import { adminRoot, languageCookie, languageOf, readAsset } from './layout';
import { findResources } from './resources';
import { refuseOtherOrigins } from './same-origin';
import { renderStoreHome, renderStoreList, renderStores, STORE_LISTS } from './store-pages';

/** The one member of staff of every sandbox shop. */
const STAFF_ID = '90254163501';

function guardPages(ctx: SandboxContext) {
  const policy = [
    "default-src 'self'",
    "img-src 'self' data: http: https:",
    `frame-src ${new URL(ctx.options.appUrl).origin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
  return (_req: Request, res: Response, next: NextFunction): void => {
    res.set({ 'Content-Security-Policy': policy, 'Referrer-Policy': 'same-origin', 'Cache-Control': 'no-store' });
    next();
  };
}

function registerAssets(app: App): void {
  const types = {
    'admin.css': 'text/css',
    'app-bridge.js': 'text/javascript',
    'host.js': 'text/javascript',
    'page.js': 'text/javascript',
  } as const;
  for (const [name, type] of Object.entries(types)) {
    app.get(`/admin/${name}`, (_req, res) => {
      res.set({ 'Cache-Control': 'no-cache', 'Cross-Origin-Resource-Policy': 'cross-origin' });
      res.type(type).send(readAsset(name as keyof typeof types));
    });
  }
}

/** Opens the app: its address with a fresh id token for this shop and nobody else's. */
function openApp(ctx: SandboxContext, req: Request, shop: ShopState): string {
  const { appUrl, apiKey, apiSecret } = ctx.options;
  const session = randomUUID().replaceAll('-', '');
  const idToken = issueIdToken({ apiKey, apiSecret, shop: shop.domain, userId: STAFF_ID, sessionId: session });
  const query = new URL(req.originalUrl, 'http://local').search;
  const path = `${req.params[0] ?? ''}${query}`;
  const locale = languageOf(req);
  const url = launchUrl({ appUrl, apiSecret, shop: shop.domain, path, idToken, locale, session, now: Date.now() });
  return renderAppPage(req, { shop, launchUrl: url });
}

function registerAppPages(app: App, ctx: SandboxContext): void {
  const shopOf = (req: Request) => ctx.state.shop(req.params.handle ?? '');
  app.get(
    /^\/admin\/store\/(?<handle>[a-z0-9-]+)\/apps\/relance(\/.*)?$/,
    route((req, res) => {
      const shop = shopOf(req);
      if (!shop.installation) res.redirect(`${adminRoot(shop)}/install`);
      else res.type('html').send(openApp(ctx, req, shop));
    }),
  );
  app
    .route('/admin/store/:handle/install')
    .get(route((req, res) => res.type('html').send(renderInstallPage(req, shopOf(req), ctx.wantedScopes))))
    .post(
      route((req, res) => {
        const shop = shopOf(req);
        ctx.actions.installApp(shop.domain);
        res.redirect(303, `${adminRoot(shop)}/apps/relance`);
      }),
    );
  app.post(
    '/admin/store/:handle/uninstall',
    route((req, res) => {
      const shop = shopOf(req);
      ctx.actions.uninstallApp(shop.domain);
      res.redirect(303, adminRoot(shop));
    }),
  );
  app.post(
    '/admin/store/:handle/id-token',
    route((req, res) => {
      const shop = shopOf(req);
      if (!shop.installation) throw new SandboxRefusal(`The app is not installed in ${shop.domain}.`, 409);
      const { apiKey, apiSecret } = ctx.options;
      res.json({ token: issueIdToken({ apiKey, apiSecret, shop: shop.domain, userId: STAFF_ID }) });
    }),
  );
  app.get(
    '/admin/store/:handle/resources',
    route((req, res) => {
      const { type, q, chosen } = req.query;
      const words = typeof q === 'string' ? q : '';
      const ids = typeof chosen === 'string' && chosen !== '' ? chosen.split(',') : [];
      res.json({ items: findResources(ctx.state, shopOf(req), { type: String(type), words, chosen: ids }) });
    }),
  );
}

/** Mounts every page under `/admin`, besides the API paths `/admin/api` and `/admin/oauth`, which are Shopify's. */
export function registerAdmin(app: App, ctx: SandboxContext): void {
  registerAssets(app);
  app.use(['/admin/store', '/admin/language'], guardPages(ctx), refuseOtherOrigins);
  app.get(
    '/admin',
    guardPages(ctx),
    route((req, res) => res.type('html').send(renderStores(req, ctx.state))),
  );
  app.post(
    '/admin/language',
    formBody,
    route((req, res) => {
      const { language, back } = req.body as { language?: string; back?: string };
      res.set('Set-Cookie', languageCookie(language === 'en' ? 'en' : 'fr'));
      res.redirect(303, /^\/admin(\/(?!\/)|$)/.test(back ?? '') ? (back ?? '/admin') : '/admin');
    }),
  );
  registerAppPages(app, ctx);
  app.get(
    '/admin/store/:handle',
    route((req, res) => res.type('html').send(renderStoreHome(req, ctx.state.shop(req.params.handle ?? '')))),
  );
  for (const list of STORE_LISTS) {
    app.get(
      [`/admin/store/:handle/${list}`, `/admin/store/:handle/${list}/:id`],
      route((req, res) => res.type('html').send(renderStoreList(req, ctx.state.shop(req.params.handle ?? ''), list))),
    );
  }
}
