import { expect, it } from 'vitest';
import { shopIdInBody } from './shop-of-body';

it.each([
  [{ order_status_url: 'https://jsmith.myshopify.com/548380009/orders/123456abcd/authenticate?key=a' }, '548380009'],
  [{ abandoned_checkout_url: 'https://lune.example/548380009/checkouts/ac/1/recover?key=a' }, '548380009'],
  [{ order_status_url: 'https://shopify.com/548380009/account/orders/1' }, null],
  [{ order_status_url: null }, null],
  [{ id: 1 }, null],
  [{ note: '"order_status_url":"https://a.example/1/orders/2"' }, null],
])('%j is of shop %s', (payload, shopId) => {
  expect(shopIdInBody(JSON.stringify(payload))).toBe(shopId);
  expect(shopIdInBody(JSON.stringify(payload).replaceAll('/', '\\/'))).toBe(shopId);
});
