import { describe, expect, it } from 'vitest';
import { fittingPicture, squarePicture } from './picture';

describe('a product’s picture', () => {
  it.each([
    [
      'https://cdn.shopify.com/s/files/1/1/files/candle.jpg?v=17',
      'https://cdn.shopify.com/s/files/1/1/files/candle.jpg?v=17&width=600&height=600&crop=center',
    ],
    [
      'https://cdn.shopify.com/candle.png?width=2000&crop=left',
      'https://cdn.shopify.com/candle.png?width=600&crop=center&height=600',
    ],
  ])('is asked of Shopify square: %s', (address, expected) => {
    expect(squarePicture(address)).toBe(expected);
  });

  it.each([
    'https://lune.example/pictures/candle.png?v=1',
    'https://cdn.shopify.com.evil.example/candle.png',
    'https://evil.example/cdn.shopify.com/candle.png',
    'not an address',
    '',
  ])('of any other place stays as it is: %s', (address) => {
    expect(squarePicture(address)).toBe(address);
  });

  it('may be missing', () => {
    expect(squarePicture(null)).toBeNull();
  });
});

it.each([
  ['https://cdn.shopify.com/s/files/1/a.png?v=1', 'https://cdn.shopify.com/s/files/1/a.png?v=1&width=600'],
  ['https://cdn.shopify.com/s/files/1/a.png?width=90', 'https://cdn.shopify.com/s/files/1/a.png?width=90'],
  ['https://cdn.shopify.com/s/files/1/a.GIF?v=1', 'https://cdn.shopify.com/s/files/1/a.GIF?v=1'],
  ['https://elsewhere.example/a.png', 'https://elsewhere.example/a.png'],
])('asks for %s no larger than it is shown', (address, fitting) => {
  expect(fittingPicture(address, 300)).toBe(fitting);
});
