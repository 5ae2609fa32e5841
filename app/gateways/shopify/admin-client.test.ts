// The client against the sandbox's Shopify: tokens, throttling, troubles, and what each document costs.
import { type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { maximumSingleCost, requestedCost } from '../../../sandbox/shopify/graphql/cost';
import { loadAdminSchema } from '../../../sandbox/shopify/schema/load';
import { startTestSandbox, type TestSandbox } from '../../../sandbox/shopify/test-sandbox';
import { makeLogger } from '../../log.server';
import { makeAdminClient } from './admin-client';
import { AdminError } from './admin-error';
import { ALL_DOCUMENTS } from './documents';
import { customerDocument, customerGid } from './documents/customer';
import type { AdminDocument } from './documents/document';
import { shopDocument } from './documents/shop';
import { type IssuedToken, makeOfflineTokens, type TokenStore } from './offline-token';

const SHOP = 'client-shop.myshopify.com';
const SEEN_AT = '2026-11-22T10:00:00.000000000Z';
let test: TestSandbox;
let store: TokenStore & { token: IssuedToken | null; saves: number };

/** A token store of one shop in memory, with the same lease as the database's. */
function memoryStore(): typeof store {
  let leased = false;
  return {
    token: null,
    saves: 0,
    async load() {
      return this.token;
    },
    async save(_shop, token) {
      this.saves += 1;
      this.token = token;
    },
    async forget() {
      this.token = null;
    },
    async lease() {
      if (leased) return false;
      leased = true;
      return true;
    },
    async release() {
      leased = false;
    },
  };
}

const login = async () => {
  const { session } = await test.shopify.auth.tokenExchange({
    shop: SHOP,
    sessionToken: test.idToken(SHOP),
    requestedTokenType: 'urn:shopify:params:oauth:token-type:offline-access-token' as never,
    expiring: true,
  });
  store.token = {
    accessToken: session.accessToken ?? '',
    expiresAt: session.expires ?? null,
    refreshToken: session.refreshToken ?? null,
    refreshExpiresAt: session.refreshTokenExpires ?? null,
    scope: session.scope ?? '',
  };
};

const client = () => {
  const tokens = makeOfflineTokens({ tokens: store, apiKey: 'test-api-key', apiSecret: 'test-api-secret' });
  return makeAdminClient({ tokens, log: makeLogger('silent') });
};
const kindOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'answered',
    (error: unknown) => (error instanceof AdminError ? error.kind : String(error)),
  );

beforeAll(async () => {
  test = await startTestSandbox();
  test.sandbox.context.actions.createShop({ handle: 'client-shop', name: 'Client shop' });
  test.sandbox.context.actions.installApp(SHOP);
  store = memoryStore();
  await login();
});
afterEach(async () => {
  vi.useRealTimers();
  Object.assign(test.sandbox.context.faults, { down: false, throttled: false, slowMs: 0 });
  await login();
});
afterAll(() => test.close());

describe('asking', () => {
  it('reads the shop', async () => {
    const shop = await client().run(SHOP, shopDocument(SEEN_AT));
    expect(shop).toMatchObject({
      name: 'Client shop',
      seenAt: SEEN_AT,
      url: expect.stringContaining('/shop/client-shop'),
    });
  });

  it('answers null for what Shopify does not have', async () => {
    expect(await client().run(SHOP, customerDocument(SEEN_AT), { id: customerGid('404') })).toBeNull();
  });

  it('keeps ids beyond 2^53 exact', async () => {
    const { id } = test.sandbox.context.actions.createCustomer(SHOP, { email: 'exact@example.com' });
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n);
    expect((await client().run(SHOP, customerDocument(SEEN_AT), { id: customerGid(id) }))?.id).toBe(id);
  });

  it('says unavailable when Shopify is down or not there, and refused when the question is wrong', async () => {
    test.sandbox.context.faults.down = true;
    expect(await kindOf(client().run(SHOP, shopDocument(SEEN_AT)))).toBe('unavailable');
    test.sandbox.context.faults.down = false;
    const wrong: AdminDocument<unknown> = {
      name: 'Wrong',
      text: 'query Wrong { shop { shoe } }',
      read: (data) => data,
    };
    expect(await kindOf(client().run(SHOP, wrong))).toBe('refused');
    const unreachable = makeAdminClient({
      tokens: { get: async () => 'token' },
      log: makeLogger('silent'),
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    expect(await kindOf(unreachable.run(SHOP, shopDocument(SEEN_AT)))).toBe('unavailable');
  });

  it('waits out throttling', async () => {
    let answers = 0;
    const throttled = makeAdminClient({
      tokens: { get: async () => 'token' },
      log: makeLogger('silent'),
      fetch: async () => {
        answers += 1;
        if (answers > 2) return Response.json({ data: { customer: null } });
        const cost = { requestedQueryCost: 12, throttleStatus: { currentlyAvailable: 2, restoreRate: 100 } };
        return Response.json({
          errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
          extensions: { cost },
        });
      },
    });
    expect(await throttled.run(SHOP, customerDocument(SEEN_AT), { id: customerGid('1') })).toBeNull();
    expect(answers).toBe(3);
  });

  it('gives throttling up in the end', async () => {
    const never = makeAdminClient({
      tokens: { get: async () => 'token' },
      log: makeLogger('silent'),
      fetch: async () => new Response(null, { status: 429, headers: { 'Retry-After': '60' } }),
    });
    expect(await kindOf(never.run(SHOP, shopDocument(SEEN_AT)))).toBe('throttled');
  });

  it.each([
    ['nothing at all', null, 2000],
    ['seconds', '1.5', 1500],
    ['no time', '0', 2000],
    ['a date', 'Sun, 22 Nov 2026 10:00:04 GMT', 4000],
    ['a date gone by', 'Wed, 21 Oct 2026 07:28:00 GMT', 2000],
    ['nonsense', 'soon', 2000],
  ])('waits before it asks again when a 429 says %s', async (_what, said, wait) => {
    vi.useFakeTimers({ now: Date.parse('2026-11-22T10:00:00Z') });
    let asked = 0;
    const refusing = makeAdminClient({
      tokens: { get: async () => 'token' },
      log: makeLogger('silent'),
      fetch: async () => {
        asked += 1;
        return new Response(null, { status: 429, headers: said === null ? {} : { 'Retry-After': said } });
      },
    });
    const asking = kindOf(refusing.run(SHOP, shopDocument(SEEN_AT)));
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await asking).toBe('throttled');
  });

  it('leaves points to others where it can wait, before it asks for more', async () => {
    const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 300, restoreRate: 100 };
    const cost = { requestedQueryCost: 10, throttleStatus };
    const parts = {
      tokens: { get: async () => 'token' },
      log: makeLogger('silent'),
      fetch: async () => Response.json({ data: { shop: null }, extensions: { cost } }),
    };
    vi.useFakeTimers();
    const waitOf = async (leaves: number) => {
      const started = Date.now();
      const asking = kindOf(makeAdminClient({ ...parts, leaves }).run(SHOP, shopDocument(SEEN_AT)));
      await vi.runAllTimersAsync();
      await asking;
      return Date.now() - started;
    };
    expect(await waitOf(0.5)).toBe(7000);
    expect(await waitOf(0)).toBe(0);
  });

  it('does not take an answer of another shape for an answer', async () => {
    const other = makeAdminClient({
      tokens: { get: async () => 'token' },
      log: makeLogger('silent'),
      fetch: async () => new Response('<html>', { status: 200 }),
    });
    expect(await kindOf(other.run(SHOP, shopDocument(SEEN_AT)))).toBe('unavailable');
  });
});

describe('the offline token', () => {
  it('is replaced once when Shopify refuses it', async () => {
    if (store.token) store.token.accessToken = 'shpat_revoked';
    expect(await kindOf(client().run(SHOP, shopDocument(SEEN_AT)))).toBe('answered');
  });

  it('that cannot be had means unauthorized', async () => {
    const kept = store.token;
    store.token = null;
    expect(await kindOf(client().run(SHOP, shopDocument(SEEN_AT)))).toBe('unauthorized');
    store.token = kept && { ...kept, accessToken: 'shpat_wrong', refreshToken: 'shprt_wrong' };
    expect(await kindOf(client().run(SHOP, shopDocument(SEEN_AT)))).toBe('unauthorized');
    expect(store.token).toBeNull();
    store.token = kept;
  });

  it('that Shopify does not refuse itself is kept: what is wrong may be mended', async () => {
    const expired = { ...(store.token as IssuedToken), expiresAt: new Date(0) };
    const answers = [
      ...[402, 403, 404, 408, 423, 429].map((status) => new Response('<html>', { status })),
      Response.json({ error: 'invalid_client' }, { status: 400 }),
      Response.json({ error: 'invalid_client' }, { status: 401 }),
      new Response('<html>', { status: 401 }),
    ];
    for (const answer of answers) {
      store.token = expired;
      const credentials = { apiKey: 'test-api-key', apiSecret: 'wrong' };
      const tokens = makeOfflineTokens({ tokens: store, ...credentials, fetch: async () => answer });
      expect(await kindOf(tokens.get(SHOP))).toBe('unavailable');
      expect(store.token).toBe(expired);
    }
  });

  let kept: IssuedToken | null;

  it.each(['invalid_grant', 'invalid_request'])('that Shopify calls %s twice is forgotten', async (error) => {
    kept ??= store.token;
    store.token = { ...(kept as IssuedToken), expiresAt: new Date(0) };
    const credentials = { apiKey: 'test-api-key', apiSecret: 'test-api-secret' };
    const fetch = async () => Response.json({ error }, { status: 400 });
    const tokens = makeOfflineTokens({ tokens: store, ...credentials, fetch, askAgainMs: 0 });
    expect(await kindOf(tokens.get(SHOP))).toBe('unauthorized');
    expect(store.token).toBeNull();
  });

  it('that Shopify refuses to refresh only once is refreshed all the same', async () => {
    store.token = { ...(kept as IssuedToken), expiresAt: new Date(0) };
    const credentials = { apiKey: 'test-api-key', apiSecret: 'test-api-secret' };
    const answers = [
      Response.json({ error: 'invalid_grant' }, { status: 400 }),
      Response.json({ access_token: 'shpat_new', expires_in: 3600, refresh_token: 'shprt_new' }),
    ];
    const fetch = async () => answers.shift() ?? Response.error();
    const tokens = makeOfflineTokens({ tokens: store, ...credentials, fetch, askAgainMs: 0 });
    expect(await tokens.get(SHOP)).toBe('shpat_new');
    expect(store.token).toMatchObject({ accessToken: 'shpat_new', refreshToken: 'shprt_new' });
    store.token = kept;
  });

  // From here on time is moved, and the sandbox's bucket of points does not like it moved back.
  it('is refreshed a few minutes before it expires, once for all who ask at that moment', async () => {
    const before = store.token?.accessToken;
    const saves = store.saves;
    vi.useFakeTimers({ now: Date.now() + 56 * 60_000, toFake: ['Date'] });
    const asking = client();
    await Promise.all(Array.from({ length: 6 }, () => asking.run(SHOP, shopDocument(SEEN_AT))));
    expect(store.saves).toBe(saves + 1);
    expect(store.token?.accessToken).not.toBe(before);
  });

  it('is refreshed by one of two processes at a time', async () => {
    const saves = store.saves;
    vi.useFakeTimers({ now: Date.now() + 58 * 60_000, toFake: ['Date'] });
    await Promise.all([client().run(SHOP, shopDocument(SEEN_AT)), client().run(SHOP, shopDocument(SEEN_AT))]);
    expect(store.saves).toBe(saves + 1);
  });

  it('is not refreshed while Shopify is down: that is worth waiting for', async () => {
    vi.useFakeTimers({ now: Date.now() + 58 * 60_000, toFake: ['Date'] });
    test.sandbox.context.faults.down = true;
    expect(await kindOf(client().run(SHOP, shopDocument(SEEN_AT)))).toBe('unavailable');
  });
});

describe('the documents', () => {
  it.each(ALL_DOCUMENTS.filter(({ name }) => !name.endsWith('InBulk')))(
    '$name costs less than one question may',
    ({ text }) => {
      const document = parse(text);
      const operation = document.definitions.find(
        (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition',
      );
      if (!operation) throw new Error('No operation');
      expect(requestedCost(loadAdminSchema().schema, document, operation, {})).toBeLessThanOrEqual(maximumSingleCost);
    },
  );
});
