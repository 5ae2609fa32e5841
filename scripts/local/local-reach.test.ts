import { expect, it } from 'vitest';
import { makeLookAtAddress } from '../../app/gateways/web/look-at-address';
import { localReach } from './local-reach';

const reach = localReach('http://127.0.0.1:4400');

it('knows the store of a local run, and nothing else of this machine', () => {
  const near = ['http://127.0.0.1:4400/shop/a', 'https://shop.myshopify.com/'];
  const far = [
    'http://127.0.0.1:4401/',
    'http://localhost:4400/',
    'https://myshopify.com.example/',
    'https://a.example/',
  ];
  expect(near.map((url) => reach.isNearby(new URL(url)))).toEqual([true, true]);
  expect(far.map((url) => reach.isNearby(new URL(url)))).toEqual([false, false, false, false]);
});

it('says of the web outside that it gave no answer, rather than that a link is broken', async () => {
  const seen = await makeLookAtAddress(reach)('https://instagram.com/lune', { size: false });
  expect(seen).toEqual({ state: 'no-answer' });
});
