// REST-shaped payloads of the checkout topics. Amounts are in the currency the shopper sees.
import type { CheckoutRecord, LineRecord } from '../../records';
import type { ShopifyState, ShopState } from '../../state';
import { totalsOf } from '../../totals';
import { checkoutRecoveryUrl } from '../../urls';
import { embeddedCustomer } from './customer';
import { checkoutLineAllocations } from './discount-use';
import { presented, restNumber, restNumberOrNull, saleAddress, zoned } from './json';

export function checkoutPayload(state: ShopifyState, shop: ShopState, checkout: CheckoutRecord) {
  const { timezone } = shop.record;
  const totals = totalsOf(checkout);
  const show = (amount: string) => presented(amount, checkout);
  const customer = checkout.customerId === null ? undefined : shop.customers.get(checkout.customerId);
  const address = saleAddress(checkout.shippingAddress);
  return {
    id: restNumber(checkout.id),
    token: checkout.token,
    cart_token: checkout.cartToken,
    email: checkout.email,
    gateway: null,
    buyer_accepts_marketing: checkout.buyerAcceptsMarketing,
    created_at: zoned(checkout.createdAt, timezone),
    updated_at: zoned(checkout.updatedAt, timezone),
    landing_site: checkout.landingSite,
    note: checkout.note,
    note_attributes: [],
    referring_site: checkout.referringSite,
    shipping_lines: [],
    taxes_included: checkout.taxesIncluded,
    total_weight: checkout.lines.reduce((grams, line) => grams + line.grams * line.quantity, 0),
    currency: checkout.currency,
    completed_at: zoned(checkout.completedAt, timezone),
    closed_at: null,
    user_id: null,
    location_id: null,
    source_identifier: null,
    source_url: null,
    device_id: null,
    phone: checkout.phone,
    customer_locale: checkout.customerLocale,
    line_items: checkout.lines.map((line) => ({
      ...checkoutLine(line, show),
      discount_allocations: checkoutLineAllocations(checkout, line, show),
    })),
    name: checkout.name,
    source: null,
    abandoned_checkout_url: checkoutRecoveryUrl(state, shop.record, checkout),
    discount_codes: checkout.discountCodes.map(({ code, amount, type }) => ({ code, amount: show(amount), type })),
    tax_lines: [],
    source_name: checkout.sourceName,
    presentment_currency: checkout.presentmentCurrency,
    buyer_accepts_sms_marketing: false,
    sms_marketing_phone: null,
    total_discounts: show(totals.discounts),
    total_line_items_price: show(totals.lines),
    total_price: show(totals.total),
    total_tax: show(totals.tax),
    subtotal_price: show(totals.subtotal),
    total_duties: show('0'),
    reservation_token: null,
    ...(address ? { billing_address: address, shipping_address: address } : {}),
    ...(customer ? { customer: embeddedCustomer(shop, customer) } : {}),
  };
}

function checkoutLine(line: LineRecord, show: (amount: string) => string) {
  const lineTotal = show((Number(line.price) * line.quantity).toFixed(3));
  return {
    applied_discounts: [],
    key: line.id,
    destination_location_id: null,
    fulfillment_service: 'manual',
    gift_card: false,
    grams: line.grams,
    origin_location_id: null,
    presentment_title: line.title,
    presentment_variant_title: line.variantTitle ?? '',
    product_id: restNumberOrNull(line.productId),
    properties: [],
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku ?? '',
    tax_lines: [],
    taxable: true,
    title: line.title,
    variant_id: restNumberOrNull(line.variantId),
    variant_title: line.variantTitle ?? '',
    variant_price: show(line.price),
    vendor: line.vendor ?? '',
    user_id: null,
    unit_price_measurement: {
      measured_type: null,
      quantity_value: null,
      quantity_unit: null,
      reference_value: null,
      reference_unit: null,
    },
    rank: null,
    compare_at_price: line.compareAtPrice === null ? null : show(line.compareAtPrice),
    line_price: lineTotal,
    price: show(line.price),
  };
}

/** An id but no token: the receiver must know which checkout that was. */
export function checkoutDeletePayload(checkout: CheckoutRecord) {
  const totals = totalsOf(checkout);
  const show = (amount: string) => presented(amount, checkout);
  return {
    id: restNumber(checkout.id),
    presentment_currency: checkout.presentmentCurrency,
    buyer_accepts_sms_marketing: false,
    sms_marketing_phone: null,
    total_discounts: show(totals.discounts),
    total_line_items_price: show(totals.lines),
    total_price: show(totals.total),
    total_tax: show(totals.tax),
    subtotal_price: show(totals.subtotal),
    cart_token: checkout.cartToken,
    total_duties: show('0'),
    reservation_token: null,
  };
}
