// How the shopper came to an order: one visit, known by the page they landed on. Part of the order resolvers.
import type { OrderRecord } from '../../records';
import { storefrontUrl } from '../../urls';
import { fields, type GraphqlContext } from '../context';

/** The visit is the order itself, when it tells a landing page or a referrer. */
function visitOf(order: OrderRecord): OrderRecord | null {
  return order.landingSite === null && order.referringSite === null ? null : order;
}

/** Webhooks tell a path, the Admin API an address. */
export function landingPage(order: OrderRecord, ctx: GraphqlContext): string | null {
  if (order.landingSite === null) return null;
  if (URL.canParse(order.landingSite)) return order.landingSite;
  return `${storefrontUrl(ctx.state, ctx.shop.record)}/${order.landingSite.replace(/^\/+/, '')}`;
}

function utmOf(order: OrderRecord, ctx: GraphqlContext) {
  const page = landingPage(order, ctx);
  const params = page === null ? null : new URL(page).searchParams;
  if (!params?.has('utm_source')) return null;
  const [source, medium, campaign, content, term] = ['source', 'medium', 'campaign', 'content', 'term'].map((name) =>
    params.get(`utm_${name}`),
  );
  return { source, medium, campaign, content, term };
}

function sourceOf(order: OrderRecord): string {
  return order.referringSite === null ? 'direct' : (URL.parse(order.referringSite)?.hostname ?? 'unknown');
}

export const journeyResolvers = {
  CustomerJourneySummary: fields<OrderRecord>({
    ready: () => true,
    firstVisit: visitOf,
    lastVisit: visitOf,
    momentsCount: (order) => ({ count: visitOf(order) ? 1 : 0, precision: 'EXACT' }),
    daysToConversion: (order) => (visitOf(order) ? 0 : null),
    customerOrderIndex: (order, _args, ctx) =>
      order.customerId === null ? null : ctx.shop.ordersOf(order.customerId).indexOf(order),
  }),
  CustomerVisit: fields<OrderRecord>({
    id: (order) => `gid://shopify/CustomerVisit/${order.id}`,
    landingPage: (order, _args, ctx) => landingPage(order, ctx),
    referrerUrl: (order) => order.referringSite,
    occurredAt: (order) => order.processedAt,
    source: sourceOf,
    sourceType: () => null,
    sourceDescription: (order) => sourceOf(order),
    referralCode: () => null,
    marketingEvent: () => null,
    utmParameters: (order, _args, ctx) => utmOf(order, ctx),
  }),
};
