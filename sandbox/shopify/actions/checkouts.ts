// Verbs of a shopper in the checkout: start, give an e-mail, change lines, leave, pay.
import { SandboxRefusal } from '../../http/refusal';
import { normalAmount } from '../money';
import type { CheckoutRecord, CustomerRecord, OrderRecord } from '../records';
import type { ShopState } from '../state';
import { checkoutDeletePayload, checkoutPayload } from '../webhooks/payloads/checkout';
import { checkoutCodeActions } from './checkout-codes';
import { customerActions } from './customers';
import { findBuyer, type LineInput, makeLine, token } from './lines';
import { orderActions } from './orders';
import { type ActionParts, type AddressInput, makeAddress, momentOf, stamp, tell, type When } from './parts';
import { type DiscountInput, makeDiscounts, repriceDiscounts } from './sale-discounts';

export interface CheckoutInput {
  lines: LineInput[];
  email?: string | null | undefined;
  phone?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  customerId?: string | undefined;
  buyerAcceptsMarketing?: boolean | undefined;
  locale?: string | undefined;
  presentmentCurrency?: string | undefined;
  presentmentRate?: number | undefined;
  discountCodes?: DiscountInput[] | undefined;
  shippingAddress?: AddressInput | undefined;
  shippingPrice?: string | number | undefined;
  sourceName?: string | undefined;
  landingSite?: string | null | undefined;
  referringSite?: string | null | undefined;
}

export interface CheckoutChange {
  lines?: LineInput[] | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  locale?: string | undefined;
  buyerAcceptsMarketing?: boolean | undefined;
  discountCodes?: DiscountInput[] | undefined;
  shippingAddress?: AddressInput | undefined;
  shippingPrice?: string | number | undefined;
}

export interface Payment {
  /** PENDING: a bank transfer that has not arrived. */
  financialStatus?: 'PAID' | 'PENDING' | undefined;
  /** Typed in just before paying. */
  discountCode?: string | undefined;
}

export function checkoutActions(parts: ActionParts) {
  const { state } = parts;
  const customers = customerActions(parts);
  const orders = orderActions(parts);
  const { confirmCodes, ...codes } = checkoutCodeActions(parts);

  function startCheckout(domain: string, input: CheckoutInput, when?: When): CheckoutRecord {
    const shop = state.shop(domain);
    const checkout = makeCheckout(parts, shop, input, when);
    checkout.customerId = buyerOf(shop, checkout, input, when)?.id ?? null;
    shop.putCheckout(checkout);
    tell(parts, when, shop)('checkouts/create', () => checkoutPayload(state, shop, checkout));
    return checkout;
  }

  function updateCheckout(domain: string, id: string, change: CheckoutChange, when?: When): CheckoutRecord {
    const shop = state.shop(domain);
    const checkout = openCheckout(shop, id);
    applyChange(parts, shop, checkout, change, momentOf(parts, when));
    if (checkout.customerId === null) checkout.customerId = buyerOf(shop, checkout, change, when)?.id ?? null;
    checkout.updatedAt = stamp(parts, when);
    shop.touch();
    tell(parts, when, shop)('checkouts/update', () => checkoutPayload(state, shop, checkout));
    return checkout;
  }

  function deleteCheckout(domain: string, id: string, when?: When): void {
    const shop = state.shop(domain);
    const checkout = shop.checkout(id);
    shop.checkouts.delete(id);
    shop.checkoutIdByToken.delete(checkout.token);
    shop.touch();
    tell(parts, when, shop)('checkouts/delete', () => checkoutDeletePayload(checkout));
  }

  /** The shopper pays: the checkout is completed and becomes an order. Consent asked for in the checkout is given now. */
  function payCheckout(domain: string, id: string, payment: Payment = {}, when?: When): OrderRecord {
    const shop = state.shop(domain);
    const checkout = openCheckout(shop, id);
    if (checkout.lines.length === 0) throw new SandboxRefusal('An empty checkout cannot be paid.');
    const { discountCode, ...how } = payment;
    if (discountCode !== undefined) codes.applyDiscountCode(domain, id, discountCode, when);
    confirmCodes(shop, checkout, when);
    const at = stamp(parts, when);
    const order = orders.orderFromCheckout(shop, checkout, { ...how, at });
    Object.assign(checkout, { completedAt: at, updatedAt: at, orderId: order.id, customerId: order.customerId });
    shop.touch();
    tell(parts, when, shop)('checkouts/update', () => checkoutPayload(state, shop, checkout));
    orders.announceOrder(shop, order, when);
    giveConsent(shop, checkout, when);
    return order;
  }

  /** Contact details typed into a checkout make a customer, as they do at Shopify. */
  function buyerOf(
    shop: ShopState,
    checkout: CheckoutRecord,
    input: CheckoutChange & { customerId?: string | undefined },
    when?: When,
  ) {
    const known = findBuyer(shop, input.customerId, checkout.email);
    if (known || !checkout.email) return known;
    const { firstName, lastName } = input;
    const about = { email: checkout.email, firstName, lastName, locale: checkout.customerLocale, verifiedEmail: false };
    return customers.createCustomer(shop.domain, about, when);
  }

  function giveConsent(shop: ShopState, checkout: CheckoutRecord, when: When | undefined): void {
    const customer: CustomerRecord | undefined = checkout.customerId
      ? shop.customers.get(checkout.customerId)
      : undefined;
    if (!checkout.buyerAcceptsMarketing || !customer?.email || customer.consent.state === 'SUBSCRIBED') return;
    customers.setConsent(shop.domain, customer.id, { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' }, when);
  }

  return { startCheckout, updateCheckout, deleteCheckout, payCheckout, ...codes };
}

function openCheckout(shop: ShopState, id: string): CheckoutRecord {
  const checkout = shop.checkout(id);
  if (checkout.completedAt) throw new SandboxRefusal('This checkout is completed.', 409);
  return checkout;
}

/** All or, when a code is refused, nothing. */
function applyChange(
  parts: ActionParts,
  shop: ShopState,
  checkout: CheckoutRecord,
  change: CheckoutChange,
  now: number,
): void {
  const draft = { ...checkout };
  if (change.lines) draft.lines = change.lines.map((line) => makeLine(parts, shop, line));
  if (change.email !== undefined) draft.email = change.email;
  if (change.phone !== undefined) draft.phone = change.phone;
  if (change.locale !== undefined) draft.customerLocale = change.locale;
  if (change.buyerAcceptsMarketing !== undefined) draft.buyerAcceptsMarketing = change.buyerAcceptsMarketing;
  if (change.shippingPrice !== undefined) draft.shippingPrice = normalAmount(change.shippingPrice, draft.currency);
  if (change.shippingAddress) {
    draft.shippingAddress = makeAddress(parts, change.shippingAddress, shop.record.address.countryCode);
    draft.billingAddress = draft.shippingAddress;
  }
  const customerId = draft.customerId ?? findBuyer(shop, undefined, draft.email)?.id ?? null;
  const priced = { ...draft, customerId };
  if (change.discountCodes) Object.assign(priced, makeDiscounts(shop, priced, change.discountCodes, now));
  else repriceDiscounts(shop, priced, now);
  const { discountCodes, totalDiscounts } = priced;
  Object.assign(checkout, draft, { discountCodes, totalDiscounts });
}

function makeCheckout(parts: ActionParts, shop: ShopState, input: CheckoutInput, when?: When): CheckoutRecord {
  const at = stamp(parts, when);
  const id = parts.state.nextId('checkout');
  const { currency, locale, address: shopAddress } = shop.record;
  const known = findBuyer(shop, input.customerId, input.email);
  const shipping = input.shippingAddress ? makeAddress(parts, input.shippingAddress, shopAddress.countryCode) : null;
  const sale = {
    currency,
    lines: input.lines.map((line) => makeLine(parts, shop, line)),
    shippingPrice: normalAmount(input.shippingPrice ?? 0, currency),
    shippingAddress: shipping,
    email: input.email ?? known?.email ?? null,
  };
  return {
    ...sale,
    ...makeDiscounts(shop, { ...sale, customerId: known?.id ?? null }, input.discountCodes, momentOf(parts, when)),
    id,
    token: token(),
    cartToken: token(),
    recoveryKey: token(),
    name: `#${id}`,
    phone: input.phone ?? null,
    customerId: null,
    buyerAcceptsMarketing: input.buyerAcceptsMarketing ?? false,
    customerLocale: input.locale ?? known?.locale ?? locale,
    totalTax: normalAmount(0, currency),
    taxesIncluded: shop.record.taxesIncluded,
    billingAddress: shipping,
    note: null,
    sourceName: input.sourceName ?? 'web',
    landingSite: input.landingSite ?? null,
    referringSite: input.referringSite ?? null,
    orderId: null,
    presentmentCurrency: input.presentmentCurrency ?? currency,
    presentmentRate: input.presentmentRate ?? 1,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
  };
}
