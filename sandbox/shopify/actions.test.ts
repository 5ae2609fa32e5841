import { beforeEach, describe, expect, it } from 'vitest';
import { openClock } from '../clock';
import { createActions, type ShopActions } from './actions';
import { ShopifyState } from './state';
import { currentTotal, totalsOf } from './totals';

let actions: ShopActions;
let state: ShopifyState;
let told: { topic: string; payload: unknown }[];
let variantId: string;
const shop = 'verbs.myshopify.com';

beforeEach(() => {
  told = [];
  state = new ShopifyState();
  const emit = (_shop: unknown, topic: string, payload: () => unknown) => void told.push({ topic, payload: payload() });
  actions = createActions({ state, clock: openClock(), emit });
  actions.createShop({ handle: 'verbs' });
  const product = actions.createProduct(
    shop,
    { title: 'Vase', variants: [{ price: '12.5', inventoryQuantity: 5 }] },
    { quiet: true },
  );
  variantId = product.variantIds[0] ?? '';
});

const topics = () => told.map(({ topic }) => topic);

describe('a checkout', () => {
  it('with an e-mail makes a customer; without one makes none', () => {
    actions.startCheckout(shop, { lines: [{ variantId }] });
    expect(topics()).toEqual(['checkouts/create']);
    actions.startCheckout(shop, { lines: [{ variantId }], email: 'new@example.com' });
    expect(topics()).toEqual(['checkouts/create', 'customers/create', 'checkouts/create']);
    actions.startCheckout(shop, { lines: [{ variantId }], email: 'NEW@example.com' });
    expect(state.shop(shop).customers.size).toBe(1);
  });

  it('that is paid becomes an order with its token, takes stock and gives the consent it asked for', () => {
    const checkout = actions.startCheckout(shop, {
      lines: [{ variantId, quantity: 2 }],
      email: 'buyer@example.com',
      buyerAcceptsMarketing: true,
    });
    const customer = state.shop(shop).customerByEmail('buyer@example.com');
    expect(customer?.consent.state).toBe('NOT_SUBSCRIBED');
    told.length = 0;
    const order = actions.payCheckout(shop, checkout.id);
    expect(topics()).toEqual([
      'checkouts/update',
      'orders/create',
      'orders/paid',
      'orders/updated',
      'products/update',
      'customers/update',
      'customers_email_marketing_consent/update',
      'customers/update',
    ]);
    expect(order).toMatchObject({
      checkoutToken: checkout.token,
      customerId: customer?.id,
      financialStatus: 'PAID',
      name: '#1001',
    });
    expect(told[0]?.payload).toMatchObject({ token: checkout.token, completed_at: expect.any(String) });
    expect(state.shop(shop).variant(variantId).inventoryQuantity).toBe(3);
    expect(customer?.consent.state).toBe('SUBSCRIBED');
    expect(() => actions.payCheckout(shop, checkout.id)).toThrow('completed');
  });

  it('adds up lines, code, shipping, and shows the shopper’s currency', () => {
    const checkout = actions.startCheckout(shop, {
      lines: [{ variantId, quantity: 3 }],
      discountCodes: [
        { code: 'TEN', amount: '10' },
        { code: 'FREE', amount: '4.90', type: 'shipping' },
      ],
      shippingPrice: '4.9',
      presentmentCurrency: 'JPY',
      presentmentRate: 160,
    });
    expect(totalsOf(checkout)).toMatchObject({ lines: '37.50', subtotal: '27.50', shipping: '4.90', total: '27.50' });
    expect(told.at(-1)?.payload).toMatchObject({ total_price: '4400', presentment_currency: 'JPY', currency: 'EUR' });
  });
});

describe('an order', () => {
  it('refunded in part, then whole, counts down to nothing and no further', () => {
    const order = actions.createOrder(shop, { lines: [{ variantId, quantity: 2 }], email: 'r@example.com' });
    actions.refundOrder(shop, order.id, { lines: [{ lineItemId: order.lines[0]?.id ?? '', quantity: 1 }] });
    expect([order.financialStatus, currentTotal(order)]).toEqual(['PARTIALLY_REFUNDED', '12.50']);
    expect(() => actions.refundOrder(shop, order.id, { amount: '13' })).toThrow('More than was paid');
    actions.refundOrder(shop, order.id);
    expect([order.financialStatus, currentTotal(order)]).toEqual(['REFUNDED', '0.00']);
    expect(topics().filter((topic) => topic === 'refunds/create')).toHaveLength(2);
  });

  it('fulfilled in two parcels is partly, then wholly fulfilled', () => {
    const order = actions.createOrder(shop, { lines: [{ variantId, quantity: 2 }] });
    const lineItemId = order.lines[0]?.id ?? '';
    actions.fulfillOrder(shop, order.id, { lines: [{ lineItemId, quantity: 1 }] });
    expect(order.fulfillmentStatus).toBe('PARTIALLY_FULFILLED');
    told.length = 0;
    actions.fulfillOrder(shop, order.id);
    expect(order.fulfillmentStatus).toBe('FULFILLED');
    expect(topics()).toEqual(['fulfillments/create', 'orders/fulfilled', 'orders/updated']);
  });

  it('of a shop in yen has no decimals, in dinar three', () => {
    for (const [handle, currency, total] of [
      ['yen', 'JPY', '1200'],
      ['dinar', 'KWD', '1.250'],
    ] as const) {
      actions.createShop({ handle, currency });
      const order = actions.createOrder(handle, { lines: [{ title: 'Thing', price: total }] });
      expect(totalsOf(order).total).toBe(total);
    }
  });
});

describe('customers', () => {
  it('keep an e-mail address to themselves', () => {
    actions.createCustomer(shop, { email: 'one@example.com' });
    expect(() => actions.createCustomer(shop, { email: 'ONE@example.com' })).toThrow('taken');
  });

  it('with orders cannot be deleted', () => {
    const customer = actions.createCustomer(shop, { email: 'buys@example.com' });
    actions.createOrder(shop, { lines: [{ variantId }], customerId: customer.id });
    expect(() => actions.deleteCustomer(shop, customer.id)).toThrow('orders');
  });

  it('merged leave their orders and checkouts to the one who stays', () => {
    const kept = actions.createCustomer(shop, { email: 'kept@example.com' });
    const gone = actions.createCustomer(shop, { email: 'gone@example.com' });
    const order = actions.createOrder(shop, { lines: [{ variantId }], customerId: gone.id });
    const checkout = actions.startCheckout(shop, { lines: [{ variantId }], email: 'gone@example.com' });
    actions.mergeCustomers(shop, kept.id, gone.id);
    expect(state.shop(shop).ordersOf(kept.id)).toEqual([order]);
    expect([order.customerId, checkout.customerId]).toEqual([kept.id, kept.id]);
    expect(state.shop(shop).customerByEmail('gone@example.com')).toBeUndefined();
  });

  it('created quietly in the past are written without a webhook', () => {
    const customer = actions.createCustomer(
      shop,
      { email: 'old@example.com' },
      { at: '2025-03-01T10:00:00Z', quiet: true },
    );
    expect(customer.createdAt).toBe('2025-03-01T10:00:00Z');
    expect(topics()).toEqual([]);
  });
});
