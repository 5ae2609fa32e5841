// Customer and what hangs on it: consent, money spent, orders.
import { fromMinor, toMinor } from '../../money';
import type { CustomerRecord, OrderRecord } from '../../records';
import type { ShopState } from '../../state';
import { currentTotal } from '../../totals';
import { storefrontUrl } from '../../urls';
import { fullName } from '../../webhooks/payloads/json';
import { connection } from '../connection';
import { canSeeOrder, fields, type GraphqlContext } from '../context';
import { metafieldOwner } from './metafield';
import { moneyV2 } from './money';
import { findOrders, orderKey } from './order-search';

const paid = new Set(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']);

/** Net of refunds, over all orders that were paid; also those too old for the app to see. */
export function amountSpent(shop: ShopState, customer: CustomerRecord): string {
  const { currency } = shop.record;
  const sum = shop
    .ordersOf(customer.id)
    .filter((order) => paid.has(order.financialStatus))
    .reduce((minor, order) => minor + toMinor(currentTotal(order), currency), 0);
  return fromMinor(sum, currency);
}

function visibleOrders(customer: CustomerRecord, ctx: GraphqlContext): OrderRecord[] {
  return ctx.shop.ordersOf(customer.id).filter((order) => canSeeOrder(ctx, order));
}

function preferenceUrl(ctx: GraphqlContext, customer: CustomerRecord, path: string): string {
  return `${storefrontUrl(ctx.state, ctx.shop.record)}/account/${path}?token=${customer.id}`;
}

function consentOf(customer: CustomerRecord) {
  const { state, optInLevel, updatedAt } = customer.consent;
  return { marketingState: state, marketingOptInLevel: optInLevel, consentUpdatedAt: updatedAt, sourceLocation: null };
}

export const customerResolvers = {
  Customer: fields<CustomerRecord>({
    ...metafieldOwner,
    id: (customer) => `gid://shopify/Customer/${customer.id}`,
    legacyResourceId: (customer) => customer.id,
    displayName: (customer) =>
      fullName(customer.firstName, customer.lastName) || (customer.email ?? customer.phone ?? ''),
    defaultEmailAddress: (customer) => (customer.email === null ? null : customer),
    defaultPhoneNumber: (customer) => (customer.phone === null ? null : { phoneNumber: customer.phone }),
    emailMarketingConsent: (customer) => (customer.email === null ? null : consentOf(customer)),
    smsMarketingConsent: () => null,
    defaultAddress: (customer) => customer.addresses[0] ?? null,
    addresses: (customer, args) => customer.addresses.slice(0, typeof args.first === 'number' ? args.first : undefined),
    addressesV2: (customer, args, ctx) => connection(ctx, customer.addresses, args, { id: (address) => address.id }),
    numberOfOrders: (customer, _args, ctx) => String(ctx.shop.ordersOf(customer.id).length),
    amountSpent: (customer, _args, ctx) => moneyV2(amountSpent(ctx.shop, customer), ctx.shop.record.currency),
    lastOrder: (customer, _args, ctx) => visibleOrders(customer, ctx).at(-1) ?? null,
    orders: (customer, args, ctx) =>
      connection(ctx, findOrders(ctx, args, visibleOrders(customer, ctx)), args, orderKey(args)),
    mergeable: () => ({ isMergeable: true, reason: null, errorFields: [], mergeInProgress: null }),
    canDelete: (customer, _args, ctx) => ctx.shop.ordersOf(customer.id).length === 0,
    validEmailAddress: (customer) => customer.email !== null,
    multipassIdentifier: () => null,
    dataSaleOptOut: () => false,
    taxExemptions: () => [],
    companyContactProfiles: () => [],
    productSubscriberStatus: () => 'NEVER_SUBSCRIBED',
    statistics: () => ({ predictedSpendTier: null, rfmGroup: null }),
    lifetimeDuration: (customer, _args, ctx) => since(customer.createdAt, ctx.clock.now()),
    unsubscribeUrl: (customer, _args, ctx) => preferenceUrl(ctx, customer, 'unsubscribe'),
  }),
  CustomerEmailAddress: fields<CustomerRecord>({
    emailAddress: (customer) => customer.email,
    marketingState: (customer) => (customer.consent.state === 'REDACTED' ? 'NOT_SUBSCRIBED' : customer.consent.state),
    marketingOptInLevel: (customer) => customer.consent.optInLevel,
    marketingUpdatedAt: (customer) => customer.consent.updatedAt,
    marketingUnsubscribeUrl: (customer, _args, ctx) => preferenceUrl(ctx, customer, 'unsubscribe'),
    openTrackingLevel: (customer) => customer.openTracking,
    openTrackingUrl: (customer, _args, ctx) => preferenceUrl(ctx, customer, 'open-tracking'),
    sourceLocation: () => null,
    validFormat: (customer) => /^[^@\s]+@[^@\s]+$/.test(customer.email ?? ''),
  }),
};

/** "3 months", in Shopify's rough words. */
function since(iso: string, now: number): string {
  const days = Math.max(1, Math.floor((now - Date.parse(iso)) / 86_400_000));
  if (days < 31) return days === 1 ? '1 day' : `${days} days`;
  const months = Math.floor(days / 30.44);
  if (months < 12) return months === 1 ? 'about 1 month' : `${months} months`;
  const years = Math.floor(months / 12);
  return years === 1 ? 'about 1 year' : `about ${years} years`;
}
