// REST-shaped payload of every orders/* topic.
import { takenOffShipping } from '../../discounts/spread';
import { fromMinor, normalAmount, toMinor } from '../../money';
import type { FulfillmentRecord, OrderRecord } from '../../records';
import type { ShopifyState, ShopState } from '../../state';
import { currentTotal, totalsOf } from '../../totals';
import { storefrontUrl } from '../../urls';
import { embeddedCustomer } from './customer';
import { discountApplication, shippingAllocations } from './discount-use';
import { locationOf, moneySet, restNumber, saleAddress, zoned } from './json';
import { orderLine } from './order-line';
import { refundPayload } from './refund';

export function orderPayload(state: ShopifyState, shop: ShopState, order: OrderRecord) {
  const customer = order.customerId === null ? undefined : shop.customers.get(order.customerId);
  const shipping = saleAddress(order.shippingAddress);
  return {
    ...identity(state, shop, order),
    ...amounts(order),
    ...(shipping ? { billing_address: shipping, shipping_address: shipping } : {}),
    ...(customer ? { customer: embeddedCustomer(shop, customer) } : {}),
    discount_applications: order.discountCodes.map(discountApplication),
    fulfillments: order.fulfillments.map((parcel) => fulfillmentPayload(shop, order, parcel)),
    line_items: order.lines.map((line) => orderLine(shop, order, line)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundPayload(shop, order, refund)),
    shipping_lines: [shippingLine(order)],
    returns: [],
    line_item_groups: [],
  };
}

function identity(state: ShopifyState, shop: ShopState, order: OrderRecord) {
  const { timezone } = shop.record;
  return {
    id: restNumber(order.id),
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    app_id: null,
    browser_ip: null,
    buyer_accepts_marketing: order.buyerAcceptsMarketing,
    cancel_reason: order.cancelReason,
    cancelled_at: zoned(order.cancelledAt, timezone),
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    checkout_id: order.checkoutId === null ? null : restNumber(order.checkoutId),
    client_details: null,
    closed_at: zoned(order.closedAt, timezone),
    confirmation_number: order.token.slice(0, 9).toUpperCase(),
    confirmed: true,
    contact_email: order.email,
    created_at: zoned(order.createdAt, timezone),
    currency: order.currency,
    customer_locale: order.customerLocale,
    device_id: null,
    discount_codes: order.discountCodes.map(({ code, amount, type }) => ({ code, amount, type })),
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    financial_status: order.financialStatus.toLowerCase(),
    fulfillment_status: { UNFULFILLED: null, PARTIALLY_FULFILLED: 'partial', FULFILLED: 'fulfilled' }[
      order.fulfillmentStatus
    ],
    landing_site: order.landingSite,
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: 'MTU0ODM4MDAwOQ',
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: [],
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `${storefrontUrl(state, shop.record)}/orders/${order.token}`,
    payment_gateway_names: ['bogus'],
    phone: order.phone,
    po_number: null,
    presentment_currency: order.presentmentCurrency,
    processed_at: zoned(order.processedAt, timezone),
    reference: null,
    referring_site: order.referringSite,
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
    tags: order.tags.join(', '),
    tax_exempt: false,
    tax_lines: [],
    taxes_included: order.taxesIncluded,
    test: order.test,
    token: order.token,
    total_weight: order.lines.reduce((grams, line) => grams + line.grams * line.quantity, 0),
    updated_at: zoned(order.updatedAt, timezone),
    user_id: null,
  };
}

function amounts(order: OrderRecord) {
  const totals = totalsOf(order);
  const current = totalsOf(order, (line) => line.currentQuantity);
  const set = (amount: string) => moneySet(amount, order);
  const zero = normalAmount(0, order.currency);
  const left = currentTotal(order);
  const isOwed = order.financialStatus === 'PENDING';
  return {
    current_shipping_price_set: set(totals.shipping),
    current_subtotal_price: current.subtotal,
    current_subtotal_price_set: set(current.subtotal),
    current_total_additional_fees_set: null,
    current_total_discounts: current.discounts,
    current_total_discounts_set: set(current.discounts),
    current_total_duties_set: null,
    current_total_price: left,
    current_total_price_set: set(left),
    current_total_tax: totals.tax,
    current_total_tax_set: set(totals.tax),
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    subtotal_price: totals.subtotal,
    subtotal_price_set: set(totals.subtotal),
    total_cash_rounding_payment_adjustment_set: set(zero),
    total_cash_rounding_refund_adjustment_set: set(zero),
    total_discounts: totals.discounts,
    total_discounts_set: set(totals.discounts),
    total_line_items_price: totals.lines,
    total_line_items_price_set: set(totals.lines),
    total_outstanding: isOwed ? totals.total : zero,
    total_price: totals.total,
    total_price_set: set(totals.total),
    total_shipping_price_set: set(totals.shipping),
    total_tax: totals.tax,
    total_tax_set: set(totals.tax),
    total_tip_received: zero,
  };
}

function shippingLine(order: OrderRecord) {
  const { currency } = order;
  const left = toMinor(order.shippingPrice, currency) - toMinor(takenOffShipping(order), currency);
  const discounted = fromMinor(Math.max(0, left), currency);
  const discountedSet = moneySet(discounted, order);
  return {
    id: restNumber(order.transactionId),
    carrier_identifier: null,
    code: order.shippingTitle,
    current_discounted_price_set: discountedSet,
    discounted_price: discounted,
    discounted_price_set: discountedSet,
    is_removed: false,
    phone: null,
    price: order.shippingPrice,
    price_set: moneySet(order.shippingPrice, order),
    requested_fulfillment_service_id: null,
    source: 'shopify',
    title: order.shippingTitle,
    tax_lines: [],
    discount_allocations: shippingAllocations(order),
  };
}

export function fulfillmentPayload(shop: ShopState, order: OrderRecord, parcel: FulfillmentRecord) {
  const { timezone } = shop.record;
  const lines = parcel.lines.flatMap((entry) => {
    const line = order.lines.find((one) => one.id === entry.lineItemId);
    return line ? { ...orderLine(shop, order, line), quantity: entry.quantity } : [];
  });
  return {
    id: restNumber(parcel.id),
    order_id: restNumber(order.id),
    status: parcel.status.toLowerCase(),
    created_at: zoned(parcel.createdAt, timezone),
    service: 'manual',
    updated_at: zoned(parcel.updatedAt, timezone),
    tracking_company: parcel.trackingCompany,
    shipment_status: parcel.shipmentStatus,
    location_id: restNumber(locationOf(shop)),
    origin_address: {},
    email: order.email,
    destination: saleAddress(order.shippingAddress),
    line_items: lines,
    tracking_number: parcel.trackingNumber,
    tracking_numbers: parcel.trackingNumber === null ? [] : [parcel.trackingNumber],
    tracking_url: parcel.trackingUrl,
    tracking_urls: parcel.trackingUrl === null ? [] : [parcel.trackingUrl],
    receipt: {},
    name: parcel.name,
    admin_graphql_api_id: `gid://shopify/Fulfillment/${parcel.id}`,
  };
}
