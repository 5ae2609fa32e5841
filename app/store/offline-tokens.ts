/** The shops' offline tokens, read and renewed through the session storage; one process at a time renews. */
import { Session } from '@shopify/shopify-api';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { sessions } from './schema';
import type { Db } from './scope';

/** Shopify's library names the one offline session of a shop so. */
export function offlineSessionId(shopDomain: string): string {
  return `offline_${shopDomain}`;
}

export interface StoredToken {
  accessToken: string;
  expiresAt: Date | null;
  refreshToken: string | null;
}

export function makeTokenStore({ db, sessionStorage }: { db: Db; sessionStorage: SessionStorage }) {
  return {
    async load(shopDomain: string): Promise<StoredToken | null> {
      const session = await sessionStorage.loadSession(offlineSessionId(shopDomain));
      if (!session?.accessToken) return null;
      const { accessToken, expires, refreshToken } = session;
      return { accessToken, expiresAt: expires ?? null, refreshToken: refreshToken ?? null };
    },

    /** Renews the stored session. One deleted meanwhile stays deleted: the shop uninstalled. */
    async save(
      shopDomain: string,
      token: StoredToken & { scope: string; refreshExpiresAt: Date | null },
    ): Promise<void> {
      const before = await sessionStorage.loadSession(offlineSessionId(shopDomain));
      if (!before) return;
      const session = new Session({
        ...before.toObject(),
        accessToken: token.accessToken,
        ...(token.scope === '' ? {} : { scope: token.scope }),
        ...(token.expiresAt ? { expires: token.expiresAt } : {}),
        ...(token.refreshToken === null ? {} : { refreshToken: token.refreshToken }),
        ...(token.refreshExpiresAt ? { refreshTokenExpires: token.refreshExpiresAt } : {}),
      });
      await sessionStorage.storeSession(session);
    },

    async forget(shopDomain: string): Promise<void> {
      await deleteSessionsOf(db, shopDomain);
    },

    /** Real time on purpose: the lease guards against crashes, not business hours. */
    async lease(shopDomain: string, seconds: number): Promise<boolean> {
      const rows = await db
        .update(sessions)
        .set({ refreshLeaseUntil: sql`now() + make_interval(secs => ${seconds})` })
        .where(
          and(
            eq(sessions.id, offlineSessionId(shopDomain)),
            or(isNull(sessions.refreshLeaseUntil), lt(sessions.refreshLeaseUntil, sql`now()`)),
          ),
        )
        .returning({ id: sessions.id });
      return rows.length > 0;
    },

    async release(shopDomain: string): Promise<void> {
      await db
        .update(sessions)
        .set({ refreshLeaseUntil: null })
        .where(eq(sessions.id, offlineSessionId(shopDomain)));
    },
  };
}

/** Deletes every session of a shop: its tokens are worth nothing once it uninstalled. */
export async function deleteSessionsOf(db: Pick<Db, 'delete'>, shopDomain: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.shop, shopDomain));
}
