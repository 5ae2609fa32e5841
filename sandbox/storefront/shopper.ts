// What a shopper does in the storefront, carried out by the shop's verbs: carts become checkouts, addresses become customers.
import { SandboxRefusal } from '../http/refusal';
import type { AddressInput, LineInput } from '../shopify/actions';
import type { CheckoutRecord, CustomerRecord, LineRecord, OrderRecord } from '../shopify/records';
import { carryCode, tellingLostCodes } from './codes';
import { cartLines, isForSale, rateOf, shippingFor, type Visit } from './visit';

const MOST_OF_ONE = 20;

/** Looks like an address; Shopify's own check is no stricter here. */
export function readEmail(value: unknown): string | null {
  const email = typeof value === 'string' ? value.trim() : '';
  return email.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email) ? email : null;
}

/** A form field without blanks around it; empty counts as absent. */
export function readText(value: unknown, most = 200): string | undefined {
  const text = typeof value === 'string' ? value.trim().slice(0, most) : '';
  return text === '' ? undefined : text;
}

export function addToCart(visit: Visit, variantId: string, quantity: number): void {
  const variant = visit.shop.variant(variantId);
  if (!isForSale(variant)) throw new SandboxRefusal(visit.words.soldOut, 409);
  const { cart } = visit.session;
  setInCart(visit, variantId, (cart.get(variantId) ?? 0) + quantity);
}

/** 0 takes it out. */
export function setInCart({ session }: Visit, variantId: string, quantity: number): void {
  const count = Math.min(MOST_OF_ONE, Math.max(0, Math.trunc(quantity) || 0));
  if (count === 0) session.cart.delete(variantId);
  else session.cart.set(variantId, count);
}

function openCheckoutOf({ shop, session }: Visit): CheckoutRecord | undefined {
  const checkout = session.checkoutToken === null ? undefined : shop.checkoutByToken(session.checkoutToken);
  return checkout && !checkout.completedAt ? checkout : undefined;
}

/** Goes to the checkout with the cart: a new one, or the one begun before, brought up to date. */
export function goToCheckout(visit: Visit): CheckoutRecord {
  const { ctx, shop, session } = visit;
  const inCart = cartLines(visit);
  if (inCart.length === 0) throw new SandboxRefusal(visit.words.cartEmpty, 409);
  const lines: LineInput[] = inCart.map(({ variant, quantity }) => ({ variantId: variant.id, quantity }));
  const prices = inCart.map(({ variant, quantity }) => ({ price: variant.price, quantity }));
  const shippingPrice = shippingFor(prices, shop.record.currency);
  const open = openCheckoutOf(visit);
  if (open) {
    tellingLostCodes(visit, open, () => ctx.actions.updateCheckout(shop.domain, open.id, { lines, shippingPrice }));
    carryCode(visit, open);
    return open;
  }
  const customer = session.customerId === null ? undefined : shop.customers.get(session.customerId);
  const checkout = ctx.actions.startCheckout(shop.domain, {
    lines,
    shippingPrice,
    email: customer?.email ?? null,
    customerId: customer?.id,
    locale: session.language,
    presentmentCurrency: session.currency,
    presentmentRate: rateOf(visit),
    landingSite: session.landingSite,
    referringSite: session.referringSite,
  });
  session.checkoutToken = checkout.token;
  carryCode(visit, checkout);
  return checkout;
}

export interface ContactForm {
  email: string;
  accepts: boolean;
  address: AddressInput;
}

/** The shopper fills the contact form in; an address only when there is a street. */
export function saveContact(visit: Visit, checkout: CheckoutRecord, form: ContactForm): CheckoutRecord {
  const { firstName, lastName, address1 } = form.address;
  const change = {
    email: form.email,
    firstName,
    lastName,
    buyerAcceptsMarketing: form.accepts,
    ...(address1 ? { shippingAddress: form.address } : {}),
  };
  const { actions } = visit.ctx;
  return tellingLostCodes(visit, checkout, () => actions.updateCheckout(visit.shop.domain, checkout.id, change));
}

function asInput(line: LineRecord): LineInput {
  const { variantId, quantity, title, price } = line;
  return variantId === null ? { title, price, quantity } : { variantId, quantity };
}

export function removeFromCheckout(visit: Visit, checkout: CheckoutRecord, lineId: string): void {
  const { ctx, shop, session } = visit;
  const removed = checkout.lines.find((line) => line.id === lineId);
  if (!removed) return;
  const rest = checkout.lines.filter((line) => line !== removed);
  const shippingPrice = shippingFor(rest, shop.record.currency);
  const change = { lines: rest.map(asInput), shippingPrice };
  tellingLostCodes(visit, checkout, () => ctx.actions.updateCheckout(shop.domain, checkout.id, change));
  if (removed.variantId !== null) session.cart.delete(removed.variantId);
}

/** Reopens a checkout from the link in an e-mail: the cart is as it was then. Undefined when the key is wrong. */
export function recoverCheckout({ shop, session }: Visit, token: string, key: unknown): CheckoutRecord | undefined {
  const checkout = shop.checkoutByToken(token);
  if (!checkout || key !== checkout.recoveryKey) return undefined;
  if (checkout.completedAt) return checkout;
  session.checkoutToken = checkout.token;
  session.cart = new Map(
    checkout.lines.flatMap((line) => (line.variantId === null ? [] : [[line.variantId, line.quantity] as const])),
  );
  session.currency = checkout.presentmentCurrency;
  return checkout;
}

export function payCheckout(visit: Visit, checkout: CheckoutRecord, later: boolean): OrderRecord {
  const { ctx, shop, session } = visit;
  const order = ctx.actions.payCheckout(shop.domain, checkout.id, { financialStatus: later ? 'PENDING' : 'PAID' });
  session.cart.clear();
  session.checkoutToken = null;
  session.discountCode = null;
  return order;
}

/** The newsletter form: a new customer with consent, or consent for one the shop knows. */
export function subscribe(visit: Visit, email: string, firstName: string | undefined): CustomerRecord {
  const { ctx, shop, session } = visit;
  const consent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } as const;
  const known = shop.customerByEmail(email);
  if (!known) {
    return ctx.actions.createCustomer(shop.domain, {
      email,
      firstName,
      locale: session.language,
      consent,
      tags: ['newsletter'],
    });
  }
  return known.consent.state === 'SUBSCRIBED' ? known : ctx.actions.setConsent(shop.domain, known.id, consent);
}

export interface SignUpForm {
  email: string;
  firstName: string | undefined;
  lastName: string | undefined;
  locale: string;
  birthDate: string | undefined;
  accepts: boolean;
}

export function birthDateField(birthDate: string | undefined) {
  if (birthDate === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || Number.isNaN(Date.parse(birthDate)))
    return {};
  return { metafields: [{ namespace: 'facts', key: 'birth_date', type: 'date', value: birthDate }] };
}

export function signUp(visit: Visit, form: SignUpForm): CustomerRecord {
  const { email, firstName, lastName, locale, birthDate, accepts } = form;
  const customer = visit.ctx.actions.createCustomer(visit.shop.domain, {
    email,
    firstName,
    lastName,
    locale,
    state: 'ENABLED',
    ...birthDateField(birthDate),
    ...(accepts ? { consent: { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } } : {}),
  });
  visit.session.customerId = customer.id;
  return customer;
}
