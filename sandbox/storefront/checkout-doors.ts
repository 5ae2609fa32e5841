// Routes of the cart and the checkout, recovery links and cart links included.
import type { Request } from 'express';
import { SandboxRefusal } from '../http/refusal';
import { CodeRefusal } from '../shopify/discounts/refusal';
import type { CheckoutRecord } from '../shopify/records';
import { renderCart, renderCheckout, renderThanks } from './cart-pages';
import { bringCode, problemText } from './codes';
import { type Doors, orMissing } from './doors';
import {
  addToCart,
  goToCheckout,
  payCheckout,
  readEmail,
  readText,
  recoverCheckout,
  removeFromCheckout,
  saveContact,
  setInCart,
} from './shopper';
import type { Visit } from './visit';

export function openCart({ get, post }: Doors): void {
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
    bringCode(visit, req.query.discount);
    for (const [, variant = '', quantity] of lines) addToCart(visit, variant, Number(quantity));
    res.redirect(`${visit.root}/checkouts/${goToCheckout(visit).token}`);
  });
}

export function openCheckoutOf(visit: Visit, req: Request): CheckoutRecord {
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
  query.delete('discount');
  return `${visit.root}/checkouts/${checkout.token}${query.size > 0 ? `?${query}` : ''}`;
}

export function openCheckouts({ get, post }: Doors): void {
  post('/checkout', (visit, _req, res) => res.redirect(303, checkoutPath(visit, goToCheckout(visit))));
  get('/checkouts/:token/recover', (visit, req, res) => {
    const found = recoverCheckout(visit, String(req.params.token), req.query.key);
    if (!found) throw new SandboxRefusal(visit.words.recoverFailed, 404);
    if (!found.completedAt) bringCode(visit, req.query.discount);
    res.redirect(checkoutPath(visit, found, req));
  });
  get('/checkouts/:token', (visit, req, res) => {
    const found = openCheckoutOf(visit, req);
    if (found.completedAt) res.redirect(checkoutPath(visit, found));
    else return renderCheckout(visit, found);
  });
  post('/checkouts/:token', (visit, req, res) => {
    const found = openCheckoutOf(visit, req);
    const email = readEmail(req.body.email);
    if (!email) {
      res.status(422);
      return renderCheckout(visit, found, { contact: visit.words.badEmail });
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
    const found = openCheckoutOf(visit, req);
    removeFromCheckout(visit, found, String(req.body.line));
    res.redirect(303, checkoutPath(visit, found));
  });
  post('/checkouts/:token/pay', (visit, req, res) => {
    const found = openCheckoutOf(visit, req);
    try {
      if (!found.completedAt) payCheckout(visit, found, req.body.later === '1');
    } catch (error) {
      if (!(error instanceof CodeRefusal)) throw error;
      res.status(409);
      return renderCheckout(visit, found, { code: problemText(visit, error.code, error.problem) });
    }
    res.redirect(303, checkoutPath(visit, found));
  });
  get('/orders/:token', (visit, req) => {
    const order = [...visit.shop.orders.values()].find((one) => one.token === req.params.token);
    return orMissing(visit, order && renderThanks(visit, order));
  });
}
