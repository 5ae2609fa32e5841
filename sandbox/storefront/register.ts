// The storefront a person can use: /shop/<handle>. Mounted by sandbox/main.ts. Everything a visitor does goes through the shop's verbs.
import { refuseOtherOrigins } from '../admin/same-origin';
import type { SandboxContext } from '../http/context';
import { type App, formBody } from '../http/router';
import { openAccounts } from './account-doors';
import { renderCollection, renderHome, renderProduct, renderSearch } from './browse-pages';
import { openCart, openCheckouts } from './checkout-doors';
import { openCodes } from './code-doors';
import { type Doors, openDoors, orMissing } from './doors';
import { readShopCss } from './layout';
import { readText } from './shopper';

function browse({ get }: Doors): void {
  get('/', (visit) => renderHome(visit));
  get('/collections/:collection', (visit, req) =>
    orMissing(visit, renderCollection(visit, String(req.params.collection))),
  );
  get('/products/:product', (visit, req) => {
    const variant = typeof req.query.variant === 'string' ? req.query.variant : undefined;
    return orMissing(visit, renderProduct(visit, String(req.params.product), variant));
  });
  get('/search', (visit, req) => renderSearch(visit, readText(req.query.q) ?? ''));
}

/** Mounts every page under `/shop/<handle>` and the style sheet `/shop/shop.css`. */
export function registerStorefront(app: App, ctx: SandboxContext): void {
  app.get('/shop/shop.css', (_req, res) => {
    res.type('text/css').set('Cache-Control', 'no-cache').send(readShopCss());
  });
  app.use('/shop', refuseOtherOrigins, formBody, (_req, res, next) => {
    res.set({
      'Content-Security-Policy':
        "default-src 'self'; img-src 'self' data: http: https:; frame-ancestors 'none'; base-uri 'none'",
      'Cache-Control': 'no-store',
    });
    next();
  });
  const doors = openDoors(app, ctx);
  browse(doors);
  openCodes(doors);
  openCart(doors);
  openCheckouts(doors);
  openAccounts(doors);
  doors.get('/*', (visit) => orMissing(visit, undefined));
}
