// Verbs on orders: place one, cancel, refund, fulfill, deliver. Stock, the customer and the webhooks follow.
import { SandboxRefusal } from '../../http/refusal';
import { toMinor } from '../money';
import type { CheckoutRecord, OrderRecord, RefundRecord } from '../records';
import type { ShopState } from '../state';
import { refunded, totalsOf } from '../totals';
import { customerPayload } from '../webhooks/payloads/customer';
import { fulfillmentPayload, orderPayload } from '../webhooks/payloads/order';
import { refundPayload } from '../webhooks/payloads/refund';
import { customerActions } from './customers';
import { findBuyer } from './lines';
import {
  addFulfillment,
  type FulfillInput,
  makeRefund,
  type OrderInput,
  orderBase,
  placeOrder,
  type RefundInput,
  takeStock,
} from './order-records';
import { type ActionParts, momentOf, stamp, tell, type When } from './parts';

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
    const order = placeOrder(parts, shop, {
      ...orderBase(parts, shop, input, momentOf(parts, when)),
      buyerId: buyer?.id ?? null,
      at,
    });
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
