import { expect, it } from 'vitest';
import { maskAddresses } from './mask-addresses';

it.each([
  ['Customer zoé+a@Maison-Lune.co.uk is unknown', 'Customer …@… is unknown'],
  ['Key (email)=(a.b@c.example)', 'Key (email)=(…@…)'],
  ['<x@y.example>,"z@y.example"', '<…@…>,"…@…"'],
])('takes every address out of %s', (text, masked) => {
  expect(maskAddresses(text)).toBe(masked);
});

it('leaves packages and versions in a stack alone', () => {
  const stack = 'at f (file:///app/node_modules/@shopify/shopify-api/dist/index.mjs:3:1) pg-boss@12.35.0';
  expect(maskAddresses(stack)).toBe(stack);
});
