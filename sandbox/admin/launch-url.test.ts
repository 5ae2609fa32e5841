import '@shopify/shopify-api/adapters/node';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { describe, expect, it } from 'vitest';
import { issueIdToken } from '../shopify/id-token';
import { encodeHost, type Launch, launchUrl } from './launch-url';

const apiKey = 'key-of-the-app';
const apiSecret = 'secret-of-the-app';
const shop = 'maison-lune.myshopify.com';

/** The library the app itself uses to check what Shopify sends. */
const shopify = shopifyApi({
  apiKey,
  apiSecretKey: apiSecret,
  hostName: 'app.example',
  apiVersion: ApiVersion.October26,
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
});

function launch(change: Partial<Launch> = {}): URL {
  const idToken = issueIdToken({ apiKey, apiSecret, shop, userId: '1' });
  const usual = {
    appUrl: 'http://127.0.0.1:4000',
    apiSecret,
    shop,
    path: '',
    idToken,
    locale: 'fr',
    session: 'abc',
    now: Date.now(),
  };
  return new URL(launchUrl({ ...usual, ...change }));
}

const query = (url: URL) => Object.fromEntries(url.searchParams);

describe('the address the admin opens in the frame', () => {
  it('carries an HMAC, a host and an id token that Shopify’s own library accepts', async () => {
    const url = launch({ path: 'scenarios/welcome?tab=a b&c=é+"' });
    expect(url.pathname).toBe('/app/scenarios/welcome');
    expect(url.searchParams.get('tab')).toBe('a b');
    expect(await shopify.utils.validateHmac(query(url))).toBe(true);
    expect(shopify.utils.sanitizeHost(url.searchParams.get('host') ?? '', true)).toBe(encodeHost(shop));
    expect(shopify.utils.sanitizeShop(url.searchParams.get('shop') ?? '', true)).toBe(shop);
    const claims = await shopify.session.decodeSessionToken(url.searchParams.get('id_token') ?? '');
    expect([claims.dest, claims.aud]).toEqual([`https://${shop}`, apiKey]);
  });

  it('is refused by that library once anything in it is changed', async () => {
    const url = launch();
    url.searchParams.set('shop', 'other.myshopify.com');
    expect(await shopify.utils.validateHmac(query(url))).toBe(false);
  });

  it('opens the start page without a slash at its end', () => {
    expect(launch().pathname).toBe('/app');
    expect(launch({ path: '/' }).pathname).toBe('/app');
  });

  it('cannot be led out of the app, nor be given another shop or token by the address bar', () => {
    for (const path of [
      '../auth/login',
      '//evil.example/x',
      '/\\evil.example',
      'http://evil.example/',
      '%2e%2e/%2e%2e/auth',
    ]) {
      const url = launch({ path });
      expect(url.origin, path).toBe('http://127.0.0.1:4000');
      expect(`${url.pathname}/`, path).toMatch(/^\/app\//);
    }
    const url = launch({ path: '?shop=other.myshopify.com&id_token=forged&hmac=forged&embedded=0' });
    expect(url.searchParams.getAll('shop')).toEqual([shop]);
    expect(url.searchParams.getAll('embedded')).toEqual(['1']);
    expect(url.searchParams.get('id_token')).not.toBe('forged');
    expect(url.searchParams.getAll('hmac')).toHaveLength(1);
  });
});
