// Order, its lines, refunds and fulfillments.
import { takenOffShipping } from '../../discounts/spread';
import { fromMinor, normalAmount, toMinor } from '../../money';
import type { FulfillmentRecord, LineRecord, OrderRecord, RefundRecord } from '../../records';
import { currentTotal, refunded, totalsOf } from '../../totals';
import { pictureUrl, storefrontUrl } from '../../urls';
import { connection } from '../connection';
import { fields, type GraphqlContext } from '../context';
import { discountApplications, lineAfterCodes, lineShares } from '../discounts/use-types';
import { journeyResolvers, landingPage } from './journey';
import { metafieldOwner } from './metafield';
import { moneyBag, moneyV2, times } from './money';

/** A line keeps its order, for the two currencies. */
export interface OrderLine {
  order: OrderRecord;
  line: LineRecord;
}

const zero = (order: OrderRecord) => moneyBag(normalAmount(0, order.currency), order);
const shipping = (order: OrderRecord) => moneyBag(order.shippingPrice, order);
const shippingToPay = (order: OrderRecord) => {
  const minor = toMinor(order.shippingPrice, order.currency) - toMinor(takenOffShipping(order), order.currency);
  return moneyBag(fromMinor(Math.max(0, minor), order.currency), order);
};
const current = (order: OrderRecord) => totalsOf(order, (line) => line.currentQuantity);
const linesOf = (order: OrderRecord): OrderLine[] => order.lines.map((line) => ({ order, line }));
const first = <T>(list: T[], args: Record<string, unknown>): T[] =>
  typeof args.first === 'number' ? list.slice(0, args.first) : list;

export const orderResolvers = {
  Order: fields<OrderRecord>({
    ...metafieldOwner,
    id: (order) => `gid://shopify/Order/${order.id}`,
    legacyResourceId: (order) => order.id,
    customer: (order, _args, ctx) =>
      order.customerId === null ? null : (ctx.shop.customers.get(order.customerId) ?? null),
    customerAcceptsMarketing: (order) => order.buyerAcceptsMarketing,
    currencyCode: (order) => order.currency,
    presentmentCurrencyCode: (order) => order.presentmentCurrency,
    displayFinancialStatus: (order) => order.financialStatus,
    displayFulfillmentStatus: (order) => order.fulfillmentStatus,
    cancelReason: (order) => (order.cancelReason === null ? null : order.cancelReason.toUpperCase()),
    closed: (order) => order.closedAt !== null,
    confirmed: () => true,
    confirmationNumber: (order) => order.token.slice(0, 9).toUpperCase(),
    edited: () => false,
    fullyPaid: (order) => order.financialStatus !== 'PENDING' && order.financialStatus !== 'VOIDED',
    unpaid: (order) => order.financialStatus === 'PENDING',
    fulfillable: (order) => order.fulfillmentStatus !== 'FULFILLED' && order.cancelledAt === null,
    requiresShipping: (order) => order.lines.some((line) => line.requiresShipping),
    taxExempt: () => false,
    taxLines: () => [],
    customAttributes: () => [],
    discountCode: (order) => order.discountCodes[0]?.code ?? null,
    discountCodes: (order) => order.discountCodes.map(({ code }) => code),
    discountApplications,
    statusPageUrl: (order, _args, ctx) => `${storefrontUrl(ctx.state, ctx.shop.record)}/orders/${order.token}`,
    paymentGatewayNames: () => ['bogus'],
    displayAddress: (order) => order.shippingAddress,
    subtotalLineItemsQuantity: (order) => order.lines.reduce((sum, line) => sum + line.quantity, 0),
    currentSubtotalLineItemsQuantity: (order) => order.lines.reduce((sum, line) => sum + line.currentQuantity, 0),
    lineItems: (order, args, ctx) => connection(ctx, linesOf(order), args, { id: ({ line }) => line.id }),
    refunds: (order, args) =>
      first(
        order.refunds.map((refund) => ({ order, refund })),
        args,
      ),
    fulfillments: (order, args) =>
      first(
        order.fulfillments.map((parcel) => ({ order, parcel })),
        args,
      ),
    fulfillmentsCount: (order) => ({ count: order.fulfillments.length, precision: 'EXACT' }),
    totalPriceSet: (order) => moneyBag(totalsOf(order).total, order),
    originalTotalPriceSet: (order) => moneyBag(totalsOf(order).total, order),
    currentTotalPriceSet: (order) => moneyBag(currentTotal(order), order),
    subtotalPriceSet: (order) => moneyBag(totalsOf(order).subtotal, order),
    currentSubtotalPriceSet: (order) => moneyBag(current(order).subtotal, order),
    totalDiscountsSet: (order) => moneyBag(totalsOf(order).discounts, order),
    currentTotalDiscountsSet: (order) => moneyBag(current(order).discounts, order),
    cartDiscountAmountSet: (order) => moneyBag(totalsOf(order).discounts, order),
    totalShippingPriceSet: shipping,
    currentShippingPriceSet: shippingToPay,
    totalTaxSet: (order) => moneyBag(order.totalTax, order),
    currentTotalTaxSet: (order) => moneyBag(order.totalTax, order),
    totalRefundedSet: (order) => moneyBag(refunded(order), order),
    totalRefundedShippingSet: zero,
    totalTipReceivedSet: zero,
    totalOutstandingSet: (order) =>
      order.financialStatus === 'PENDING' ? moneyBag(currentTotal(order), order) : zero(order),
    totalReceivedSet: (order) =>
      order.financialStatus === 'PENDING' ? zero(order) : moneyBag(totalsOf(order).total, order),
    netPaymentSet: (order) =>
      order.financialStatus === 'PENDING' ? zero(order) : moneyBag(currentTotal(order), order),
    totalWeight: (order) => String(order.lines.reduce((grams, line) => grams + line.grams * line.quantity, 0)),
    landingPageUrl: (order, _args, ctx) => landingPage(order, ctx),
    referrerUrl: (order) => order.referringSite,
    returnStatus: () => 'NO_RETURN',
    customerJourneySummary: (order) => order,
  }),
  ...journeyResolvers,
  LineItem: fields<OrderLine>({
    id: ({ line }) => `gid://shopify/LineItem/${line.id}`,
    title: ({ line }) => line.title,
    name: ({ line }) => (line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title),
    variantTitle: ({ line }) => line.variantTitle,
    sku: ({ line }) => line.sku,
    vendor: ({ line }) => line.vendor,
    quantity: ({ line }) => line.quantity,
    currentQuantity: ({ line }) => line.currentQuantity,
    refundableQuantity: ({ line }) => line.currentQuantity,
    unfulfilledQuantity: ({ line }) => Math.max(0, line.currentQuantity - line.fulfilledQuantity),
    nonFulfillableQuantity: () => 0,
    requiresShipping: ({ line }) => line.requiresShipping,
    taxable: () => true,
    isGiftCard: () => false,
    restockable: () => true,
    merchantEditable: () => true,
    customAttributes: () => [],
    discountAllocations: ({ line, order }) => lineShares(order, line),
    duties: () => [],
    taxLines: () => [],
    sellingPlan: () => null,
    product: ({ line }, _args, ctx) => lineProduct(ctx, line),
    variant: ({ line }, _args, ctx) => lineVariant(ctx, line),
    image: ({ line }, _args, ctx) => lineImage(ctx, line),
    originalUnitPriceSet: ({ line, order }) => moneyBag(line.price, order),
    discountedUnitPriceSet: ({ line, order }) => moneyBag(line.price, order),
    discountedUnitPriceAfterAllDiscountsSet: ({ line, order }) => lineAfterCodes(order, line).unit,
    originalTotalSet: ({ line, order }) => moneyBag(times(line.price, line.quantity), order),
    discountedTotalSet: ({ line, order }) => moneyBag(times(line.price, line.quantity), order),
    totalDiscountSet: ({ line, order }) => moneyBag(line.totalDiscount, order),
  }),
  Refund: fields<{ order: OrderRecord; refund: RefundRecord }>({
    id: ({ refund }) => `gid://shopify/Refund/${refund.id}`,
    legacyResourceId: ({ refund }) => refund.id,
    createdAt: ({ refund }) => refund.createdAt,
    processedAt: ({ refund }) => refund.createdAt,
    updatedAt: ({ refund }) => refund.createdAt,
    note: ({ refund }) => refund.note,
    order: ({ order }) => order,
    duties: () => [],
    totalRefundedSet: ({ refund, order }) => moneyBag(refund.amount, order),
    totalRefunded: ({ refund, order }) => moneyV2(refund.amount, order.currency),
    refundLineItems: ({ refund, order }, args, ctx) =>
      connection(
        ctx,
        refund.lines.map((entry) => ({ entry, order })),
        args,
        { id: ({ entry }) => entry.id },
      ),
  }),
  RefundLineItem: fields<{ order: OrderRecord; entry: RefundRecord['lines'][number] }>({
    id: ({ entry }) => `gid://shopify/RefundLineItem/${entry.id}`,
    quantity: ({ entry }) => entry.quantity,
    lineItem: ({ entry, order }) => linesOf(order).find(({ line }) => line.id === entry.lineItemId),
    subtotalSet: ({ entry, order }) => moneyBag(entry.subtotal, order),
    priceSet: ({ entry, order }) => {
      const each = toMinor(entry.subtotal, order.currency) / entry.quantity;
      return moneyBag(fromMinor(each, order.currency), order);
    },
    totalTaxSet: ({ order }) => zero(order),
    restockType: () => 'NO_RESTOCK',
    restocked: () => false,
    location: () => null,
  }),
  Fulfillment: fields<{ order: OrderRecord; parcel: FulfillmentRecord }>({
    id: ({ parcel }) => `gid://shopify/Fulfillment/${parcel.id}`,
    legacyResourceId: ({ parcel }) => parcel.id,
    name: ({ parcel }) => parcel.name,
    status: ({ parcel }) => parcel.status,
    displayStatus: ({ parcel }) => parcel.shipmentStatus?.toUpperCase() ?? 'FULFILLED',
    createdAt: ({ parcel }) => parcel.createdAt,
    updatedAt: ({ parcel }) => parcel.updatedAt,
    deliveredAt: ({ parcel }) => parcel.deliveredAt,
    inTransitAt: () => null,
    estimatedDeliveryAt: () => null,
    order: ({ order }) => order,
    requiresShipping: () => true,
    totalQuantity: ({ parcel }) => parcel.lines.reduce((sum, line) => sum + line.quantity, 0),
    trackingInfo: ({ parcel }) =>
      parcel.trackingNumber === null
        ? []
        : [{ company: parcel.trackingCompany, number: parcel.trackingNumber, url: parcel.trackingUrl }],
    fulfillmentLineItems: ({ parcel, order }, args, ctx) =>
      connection(
        ctx,
        parcel.lines.map((entry) => ({ entry, order })),
        args,
        { id: ({ entry }) => entry.lineItemId },
      ),
  }),
  FulfillmentLineItem: fields<{ order: OrderRecord; entry: { lineItemId: string; quantity: number } }>({
    id: ({ entry }) => `gid://shopify/FulfillmentLineItem/${entry.lineItemId}`,
    quantity: ({ entry }) => entry.quantity,
    lineItem: ({ entry, order }) => linesOf(order).find(({ line }) => line.id === entry.lineItemId),
  }),
};

export function lineProduct(ctx: GraphqlContext, line: LineRecord) {
  return line.productId === null ? null : (ctx.shop.products.get(line.productId) ?? null);
}

export function lineVariant(ctx: GraphqlContext, line: LineRecord) {
  return line.variantId === null ? null : (ctx.shop.variants.get(line.variantId) ?? null);
}

export function lineImage(ctx: GraphqlContext, line: LineRecord) {
  if (line.imageUrl === null) return null;
  const product = lineProduct(ctx, line);
  const known = product?.images.find((image) => image.url === line.imageUrl);
  return (
    known ?? { id: line.id, url: pictureUrl(ctx.state, line.imageUrl), alt: line.title, width: null, height: null }
  );
}
