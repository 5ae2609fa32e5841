// What a visitor does with discount codes: typed, brought by a link, kept until the checkout. Used by the cart and checkout routes and pages.
import { type Basket, basketOf } from '../shopify/discounts/basket';
import { checkCode } from '../shopify/discounts/check';
import { type PricedCodes, priceCodes } from '../shopify/discounts/price';
import { type CodeProblem, CodeRefusal } from '../shopify/discounts/refusal';
import type { CheckoutRecord } from '../shopify/records';
import { codeWords } from './code-words';
import { cartLines, priceText, shippingFor, type Visit } from './visit';
import { fill } from './words';

export function problemText(visit: Visit, code: string, problem: CodeProblem): string {
  const amount = problem.reason === 'minimum-subtotal' ? priceText(visit, problem.amount) : '';
  const count = problem.reason === 'minimum-quantity' ? problem.count : '';
  return fill(codeWords(visit.session.language)[problem.reason], { code, amount, count });
}

function cartBasket(visit: Visit): Basket {
  const { shop, session } = visit;
  const { currency } = shop.record;
  const customer = session.customerId === null ? undefined : shop.customers.get(session.customerId);
  const lines = cartLines(visit).map(({ variant, product, quantity }) => {
    return { productId: product.id, variantId: variant.id, price: variant.price, quantity };
  });
  const shippingPrice = shippingFor(lines, currency);
  const email = customer?.email ?? null;
  return { currency, lines, shippingPrice, countryCode: null, customerId: customer?.id ?? null, email };
}

/** What the visitor's code does to the cart; null without a code. */
export function cartDiscount(visit: Visit): PricedCodes | null {
  const { discountCode } = visit.session;
  if (discountCode === null) return null;
  return priceCodes(visit.shop, cartBasket(visit), [discountCode], visit.ctx.clock.now());
}

/** Types a code in the cart; answers what is wrong with it. */
export function typeInCart(visit: Visit, code: string): string | null {
  const problem = checkCode(visit.shop, cartBasket(visit), code, visit.ctx.clock.now());
  if ('reason' in problem) return problemText(visit, code, problem);
  visit.session.discountCode = code;
  return null;
}

/** Types a code in the checkout; answers what is wrong with it. */
export function typeInCheckout(visit: Visit, checkout: CheckoutRecord, code: string): string | null {
  try {
    visit.ctx.actions.applyDiscountCode(visit.shop.domain, checkout.id, code);
    return null;
  } catch (error) {
    if (error instanceof CodeRefusal) return problemText(visit, code, error.problem);
    throw error;
  }
}

/** A link brought a code: it is kept for the cart, and put into the checkout the visitor has open. */
export function bringCode(visit: Visit, value: unknown): void {
  const code = typeof value === 'string' ? value.trim().slice(0, 255) : '';
  if (code === '') return;
  const { session, shop } = visit;
  session.discountCode = code;
  const checkout = session.checkoutToken === null ? undefined : shop.checkoutByToken(session.checkoutToken);
  const isOpen = checkout !== undefined && !checkout.completedAt;
  session.notice = isOpen ? typeInCheckout(visit, checkout, code) : foretold(visit, code);
}

/** What depends on the cart is not held against the code yet. */
function foretold(visit: Visit, code: string): string {
  const found = checkCode(visit.shop, cartBasket(visit), code, visit.ctx.clock.now());
  const isFinal = 'reason' in found && finalReasons.has(found.reason);
  return isFinal ? problemText(visit, code, found) : fill(codeWords(visit.session.language).noted, { code });
}

const finalReasons = new Set<CodeProblem['reason']>(['unknown', 'not-yet', 'ended', 'used-up', 'used-by-you']);

/** The code kept in the cart comes along into the checkout; one that will not do is told once and forgotten. */
export function carryCode(visit: Visit, checkout: CheckoutRecord): void {
  const { session } = visit;
  const code = session.discountCode;
  if (code === null || checkout.discountCodes.some((use) => use.code.toUpperCase() === code.toUpperCase())) return;
  session.notice = typeInCheckout(visit, checkout, code);
  if (session.notice !== null) session.discountCode = null;
}

/** Changes the checkout and tells which codes it lost by that, and why. */
export function tellingLostCodes<T>(visit: Visit, checkout: CheckoutRecord, change: () => T): T {
  const before = checkout.discountCodes.map(({ code }) => code);
  const result = change();
  const lost = before.filter((code) => !checkout.discountCodes.some((use) => use.code === code));
  const told = lost.flatMap((code) => {
    const found = checkCode(visit.shop, basketOf(checkout), code, visit.ctx.clock.now());
    return 'reason' in found ? [problemText(visit, code, found)] : [];
  });
  if (told.length > 0) visit.session.notice = told.join(' ');
  return result;
}
