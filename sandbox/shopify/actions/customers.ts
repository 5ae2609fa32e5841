// Verbs on customers: create, change, consent, delete, merge. Each changes the shop and sends the webhooks Shopify would send.
import { SandboxRefusal } from '../../http/refusal';
import { compareIds } from '../ids';
import type { ConsentRecord, CustomerRecord, MarketingState, OptInLevel } from '../records';
import type { ShopState } from '../state';
import {
  consentPayload,
  customerDeletePayload,
  customerMergePayload,
  customerPayload,
} from '../webhooks/payloads/customer';
import { type MetafieldInput, writeMetafield } from './metafields';
import { type ActionParts, type AddressInput, definedOnly, makeAddress, stamp, tell, type When } from './parts';

export interface ConsentInput {
  state: MarketingState;
  optInLevel?: OptInLevel | null | undefined;
  updatedAt?: string | undefined;
}

export interface CustomerInput {
  email?: string | null | undefined;
  phone?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  locale?: string | undefined;
  note?: string | null | undefined;
  tags?: string[] | undefined;
  state?: CustomerRecord['state'] | undefined;
  verifiedEmail?: boolean | undefined;
  openTracking?: CustomerRecord['openTracking'] | undefined;
  address?: AddressInput | undefined;
  metafields?: MetafieldInput[] | undefined;
}

export function customerActions(parts: ActionParts) {
  const { state } = parts;

  function createCustomer(domain: string, input: CustomerInput & { consent?: ConsentInput | undefined }, when?: When) {
    const shop = state.shop(domain);
    refuseTakenEmail(shop, input.email, undefined);
    const at = stamp(parts, when);
    const customer = makeCustomer(parts, shop, input, at);
    if (input.consent) customer.consent = makeConsent(input.consent, at);
    shop.putCustomer(customer);
    const say = tell(parts, when, shop);
    say('customers/create', () => customerPayload(shop, customer));
    if (customer.consent.state !== 'NOT_SUBSCRIBED') sayConsent(shop, customer, when);
    return customer;
  }

  function updateCustomer(domain: string, id: string, change: CustomerInput, when?: When) {
    const shop = state.shop(domain);
    const customer = shop.customer(id);
    refuseTakenEmail(shop, change.email, id);
    const at = stamp(parts, when);
    const formerEmail = customer.email;
    const { metafields = [], address, ...rest } = change;
    Object.assign(customer, definedOnly(rest), { updatedAt: at });
    if (address) customer.addresses[0] = makeAddress(parts, address, shop.record.address.countryCode);
    for (const field of metafields) writeMetafield(parts, customer.metafields, field, at);
    shop.putCustomer(customer, formerEmail);
    tell(parts, when, shop)('customers/update', () => customerPayload(shop, customer));
    return customer;
  }

  /** Who set it does not matter to Shopify: a form, the merchant, the app's mutation. */
  function setConsent(domain: string, id: string, consent: ConsentInput, when?: When) {
    const shop = state.shop(domain);
    const customer = shop.customer(id);
    if (!customer.email) throw new SandboxRefusal('A customer without an e-mail address has no e-mail consent.');
    const at = stamp(parts, when);
    customer.consent = makeConsent(consent, at);
    customer.updatedAt = at;
    shop.touch();
    sayConsent(shop, customer, when);
    tell(parts, when, shop)('customers/update', () => customerPayload(shop, customer));
    return customer;
  }

  function sayConsent(shop: ShopState, customer: CustomerRecord, when: When | undefined): void {
    if (customer.email === null) return;
    tell(parts, when, shop)('customers_email_marketing_consent/update', () => consentPayload(shop, customer));
  }

  /** Shopify keeps customers who have orders. */
  function deleteCustomer(domain: string, id: string, when?: When): void {
    const shop = state.shop(domain);
    const customer = shop.customer(id);
    if (shop.ordersOf(id).length > 0) throw new SandboxRefusal('A customer with orders cannot be deleted.');
    shop.dropCustomer(customer);
    for (const checkout of shop.checkouts.values()) if (checkout.customerId === id) checkout.customerId = null;
    tell(parts, when, shop)('customers/delete', () => customerDeletePayload(customer));
  }

  /** Moves everything of `mergedId` to `keptId`. */
  function mergeCustomers(domain: string, keptId: string, mergedId: string, when?: When) {
    const shop = state.shop(domain);
    if (keptId === mergedId) throw new SandboxRefusal('A customer cannot be merged with itself.');
    const kept = shop.customer(keptId);
    const merged = shop.customer(mergedId);
    moveBelongings(shop, merged, kept);
    shop.dropCustomer(merged);
    kept.updatedAt = stamp(parts, when);
    shop.putCustomer(kept);
    const say = tell(parts, when, shop);
    say('customers/merge', () => customerMergePayload(kept.id, merged.id));
    say('customers/update', () => customerPayload(shop, kept));
    return kept;
  }

  return { createCustomer, updateCustomer, setConsent, deleteCustomer, mergeCustomers };
}

function moveBelongings(shop: ShopState, from: CustomerRecord, to: CustomerRecord): void {
  for (const order of shop.ordersOf(from.id)) {
    order.customerId = to.id;
    shop.indexOrder(order.id, to.id);
  }
  shop.orderIdsByCustomer.get(to.id)?.sort(compareIds);
  shop.orderIdsByCustomer.delete(from.id);
  for (const checkout of shop.checkouts.values()) if (checkout.customerId === from.id) checkout.customerId = to.id;
  to.tags = [...new Set([...to.tags, ...from.tags])];
  to.addresses.push(...from.addresses);
  if (to.email === null && from.email !== null) {
    to.email = from.email;
    to.consent = from.consent;
  }
}

function refuseTakenEmail(shop: ShopState, email: string | null | undefined, ownId: string | undefined): void {
  if (!email) return;
  const holder = shop.customerByEmail(email);
  if (holder && holder.id !== ownId) throw new SandboxRefusal('Email has already been taken', 409);
}

function makeConsent(input: ConsentInput, at: string): ConsentRecord {
  const level = input.state === 'NOT_SUBSCRIBED' ? null : (input.optInLevel ?? 'SINGLE_OPT_IN');
  const updatedAt = input.state === 'NOT_SUBSCRIBED' ? null : (input.updatedAt ?? at);
  return { state: input.state, optInLevel: input.optInLevel ?? level, updatedAt };
}

function makeCustomer(parts: ActionParts, shop: ShopState, input: CustomerInput, at: string): CustomerRecord {
  const customer: CustomerRecord = {
    id: parts.state.nextId('customer'),
    email: input.email ?? null,
    phone: input.phone ?? null,
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    locale: input.locale ?? shop.record.locale,
    note: input.note ?? null,
    tags: [...(input.tags ?? [])],
    state: input.state ?? 'DISABLED',
    verifiedEmail: input.verifiedEmail ?? true,
    taxExempt: false,
    consent: { state: 'NOT_SUBSCRIBED', optInLevel: null, updatedAt: null },
    openTracking: input.openTracking ?? 'UNKNOWN',
    addresses: [],
    metafields: [],
    createdAt: at,
    updatedAt: at,
  };
  if (input.address) {
    const names = { firstName: customer.firstName, lastName: customer.lastName };
    customer.addresses.push(makeAddress(parts, { ...names, ...input.address }, shop.record.address.countryCode));
  }
  for (const field of input.metafields ?? []) writeMetafield(parts, customer.metafields, field, at);
  return customer;
}
