import { expect, it } from 'vitest';
import { asDoubleSender, shopifySends } from './double-sender';

it('believes Shopify that it sends, and that it does not only where it could have', () => {
  expect(shopifySends({ sent: 3, left: 5 })).toEqual({ state: 'sends', count: 3 });
  expect(shopifySends({ sent: 0, left: 40 })).toEqual({ state: 'silent', count: 40 });
  expect(shopifySends({ sent: 0, left: 3 })).toEqual({ state: 'unknown' });
});

it('knows which scenarios Shopify has too', () => {
  expect([asDoubleSender('welcome'), asDoubleSender('vip')]).toEqual(['welcome', null]);
});
