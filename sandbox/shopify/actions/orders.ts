// Verbs on orders: place one, cancel, refund, fulfill, deliver. Stock, the customer and the webhooks follow.
import { SandboxRefusal } from '../../http/refusal';
import { fromMinor, normalAmount, toMinor } from '../money';
import type { CheckoutRecord, FulfillmentRecord, OrderRecord, RefundRecord } from '../records';
import type { ShopState } from '../state';
import { refunded, totalsOf } from '../totals';
import { customerPayload } from '../webhooks/payloads/customer';
import { fulfillmentPayload, orderPayload } from '../webhooks/payloads/order';
import { refundPayload } from '../webhooks/payloads/refund';
import { customerActions } from './customers';
import { type DiscountInput, findBuyer, type LineInput, makeDiscounts, makeLine, token } from './lines';
import { type ActionParts, type AddressInput, makeAddress, stamp, tell, type When } from './parts';
import { saveProduct } from './products';

export interface OrderInput {
  lines: LineInput[];
  customerId?: string | undefined;
  email?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  locale?: string | undefined;
  discountCodes?: DiscountInput[] | undefined;
  shippingAddress?: AddressInput | undefined;
  shippingPrice?: string | number | undefined;
  financialStatus?: 'PAID' | 'PENDING' | undefined;
  sourceName?: string | undefined;
  landingSite?: string | null | undefined;
  referringSite?: string | null | undefined;
  presentmentCurrency?: string | undefined;
  presentmentRate?: number | undefined;
  tags?: string[] | undefined;
  test?: boolean | undefined;
  /** false: stock stays as it is (history). */
  takeStock?: boolean | undefined;
}

export interface RefundInput {
  /** Absent: everything that is left. */
  lines?: { lineItemId: string; quantity: number }[] | undefined;
  amount?: string | number | undefined;
  note?: string | undefined;
  restock?: boolean | undefined;
}

export function orderActions(parts: ActionParts) {
  const { state } = parts;
  const customers = customerActions(parts);

  /** An order that did not come through a checkout (draft, point of sale, import), or history. */
  function createOrder(domain: string, input: OrderInput, when?: When): OrderRecord {
    const shop = state.shop(domain);
    let buyer = findBuyer(shop, input.customerId, input.email);
    if (!buyer && input.email) {
      const { email, firstName, lastName, locale } = input;
      buyer = customers.createCustomer(domain, { email, firstName, lastName, locale }, when);
    }
    const at = stamp(parts, when);
    const order = placeOrder(parts, shop, { ...orderBase(parts, shop, input), buyerId: buyer?.id ?? null, at });
    order.email ??= buyer?.email ?? null;
    order.customerLocale = input.locale ?? buyer?.locale ?? shop.record.locale;
    if (input.takeStock !== false) takeStock(parts, shop, order, when);
    announceOrder(shop, order, when);
    return order;
  }

  function orderFromCheckout(
    shop: ShopState,
    checkout: CheckoutRecord,
    how: { financialStatus?: 'PAID' | 'PENDING' | undefined; at: string },
  ): OrderRecord {
    const {
      id,
      token: checkoutToken,
      lines,
      completedAt: _,
      orderId: __,
      recoveryKey: ___,
      name: ____,
      createdAt: _____,
      ...kept
    } = checkout;
    const base = {
      ...kept,
      checkoutId: id,
      checkoutToken,
      lines: lines.map((line) => ({ ...line, id: state.nextId('line') })),
      financialStatus: how.financialStatus ?? ('PAID' as const),
      tags: [],
      test: false,
    };
    return placeOrder(parts, shop, { ...base, buyerId: checkout.customerId, at: how.at });
  }

  /** Everything Shopify sends when an order comes in. */
  function announceOrder(shop: ShopState, order: OrderRecord, when?: When): void {
    const say = tell(parts, when, shop);
    const payload = () => orderPayload(state, shop, order);
    say('orders/create', payload);
    if (order.financialStatus === 'PAID') say('orders/paid', payload);
    say('orders/updated', payload);
    if (order.checkoutId !== null) takeStock(parts, shop, order, when);
    touchBuyer(shop, order, when);
  }

  function touchBuyer(shop: ShopState, order: OrderRecord, when: When | undefined): void {
    const customer = order.customerId === null ? undefined : shop.customers.get(order.customerId);
    if (!customer) return;
    const at = stamp(parts, when);
    if (at > customer.updatedAt) customer.updatedAt = at;
    tell(parts, when, shop)('customers/update', () => customerPayload(shop, customer));
  }

  /** The bank transfer arrived. */
  function markPaid(domain: string, id: string, when?: When): OrderRecord {
    const { shop, order } = changing(domain, id);
    if (order.financialStatus !== 'PENDING') throw new SandboxRefusal('Only a pending order can be paid.', 409);
    order.financialStatus = 'PAID';
    return changed(shop, order, ['orders/paid'], when);
  }

  function cancelOrder(domain: string, id: string, reason = 'customer', when?: When): OrderRecord {
    const { shop, order } = changing(domain, id);
    if (order.cancelledAt) throw new SandboxRefusal('This order is cancelled already.', 409);
    const at = stamp(parts, when);
    Object.assign(order, { cancelledAt: at, closedAt: at, cancelReason: reason });
    if (order.financialStatus === 'PENDING') order.financialStatus = 'VOIDED';
    return changed(shop, order, ['orders/cancelled'], when);
  }

  function refundOrder(domain: string, id: string, input: RefundInput = {}, when?: When): RefundRecord {
    const { shop, order } = changing(domain, id);
    const refund = makeRefund(parts, order, input, stamp(parts, when));
    order.refunds.push(refund);
    const isAll = toMinor(refunded(order), order.currency) >= toMinor(totalsOf(order).total, order.currency);
    order.financialStatus = isAll ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    tell(parts, when, shop)('refunds/create', () => refundPayload(shop, order, refund));
    changed(shop, order, [], when);
    return refund;
  }

  function fulfillOrder(domain: string, id: string, input: FulfillInput = {}, when?: When): OrderRecord {
    const { shop, order } = changing(domain, id);
    const parcel = addFulfillment(parts, order, input, stamp(parts, when));
    tell(parts, when, shop)('fulfillments/create', () => fulfillmentPayload(shop, order, parcel));
    return changed(
      shop,
      order,
      order.fulfillmentStatus === 'FULFILLED' ? ['orders/fulfilled'] : ['orders/partially_fulfilled'],
      when,
    );
  }

  /** The carrier says it was delivered (of every parcel of the order). */
  function deliverOrder(domain: string, id: string, when?: When): OrderRecord {
    const { shop, order } = changing(domain, id);
    const at = stamp(parts, when);
    for (const parcel of order.fulfillments) {
      Object.assign(parcel, { shipmentStatus: 'delivered', deliveredAt: at, updatedAt: at });
      tell(parts, when, shop)('fulfillments/update', () => fulfillmentPayload(shop, order, parcel));
    }
    return changed(shop, order, [], when);
  }

  function changing(domain: string, id: string) {
    const shop = state.shop(domain);
    return { shop, order: shop.order(id) };
  }

  function changed(shop: ShopState, order: OrderRecord, topics: string[], when: When | undefined): OrderRecord {
    order.updatedAt = stamp(parts, when);
    shop.touch();
    const say = tell(parts, when, shop);
    for (const topic of [...topics, 'orders/updated']) say(topic, () => orderPayload(state, shop, order));
    return order;
  }

  return {
    createOrder,
    orderFromCheckout,
    announceOrder,
    markPaid,
    cancelOrder,
    refundOrder,
    fulfillOrder,
    deliverOrder,
  };
}

export interface FulfillInput {
  trackingCompany?: string | undefined;
  trackingNumber?: string | undefined;
  trackingUrl?: string | undefined;
  /** Absent: everything not yet fulfilled. */
  lines?: { lineItemId: string; quantity: number }[] | undefined;
}

type OrderBase = Omit<
  OrderRecord,
  | 'id'
  | 'number'
  | 'name'
  | 'token'
  | 'customerId'
  | 'fulfillmentStatus'
  | 'refunds'
  | 'fulfillments'
  | 'transactionId'
  | 'cancelReason'
  | 'createdAt'
  | 'processedAt'
  | 'updatedAt'
  | 'cancelledAt'
  | 'closedAt'
  | 'metafields'
  | 'shippingTitle'
>;

function orderBase(parts: ActionParts, shop: ShopState, input: OrderInput): OrderBase {
  const { currency } = shop.record;
  const address = input.shippingAddress
    ? makeAddress(parts, input.shippingAddress, shop.record.address.countryCode)
    : null;
  return {
    email: input.email ?? null,
    phone: null,
    checkoutId: null,
    checkoutToken: null,
    cartToken: null,
    buyerAcceptsMarketing: false,
    customerLocale: shop.record.locale,
    lines: input.lines.map((line) => makeLine(parts, shop, line)),
    ...makeDiscounts(shop, input.discountCodes),
    shippingPrice: normalAmount(input.shippingPrice ?? 0, currency),
    totalTax: normalAmount(0, currency),
    taxesIncluded: shop.record.taxesIncluded,
    financialStatus: input.financialStatus ?? 'PAID',
    shippingAddress: address,
    billingAddress: address,
    tags: [...(input.tags ?? [])],
    note: null,
    test: input.test ?? false,
    sourceName: input.sourceName ?? 'web',
    landingSite: input.landingSite ?? null,
    referringSite: input.referringSite ?? null,
    currency,
    presentmentCurrency: input.presentmentCurrency ?? currency,
    presentmentRate: input.presentmentRate ?? 1,
  };
}

function placeOrder(
  parts: ActionParts,
  shop: ShopState,
  base: OrderBase & { buyerId: string | null; at: string },
): OrderRecord {
  const { buyerId, at, ...kept } = base;
  const number = shop.record.nextOrderNumber;
  shop.record.nextOrderNumber += 1;
  const order: OrderRecord = {
    ...kept,
    id: parts.state.nextId('order'),
    number,
    name: `#${number}`,
    token: token(),
    customerId: buyerId,
    fulfillmentStatus: 'UNFULFILLED',
    refunds: [],
    fulfillments: [],
    transactionId: parts.state.nextId('transaction'),
    shippingTitle: 'Standard',
    cancelReason: null,
    createdAt: at,
    processedAt: at,
    updatedAt: at,
    cancelledAt: null,
    closedAt: null,
    metafields: [],
  };
  shop.putOrder(order);
  return order;
}

function takeStock(parts: ActionParts, shop: ShopState, order: OrderRecord, when: When | undefined): void {
  for (const line of order.lines) {
    const variant = line.variantId === null ? undefined : shop.variants.get(line.variantId);
    if (!variant?.tracked) continue;
    variant.inventoryQuantity -= line.quantity;
    variant.updatedAt = stamp(parts, when);
    const product = shop.products.get(variant.productId);
    if (product) saveProduct(parts, shop, product, when);
  }
}

function makeRefund(parts: ActionParts, order: OrderRecord, input: RefundInput, at: string): RefundRecord {
  const asked = input.lines ?? order.lines.map((line) => ({ lineItemId: line.id, quantity: line.currentQuantity }));
  const lines = asked
    .filter((line) => line.quantity > 0)
    .map(({ lineItemId, quantity }) => {
      const line = order.lines.find((one) => one.id === lineItemId);
      if (!line || line.currentQuantity < quantity)
        throw new SandboxRefusal(`Line ${lineItemId} has not that many left.`);
      line.currentQuantity -= quantity;
      const subtotal = fromMinor(toMinor(line.price, order.currency) * quantity, order.currency);
      return { id: parts.state.nextId('other'), lineItemId, quantity, subtotal };
    });
  const left = toMinor(totalsOf(order).total, order.currency) - toMinor(refunded(order), order.currency);
  const byLines = lines.reduce((sum, line) => sum + toMinor(line.subtotal, order.currency), 0);
  const wanted =
    input.amount !== undefined ? toMinor(String(input.amount), order.currency) : input.lines ? byLines : left;
  if (wanted > left) throw new SandboxRefusal('More than was paid cannot be refunded.');
  return {
    id: parts.state.nextId('refund'),
    transactionId: parts.state.nextId('transaction'),
    note: input.note ?? null,
    amount: fromMinor(wanted, order.currency),
    restock: input.restock ?? false,
    lines,
    createdAt: at,
  };
}

function addFulfillment(parts: ActionParts, order: OrderRecord, input: FulfillInput, at: string): FulfillmentRecord {
  const open = order.lines.map((line) => ({ lineItemId: line.id, quantity: line.quantity - line.fulfilledQuantity }));
  const lines = (input.lines ?? open).filter((line) => line.quantity > 0);
  if (lines.length === 0) throw new SandboxRefusal('Everything in this order is fulfilled already.', 409);
  for (const { lineItemId, quantity } of lines) {
    const line = order.lines.find((one) => one.id === lineItemId);
    if (!line) throw new SandboxRefusal(`There is no line ${lineItemId} in this order.`, 404);
    line.fulfilledQuantity += quantity;
  }
  const parcel: FulfillmentRecord = {
    id: parts.state.nextId('fulfillment'),
    name: `${order.name}.${order.fulfillments.length + 1}`,
    status: 'SUCCESS',
    shipmentStatus: null,
    trackingCompany: input.trackingCompany ?? null,
    trackingNumber: input.trackingNumber ?? null,
    trackingUrl: input.trackingUrl ?? null,
    lines,
    deliveredAt: null,
    createdAt: at,
    updatedAt: at,
  };
  order.fulfillments.push(parcel);
  const isWhole = order.lines.every((line) => line.fulfilledQuantity >= line.quantity);
  order.fulfillmentStatus = isWhole ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
  return parcel;
}
