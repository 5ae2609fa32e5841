// Routes of discount codes: the field in the cart and in the checkout, and Shopify's /discount/CODE links.
import { renderCart, renderCheckout } from './cart-pages';
import { openCheckoutOf } from './checkout-doors';
import { codeWords } from './code-words';
import { bringCode, typeInCart, typeInCheckout } from './codes';
import type { Doors } from './doors';
import { readText } from './shopper';

/** Only a path of this shop; anything else leads home. */
function inShop(root: string, target: unknown): string {
  const isPath = typeof target === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(target);
  if (!isPath) return root;
  return target === root || target.startsWith(`${root}/`) ? target : `${root}${target === '/' ? '' : target}`;
}

export function openCodes({ get, post }: Doors): void {
  get('/discount/:code', (visit, req, res) => {
    bringCode(visit, req.params.code);
    const { searchParams } = new URL(req.originalUrl, 'http://local');
    const target = inShop(visit.root, searchParams.get('redirect') ?? '/');
    searchParams.delete('redirect');
    const rest = searchParams.size > 0 ? `${target.includes('?') ? '&' : '?'}${searchParams}` : '';
    res.redirect(`${target}${rest}`);
  });
  post('/cart/discount', (visit, req, res) => {
    const code = readText(req.body.code, 255);
    const problem = code === undefined ? codeWords(visit.session.language).empty : typeInCart(visit, code);
    if (problem === null) return res.redirect(303, `${visit.root}/cart`);
    res.status(422);
    return renderCart(visit, problem);
  });
  post('/cart/discount/remove', (visit, _req, res) => {
    visit.session.discountCode = null;
    res.redirect(303, `${visit.root}/cart`);
  });
  post('/checkouts/:token/discount', (visit, req, res) => {
    const checkout = openCheckoutOf(visit, req);
    const code = readText(req.body.code, 255);
    const problem =
      code === undefined ? codeWords(visit.session.language).empty : typeInCheckout(visit, checkout, code);
    if (problem === null) return res.redirect(303, `${visit.root}/checkouts/${checkout.token}`);
    res.status(422);
    return renderCheckout(visit, checkout, { code: problem });
  });
  post('/checkouts/:token/discount/remove', (visit, req, res) => {
    const checkout = openCheckoutOf(visit, req);
    visit.session.discountCode = null;
    visit.ctx.actions.removeDiscountCode(visit.shop.domain, checkout.id, readText(req.body.code, 255) ?? '');
    res.redirect(303, `${visit.root}/checkouts/${checkout.token}`);
  });
}
