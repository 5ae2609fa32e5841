import { beforeEach, describe, expect, it } from 'vitest';
import { openClock } from '../../clock';
import { createActions, type ShopActions } from '../actions';
import { ShopifyState } from '../state';
import { totalsOf } from '../totals';
import { spread } from './spread';

const shop = 'codes.myshopify.com';
const day = 24 * 3_600_000;
let actions: ShopActions;
let state: ShopifyState;
let told: { topic: string; payload: unknown }[];
let clock: ReturnType<typeof openClock>;
let bowl: { id: string; variantIds: string[] };
let card: { id: string; variantIds: string[] };

beforeEach(() => {
  told = [];
  state = new ShopifyState();
  clock = openClock();
  const emit = (_shop: unknown, topic: string, payload: () => unknown) => void told.push({ topic, payload: payload() });
  actions = createActions({ state, clock, emit });
  actions.createShop({ handle: 'codes' });
  bowl = actions.createProduct(shop, { title: 'Bol', variants: [{ price: '20', inventoryQuantity: 50 }] });
  card = actions.createProduct(shop, {
    title: 'Carte cadeau',
    isGiftCard: true,
    variants: [{ price: '50', tracked: false }],
  });
});

const bowls = (quantity: number) => ({ variantId: bowl.variantIds[0] ?? '', quantity });
const checkoutOf = (quantity = 2, more: object = {}) =>
  actions.startCheckout(shop, { lines: [bowls(quantity)], shippingPrice: '4.9', email: 'a@example.com', ...more });
const total = (checkout: Parameters<typeof totalsOf>[0]) => totalsOf(checkout).total;

describe('a code in a checkout', () => {
  it('takes a percentage off, tells the app, and follows the lines', () => {
    actions.createDiscount(shop, { code: 'TEN', percentage: 0.1 });
    const checkout = checkoutOf();
    told.length = 0;
    actions.applyDiscountCode(shop, checkout.id, ' ten ');
    expect(told).toMatchObject([
      {
        topic: 'checkouts/update',
        payload: {
          discount_codes: [{ code: 'TEN', amount: '4.00', type: 'percentage' }],
          total_discounts: '4.00',
          total_price: '40.90',
          line_items: [{ discount_allocations: [{ amount: '4.00', application_type: 'discount_code' }] }],
        },
      },
    ]);
    actions.updateCheckout(shop, checkout.id, { lines: [bowls(5)] });
    expect(total(checkout)).toBe('94.90');
    actions.removeDiscountCode(shop, checkout.id, 'TEN');
    expect(total(checkout)).toBe('104.90');
  });

  it('of an amount takes no more than the lines are worth', () => {
    actions.createDiscount(shop, { code: 'FIFTY', amount: '50' });
    const checkout = checkoutOf();
    actions.applyDiscountCode(shop, checkout.id, 'FIFTY');
    expect(totalsOf(checkout)).toMatchObject({ discounts: '40.00', subtotal: '0.00', total: '4.90' });
  });

  it('for free shipping takes the shipping off, in order webhooks too', () => {
    actions.createDiscount(shop, { code: 'SHIP', freeShipping: true });
    const checkout = checkoutOf();
    actions.applyDiscountCode(shop, checkout.id, 'SHIP');
    expect(total(checkout)).toBe('40.00');
    actions.payCheckout(shop, checkout.id);
    expect(told.find(({ topic }) => topic === 'orders/create')?.payload).toMatchObject({
      discount_codes: [{ code: 'SHIP', amount: '4.90', type: 'shipping' }],
      discount_applications: [{ target_type: 'shipping_line', value: '100.0', value_type: 'percentage' }],
      line_items: [{ discount_allocations: [] }],
      shipping_lines: [
        {
          price: '4.90',
          discounted_price: '0.00',
          discount_allocations: [{ amount: '4.90', discount_application_index: 0 }],
        },
      ],
      total_price: '40.00',
    });
  });

  it('for some products leaves the others and gift cards alone', () => {
    actions.createDiscount(shop, { code: 'ALL', percentage: 0.5 });
    const other = actions.createProduct(shop, { title: 'Vase', variants: [{ price: '30', inventoryQuantity: 9 }] });
    actions.createDiscount(shop, { code: 'VASE', percentage: 0.5, productIds: [other.id] });
    const lines = [
      bowls(1),
      { variantId: other.variantIds[0], quantity: 1 },
      { variantId: card.variantIds[0], quantity: 1 },
    ];
    const checkout = actions.startCheckout(shop, { lines });
    actions.applyDiscountCode(shop, checkout.id, 'VASE');
    expect(checkout.discountCodes[0]?.applied).toMatchObject({
      perLine: ['0.00', '15.00', '0.00'],
      selection: 'entitled',
    });
    actions.applyDiscountCode(shop, checkout.id, 'ALL');
    expect(checkout.discountCodes.map(({ code }) => code)).toEqual(['ALL']);
    expect(checkout.discountCodes[0]?.applied?.perLine).toEqual(['10.00', '15.00', '0.00']);
  });

  it('stands beside another only if both allow it', () => {
    const ten = actions.createDiscount(shop, { code: 'TEN', percentage: 0.1 });
    const ship = actions.createDiscount(shop, { code: 'SHIP', freeShipping: true });
    const checkout = checkoutOf();
    actions.applyDiscountCode(shop, checkout.id, 'TEN');
    actions.applyDiscountCode(shop, checkout.id, 'SHIP');
    expect(total(checkout)).toBe('40.00');
    ten.combinesWith.shippingDiscounts = true;
    ship.combinesWith.orderDiscounts = true;
    actions.applyDiscountCode(shop, checkout.id, 'TEN');
    expect(total(checkout)).toBe('36.00');
  });
});

describe('a code that does not fit', () => {
  const refusals: [string, object, string][] = [
    ['that is unknown', { code: 'OTHER', percentage: 0.1 }, 'unknown'],
    ['before it starts', { code: 'X', percentage: 0.1, startsAt: '2999-01-01T00:00:00Z' }, 'not-yet'],
    ['after it ended', { code: 'X', percentage: 0.1, endsAt: '2020-01-01T00:00:00Z' }, 'ended'],
    ['below its minimum', { code: 'X', percentage: 0.1, minimumSubtotal: 41 }, 'minimum-subtotal'],
    ['with too few things', { code: 'X', percentage: 0.1, minimumQuantity: 3 }, 'minimum-quantity'],
    ['for other products', { code: 'X', percentage: 0.1, productIds: ['1'] }, 'not-these-products'],
    ['for other customers', { code: 'X', percentage: 0.1, customerIds: ['1'] }, 'not-for-you'],
  ];
  it.each(refusals)('is refused %s, and the checkout stays as it was', (_when, discount, reason) => {
    actions.createDiscount(shop, discount as Parameters<ShopActions['createDiscount']>[1]);
    const checkout = checkoutOf();
    told.length = 0;
    const apply = () => actions.applyDiscountCode(shop, checkout.id, 'X');
    expect(apply).toThrow(expect.objectContaining({ problem: expect.objectContaining({ reason }) }));
    expect([told, checkout.discountCodes]).toEqual([[], []]);
  });

  it('drops out by itself when the minimum is no longer reached', () => {
    actions.createDiscount(shop, { code: 'FORTY', percentage: 0.5, minimumSubtotal: 40 });
    const checkout = checkoutOf();
    actions.applyDiscountCode(shop, checkout.id, 'FORTY');
    actions.updateCheckout(shop, checkout.id, { lines: [bowls(1)] });
    expect(checkout.discountCodes).toEqual([]);
    expect(total(checkout)).toBe('24.90');
  });

  it('because it ended meanwhile stops the payment once, then the full sum can be paid', () => {
    actions.createDiscount(shop, {
      code: 'TODAY',
      percentage: 0.5,
      endsAt: new Date(clock.now() + day).toISOString(),
    });
    const checkout = checkoutOf();
    actions.applyDiscountCode(shop, checkout.id, 'TODAY');
    clock.advance(2 * day);
    expect(() => actions.payCheckout(shop, checkout.id)).toThrow('The code "TODAY" has ended.');
    expect(totalsOf(actions.payCheckout(shop, checkout.id)).total).toBe('44.90');
  });
});

describe('uses', () => {
  it('are counted when the order is placed, for each code of the discount on its own', () => {
    const discount = actions.createDiscount(shop, { code: 'ONE-A', percentage: 0.1, usageLimit: 1 });
    actions.addRedeemCodes(shop, discount.id, ['ONE-B']);
    const first = checkoutOf();
    const second = checkoutOf(2, { email: 'b@example.com' });
    actions.applyDiscountCode(shop, first.id, 'ONE-A');
    actions.applyDiscountCode(shop, second.id, 'ONE-A');
    expect(discount.usageCount).toBe(0);
    actions.payCheckout(shop, first.id);
    expect(discount.usageCount).toBe(1);
    expect(() => actions.payCheckout(shop, second.id)).toThrow('has been used already');
    actions.payCheckout(shop, second.id, { discountCode: 'ONE-B' });
    expect(state.shop(shop).book.codesOf(discount.id)).toMatchObject([{ usageCount: 1 }, { usageCount: 1 }]);
  });

  it('are one per customer where the discount says so, known by address', () => {
    actions.createDiscount(shop, { code: 'ONCE', percentage: 0.1, oncePerCustomer: true });
    actions.createOrder(shop, { lines: [bowls(1)], email: 'A@example.com', discountCodes: [{ code: 'once' }] });
    const again = checkoutOf(2, { email: null });
    actions.applyDiscountCode(shop, again.id, 'ONCE');
    actions.updateCheckout(shop, again.id, { email: 'a@example.com' });
    expect(again.discountCodes).toEqual([]);
    const other = checkoutOf(2, { email: 'b@example.com', discountCodes: [{ code: 'ONCE' }] });
    expect(total(other)).toBe('40.90');
  });

  it('leave refunds at what was paid', () => {
    actions.createDiscount(shop, { code: 'HALF', percentage: 0.5 });
    const order = actions.createOrder(shop, { lines: [bowls(2)], discountCodes: [{ code: 'HALF' }] });
    const lineItemId = order.lines[0]?.id ?? '';
    expect(actions.refundOrder(shop, order.id, { lines: [{ lineItemId, quantity: 1 }] }).amount).toBe('10.00');
    expect(actions.refundOrder(shop, order.id).amount).toBe('10.00');
  });
});

describe('shares', () => {
  it('add up to the cent and never exceed a line', () => {
    for (const [sum, weights] of [
      [10, [333, 333, 334]],
      [1, [5, 5]],
      [999, [1, 500, 498]],
    ] as const) {
      const shares = spread(sum, weights);
      expect(shares.reduce((all, share) => all + share, 0)).toBe(sum);
      for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(weights[index] ?? 0);
    }
    expect(spread(5, [0, 0])).toEqual([0, 0]);
  });
});
