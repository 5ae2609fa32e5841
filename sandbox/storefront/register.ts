// The storefront a person can use: /shop/<handle>. Mounted by sandbox/main.ts. Everything a visitor does goes through the shop's verbs.
import type { Request, Response } from 'express';
import { refuseOtherOrigins } from '../admin/same-origin';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import { type App, formBody, route } from '../http/router';
import type { CheckoutRecord } from '../shopify/records';
import { birthDateOf, renderAccount, renderSignIn } from './account-pages';
import { renderCollection, renderHome, renderProduct, renderSearch } from './browse-pages';
import { renderCart, renderCheckout, renderThanks } from './cart-pages';
import { readShopCss, renderShopPage } from './layout';
import { createSessions } from './session';
import {
  addToCart,
  birthDateField,
  goToCheckout,
  payCheckout,
  readEmail,
  readText,
  recoverCheckout,
  removeFromCheckout,
  saveContact,
  setInCart,
  signUp,
  subscribe,
} from './shopper';
import type { Visit } from './visit';
import { shopWords } from './words';

type Page = (visit: Visit, req: Request, res: Response) => unknown;

interface Doors {
  get(path: string, page: Page): void;
  post(path: string, page: Page): void;
}

/** Routes below `/shop/<handle>` that are given the visit; a refusal becomes a page. */
function openDoors(app: App, ctx: SandboxContext): Doors {
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
function orMissing(visit: Visit, page: string | undefined): string {
  if (page === undefined) throw new SandboxRefusal(visit.words.notFound, 404);
  return page;
}

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

function cart({ get, post }: Doors): void {
  get('/cart', (visit) => renderCart(visit));
  post('/cart/add', (visit, req, res) => {
    addToCart(visit, String(req.body.id), Number(req.body.quantity ?? 1));
    res.redirect(303, `${visit.root}/cart`);
  });
  post('/cart/change', (visit, req, res) => {
    // The remove button sends its 0 after the number field's own value: the last one counts.
    setInCart(visit, String(req.body.id), Number([req.body.quantity].flat().at(-1)));
    res.redirect(303, `${visit.root}/cart`);
  });
  // Shopify's cart links: /cart/<variant>:<quantity>,… fill the cart and lead to the checkout.
  get('/cart/:lines', (visit, req, res) => {
    const lines = [...String(req.params.lines).matchAll(/(?:^|,)(\d+):(\d+)/g)];
    if (lines.length === 0) throw new SandboxRefusal(visit.words.notFound, 404);
    visit.session.cart.clear();
    for (const [, variant = '', quantity] of lines) addToCart(visit, variant, Number(quantity));
    res.redirect(`${visit.root}/checkouts/${goToCheckout(visit).token}`);
  });
}

function openCheckout(visit: Visit, req: Request): CheckoutRecord {
  const checkout = visit.shop.checkoutByToken(String(req.params.token));
  if (!checkout) throw new SandboxRefusal(visit.words.recoverFailed, 404);
  return checkout;
}

/** Where a checkout stands: itself while open, the order's page once paid. The query stays (utm, ref). */
function checkoutPath(visit: Visit, checkout: CheckoutRecord, req?: Request): string {
  const order = checkout.orderId === null ? undefined : visit.shop.orders.get(checkout.orderId);
  if (order) return `${visit.root}/orders/${order.token}`;
  const query = new URLSearchParams(req ? new URL(req.originalUrl, 'http://local').search : '');
  query.delete('key');
  return `${visit.root}/checkouts/${checkout.token}${query.size > 0 ? `?${query}` : ''}`;
}

function checkout({ get, post }: Doors): void {
  post('/checkout', (visit, _req, res) => res.redirect(303, checkoutPath(visit, goToCheckout(visit))));
  get('/checkouts/:token/recover', (visit, req, res) => {
    const found = recoverCheckout(visit, String(req.params.token), req.query.key);
    if (!found) throw new SandboxRefusal(visit.words.recoverFailed, 404);
    res.redirect(checkoutPath(visit, found, req));
  });
  get('/checkouts/:token', (visit, req, res) => {
    const found = openCheckout(visit, req);
    if (found.completedAt) res.redirect(checkoutPath(visit, found));
    else return renderCheckout(visit, found);
  });
  post('/checkouts/:token', (visit, req, res) => {
    const found = openCheckout(visit, req);
    const email = readEmail(req.body.email);
    if (!email) {
      res.status(422);
      return renderCheckout(visit, found, visit.words.badEmail);
    }
    const text = (name: string) => readText(req.body[name]);
    const address = {
      firstName: text('firstName'),
      lastName: text('lastName'),
      address1: text('address1'),
      zip: text('zip'),
      city: text('city'),
      countryCode: /^[A-Z]{2}$/.test(text('countryCode') ?? '') ? text('countryCode') : undefined,
    };
    saveContact(visit, found, { email, accepts: req.body.accepts === '1', address });
    res.redirect(303, `${checkoutPath(visit, found)}#pay`);
  });
  post('/checkouts/:token/remove', (visit, req, res) => {
    const found = openCheckout(visit, req);
    removeFromCheckout(visit, found, String(req.body.line));
    res.redirect(303, checkoutPath(visit, found));
  });
  post('/checkouts/:token/pay', (visit, req, res) => {
    const found = openCheckout(visit, req);
    if (!found.completedAt) payCheckout(visit, found, req.body.later === '1');
    res.redirect(303, checkoutPath(visit, found));
  });
  get('/orders/:token', (visit, req) => {
    const order = [...visit.shop.orders.values()].find((one) => one.token === req.params.token);
    return orMissing(visit, order && renderThanks(visit, order));
  });
}

function signInDoors({ post }: Doors): void {
  post('/account/sign-in', (visit, req, res) => {
    const email = readEmail(req.body.email);
    const customer = email ? visit.shop.customerByEmail(email) : undefined;
    if (!customer) {
      res.status(422);
      return renderSignIn(visit, email ? visit.words.unknownEmail : visit.words.badEmail);
    }
    visit.session.customerId = customer.id;
    res.redirect(303, `${visit.root}/account`);
  });
  post('/account/sign-up', (visit, req, res) => {
    const email = readEmail(req.body.email);
    const problem = !email ? visit.words.badEmail : visit.shop.customerByEmail(email) ? visit.words.takenEmail : null;
    if (!email || problem) {
      res.status(422);
      return renderSignIn(visit, problem);
    }
    const { firstName, lastName, locale, birthDate, accepts } = req.body as Record<string, unknown>;
    signUp(visit, {
      email,
      firstName: readText(firstName),
      lastName: readText(lastName),
      locale: readText(locale, 5) ?? visit.session.language,
      birthDate: readText(birthDate, 10),
      accepts: accepts === '1',
    });
    res.redirect(303, `${visit.root}/account`);
  });
  post('/account/sign-out', (visit, _req, res) => {
    visit.session.customerId = null;
    res.redirect(303, `${visit.root}/account`);
  });
}

function account(doors: Doors): void {
  const { get, post } = doors;
  const customerOf = (visit: Visit) =>
    visit.session.customerId === null ? undefined : visit.shop.customers.get(visit.session.customerId);
  get('/account', (visit) => {
    const customer = customerOf(visit);
    return customer ? renderAccount(visit, customer) : renderSignIn(visit);
  });
  signInDoors(doors);
  post('/account', (visit, req, res) => {
    const customer = customerOf(visit);
    const birthDate = readText(req.body.birthDate, 10);
    if (customer) {
      const changed = birthDate === birthDateOf(customer) ? undefined : birthDate;
      const locale = readText(req.body.locale, 5);
      visit.ctx.actions.updateCustomer(visit.shop.domain, customer.id, { locale, ...birthDateField(changed) });
    }
    res.redirect(303, `${visit.root}/account`);
  });
  post('/account/consent', (visit, req, res) => {
    const customer = customerOf(visit);
    const state = req.body.state === 'on' ? 'SUBSCRIBED' : 'UNSUBSCRIBED';
    if (customer?.email) visit.ctx.actions.setConsent(visit.shop.domain, customer.id, { state });
    res.redirect(303, `${visit.root}/account`);
  });
  post('/newsletter', (visit, req, res) => {
    const email = readEmail(req.body.email);
    if (email) subscribe(visit, email, readText(req.body.firstName));
    visit.session.notice = email ? visit.words.subscribed : visit.words.badEmail;
    res.redirect(303, visit.root);
  });
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
  cart(doors);
  checkout(doors);
  account(doors);
  doors.get('/*', (visit) => orMissing(visit, undefined));
}
