import { HttpResponseError, InvalidJwtError, RequestedTokenType } from '@shopify/shopify-api';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestSandbox, type TestSandbox, usualScopes } from '../test-sandbox';

const shop = 'oauth-shop.myshopify.com';
const shopQuery = '{ shop { name } }';
let test: TestSandbox;

beforeAll(async () => {
  test = await startTestSandbox();
  test.sandbox.context.actions.createShop({ handle: 'oauth-shop', name: 'Oauth' });
  test.sandbox.context.actions.createShop({ handle: 'other-shop' });
  test.sandbox.context.actions.installApp(shop);
});
afterAll(() => test.close());
afterEach(() => {
  vi.useRealTimers();
});

const exchange = (sessionToken: string, requestedTokenType = RequestedTokenType.OfflineAccessToken, domain = shop) =>
  test.shopify.auth.tokenExchange({ shop: domain, sessionToken, requestedTokenType, expiring: true });

const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HttpResponseError)) throw error ?? new Error('It was not refused.');
  return { status: error.response.code, error: (error.response.body as { error?: string }).error };
};

const isAccepted = async (token: string | undefined) =>
  (await test.graphql(shop, token ?? '', shopQuery)).status === 200;

describe('token exchange, as the real client library asks for it', () => {
  it('gives an offline token for an hour with a refresh token for 90 days, and the granted scopes', async () => {
    const { session } = await exchange(test.idToken(shop));
    const inMinutes = (date: Date | undefined) => Math.round(((date?.getTime() ?? 0) - Date.now()) / 60_000);
    expect(session.isOnline).toBe(false);
    expect(session.scope).toBe(usualScopes);
    expect(inMinutes(session.expires)).toBe(60);
    expect(inMinutes(session.refreshTokenExpires)).toBe(90 * 24 * 60);
    expect(await isAccepted(session.accessToken)).toBe(true);
  });

  it('gives an online token with its user', async () => {
    const { session } = await exchange(test.idToken(shop), RequestedTokenType.OnlineAccessToken);
    expect(session.isOnline).toBe(true);
    expect(session.onlineAccessInfo?.associated_user).toMatchObject({ id: 90254163501, account_owner: true });
    expect(await isAccepted(session.accessToken)).toBe(true);
  });

  it('keeps only hashes of tokens', async () => {
    const { session } = await exchange(test.idToken(shop));
    const kept = JSON.stringify(test.sandbox.context.state.shop(shop).installation);
    expect(kept).not.toContain(session.accessToken);
    expect(kept).not.toContain(session.refreshToken);
  });

  it('refuses an id token of another shop, an expired one and a shop without the app, each as invalid_subject_token', async () => {
    const foreign = test.idToken('other-shop.myshopify.com');
    expect(await refusal(exchange(foreign))).toEqual({ status: 400, error: 'invalid_subject_token' });
    expect(await refusal(exchange(foreign, undefined, 'other-shop.myshopify.com'))).toEqual({
      status: 400,
      error: 'invalid_subject_token',
    });
    // The library lets 10 s pass after the expiry, the sandbox 5: the request reaches the sandbox.
    expect(await refusal(exchange(test.idToken(shop, -7)))).toEqual({ status: 400, error: 'invalid_subject_token' });
  });

  it('is never asked with a forged id token, for the library itself refuses it', async () => {
    const [header, body] = test.idToken(shop).split('.');
    await expect(exchange(`${header}.${body}.forged`)).rejects.toBeInstanceOf(InvalidJwtError);
  });

  it('refuses a forged id token and a wrong client secret that reach it anyway', async () => {
    const ask = async (change: Record<string, string>) => {
      const body = {
        client_id: 'test-api-key',
        client_secret: 'test-api-secret',
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: test.idToken(shop),
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        requested_token_type: RequestedTokenType.OfflineAccessToken,
        ...change,
      };
      const response = await fetch(`https://${shop}/admin/oauth/access_token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, error: ((await response.json()) as { error?: string }).error };
    };
    const [header, body] = test.idToken(shop).split('.');
    expect(await ask({ subject_token: `${header}.${body}.forged` })).toEqual({
      status: 400,
      error: 'invalid_subject_token',
    });
    expect(await ask({ client_secret: 'wrong' })).toEqual({ status: 400, error: 'invalid_client' });
    expect(await ask({})).toEqual({ status: 200, error: undefined });
  });
});

describe('refresh', () => {
  it('rotates, and keeps the old refresh token good until the new tokens are used', async () => {
    const { session } = await exchange(test.idToken(shop));
    const refresh = (refreshToken = '') => test.shopify.auth.refreshToken({ shop, refreshToken });
    const lost = await refresh(session.refreshToken);
    const second = await refresh(session.refreshToken);
    expect(second.session.refreshToken).not.toBe(session.refreshToken);
    expect(await isAccepted(lost.session.accessToken)).toBe(false);
    expect(await isAccepted(second.session.accessToken)).toBe(true);
    expect(await refusal(refresh(session.refreshToken))).toEqual({ status: 400, error: 'invalid_grant' });
    expect((await refresh(second.session.refreshToken)).session.accessToken).toBeTruthy();
  });

  it('ends the access token after an hour of real time, whatever the business clock says', async () => {
    const { session } = await exchange(test.idToken(shop));
    test.sandbox.context.clock.advance(40 * 24 * 3_600_000);
    expect(await isAccepted(session.accessToken)).toBe(true);
    vi.useFakeTimers({ now: Date.now() + 3_601_000, toFake: ['Date'] });
    expect(await isAccepted(session.accessToken)).toBe(false);
    const { session: fresh } = await test.shopify.auth.refreshToken({ shop, refreshToken: session.refreshToken ?? '' });
    expect(await isAccepted(fresh.accessToken)).toBe(true);
  });

  it('changes a token without expiry into one with', async () => {
    const { session } = await test.shopify.auth.tokenExchange({
      shop,
      sessionToken: test.idToken(shop),
      requestedTokenType: RequestedTokenType.OfflineAccessToken,
      expiring: false,
    });
    expect(session.expires).toBeUndefined();
    const { session: changed } = await test.shopify.auth.migrateToExpiringToken({
      shop,
      nonExpiringOfflineAccessToken: session.accessToken ?? '',
    });
    expect(changed.refreshToken).toBeTruthy();
    expect(await isAccepted(session.accessToken)).toBe(false);
  });
});

describe('the end of an installation', () => {
  it('kills every token at once and accepts new ones only after a new install', async () => {
    const { session } = await exchange(test.idToken(shop));
    test.sandbox.context.actions.uninstallApp(shop);
    const answer = await test.graphql(shop, session.accessToken ?? '', shopQuery);
    expect(answer.status).toBe(401);
    expect(answer.errors).toBe('[API] Invalid API key or access token (unrecognized login or wrong password)');
    expect(await refusal(exchange(test.idToken(shop)))).toEqual({ status: 400, error: 'invalid_subject_token' });
    test.sandbox.context.actions.installApp(shop);
    expect(await isAccepted(await test.offlineToken(shop))).toBe(true);
    expect(await isAccepted(session.accessToken)).toBe(false);
  });
});
