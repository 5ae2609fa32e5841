import { expect, test } from 'vitest';
import { plainSubject } from './plain-subject';

test('fills in the shop, takes fallbacks and leaves the rest out', () => {
  expect(plainSubject('Welcome to {shop_name}[, {first_name}]', 'Tilleul')).toBe('Welcome to Tilleul');
  expect(plainSubject('About {product_title|your cart}', 'Tilleul')).toBe('About your cart');
});

test('keeps what is no variable as it was typed', () => {
  expect(plainSubject('A {nobody} and [brackets]', 'Tilleul')).toBe('A {nobody} and [brackets]');
});
