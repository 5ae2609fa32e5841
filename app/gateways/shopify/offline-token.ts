/** The shop's offline token, refreshed in time: Shopify's expire after an hour and are replaced, with their refresh token, at each refresh. */
import { z } from 'zod';
import { AdminError } from './admin-error';

export interface OfflineToken {
  accessToken: string;
  /** Null for tokens of old that never expire. */
  expiresAt: Date | null;
  refreshToken: string | null;
}

/** Where tokens are kept; the store fulfils it. */
export interface TokenStore {
  load(shopDomain: string): Promise<OfflineToken | null>;
  save(shopDomain: string, token: IssuedToken): Promise<void>;
  /** Forgets tokens Shopify no longer knows: the next login to the admin then fetches new ones. */
  forget(shopDomain: string): Promise<void>;
  /** True for one caller at a time, across processes, until released or `seconds` have passed. */
  lease(shopDomain: string, seconds: number): Promise<boolean>;
  release(shopDomain: string): Promise<void>;
}

export interface IssuedToken extends OfflineToken {
  scope: string;
  refreshExpiresAt: Date | null;
}

export interface OfflineTokenParts {
  tokens: TokenStore;
  apiKey: string;
  apiSecret: string;
  fetch?: typeof fetch;
  /** Real time, never the business clock. */
  realNow?: () => number;
  /** How long after a refusal Shopify is asked once more. */
  askAgainMs?: number;
}

export interface OfflineTokens {
  /**
   * A token good for at least a few minutes more.
   * @param options.refused the token Shopify just refused: another one is wanted
   * @throws AdminError
   */
  get(shopDomain: string, options?: { refused?: string }): Promise<string>;
}

/** Long enough that no request outlives its token, short enough that a token is used for most of its hour. */
const REFRESH_BEFORE_MS = 5 * 60_000;
const TIMEOUT_MS = 15_000;
const LEASE_SECONDS = 30;
const WAIT_MS = 250;
/** Forgotten tokens come back with the owner's next visit only, so a single refusal is not believed. */
const ASK_AGAIN_MS = 2000;

export function makeOfflineTokens(parts: OfflineTokenParts): OfflineTokens {
  const { realNow = Date.now } = parts;
  // Within this process callers share one refresh; the lease speaks for the others.
  const underWay = new Map<string, Promise<string>>();
  const isGood = (token: OfflineToken, refused?: string) =>
    token.accessToken !== refused &&
    (token.expiresAt === null || token.expiresAt.getTime() - realNow() > REFRESH_BEFORE_MS);

  async function load(shopDomain: string): Promise<OfflineToken> {
    const token = await parts.tokens.load(shopDomain);
    if (!token) throw new AdminError('unauthorized', 'The shop has no token');
    return token;
  }

  async function renew(shopDomain: string, refused?: string): Promise<string> {
    for (const giveUpAt = realNow() + LEASE_SECONDS * 1000; ; ) {
      const leased = await parts.tokens.lease(shopDomain, LEASE_SECONDS);
      try {
        // Another process may have refreshed it while we waited.
        const token = await load(shopDomain);
        if (isGood(token, refused)) return token.accessToken;
        if (leased) return await refresh(parts, shopDomain, token);
      } finally {
        if (leased) await parts.tokens.release(shopDomain);
      }
      if (realNow() > giveUpAt) throw new AdminError('unavailable', 'The token is being refreshed for too long');
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }

  return {
    async get(shopDomain, { refused } = {}) {
      const token = await load(shopDomain);
      if (isGood(token, refused)) return token.accessToken;
      const waiting = underWay.get(shopDomain);
      if (waiting) return waiting;
      const renewal = renew(shopDomain, refused).finally(() => underWay.delete(shopDomain));
      underWay.set(shopDomain, renewal);
      return renewal;
    },
  };
}

const issued = z.object({
  access_token: z.string().min(1),
  scope: z.string().default(''),
  expires_in: z.number().optional(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().optional(),
});

async function refresh(parts: OfflineTokenParts, shopDomain: string, token: OfflineToken): Promise<string> {
  const { realNow = Date.now, askAgainMs = ASK_AGAIN_MS } = parts;
  if (token.refreshToken === null) throw new AdminError('unauthorized', 'The token cannot be refreshed');
  let response = await askForNew(parts, shopDomain, token.refreshToken);
  let isDead = await isTokenDead(response);
  if (isDead) {
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    response = await askForNew(parts, shopDomain, token.refreshToken);
    isDead = await isTokenDead(response);
  }
  if (isDead) {
    // Kept, they would look good to the library until their hour is over, and no login would replace them.
    await parts.tokens.forget(shopDomain);
    throw new AdminError('unauthorized', `Shopify refused to refresh the token: ${response.status}`);
  }
  if (!response.ok) throw new AdminError('unavailable', `Shopify answered a token refresh with ${response.status}`);
  const read = issued.safeParse(await response.json().catch(() => null));
  if (!read.success) throw new AdminError('unavailable', 'Shopify answered a token refresh with something else');
  const after = (seconds: number | undefined) => (seconds === undefined ? null : new Date(realNow() + seconds * 1000));
  await parts.tokens.save(shopDomain, {
    accessToken: read.data.access_token,
    expiresAt: after(read.data.expires_in),
    refreshToken: read.data.refresh_token ?? token.refreshToken,
    refreshExpiresAt: after(read.data.refresh_token_expires_in),
    scope: read.data.scope,
  });
  return read.data.access_token;
}

function askForNew({ apiKey, apiSecret, fetch: call = fetch }: OfflineTokenParts, shopDomain: string, token: string) {
  return post(call, shopDomain, {
    client_id: apiKey,
    client_secret: apiSecret,
    grant_type: 'refresh_token',
    refresh_token: token,
  });
}

const refusal = z.object({ error: z.enum(['invalid_grant', 'invalid_request']) });

/**
 * Only these words speak of the refresh token. Anything else speaks of the moment or the set-up (a wrong secret is
 * `invalid_client`, a frozen shop 402, a locked one 423), and the token is good again once that is mended.
 */
async function isTokenDead(response: Response): Promise<boolean> {
  if (response.status !== 400 && response.status !== 401) return false;
  return refusal.safeParse(await response.json().catch(() => null)).success;
}

async function post(call: typeof fetch, shopDomain: string, body: object): Promise<Response> {
  try {
    return await call(`https://${shopDomain}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new AdminError('unavailable', 'Shopify was not reached for a token refresh');
  }
}
