/** Shopify's sessions in Postgres with their tokens sealed: a copy of the database opens no store. Used by Shopify's library and the Admin API client. */
import { Session } from '@shopify/shopify-api';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import { DrizzleSessionStoragePostgres } from '@shopify/shopify-app-session-storage-drizzle';
import type { SecretBox } from '../lib/secret-box';
import { sessions } from './schema';
import type { Db } from './scope';

/** Tokens are bound to the session they belong to: moved to another row, they do not open. */
export function makeSessionStorage(db: Db, box: SecretBox): SessionStorage {
  // The adapter's type lists its own columns exactly; ours has them all and one more.
  const table = sessions as unknown as ConstructorParameters<typeof DrizzleSessionStoragePostgres>[1];
  const plain = new DrizzleSessionStoragePostgres(db, table);
  const opened = (session: Session) =>
    withTokens(session, (token) => (token ? (box.open(token, session.id) ?? undefined) : undefined));
  return {
    storeSession: (session) => plain.storeSession(withTokens(session, (token) => token && box.seal(token, session.id))),
    async loadSession(id) {
      const session = await plain.loadSession(id);
      return session && opened(session);
    },
    deleteSession: (id) => plain.deleteSession(id),
    deleteSessions: (ids) => plain.deleteSessions(ids),
    findSessionsByShop: async (shop) => (await plain.findSessionsByShop(shop)).map(opened),
  };
}

/** A copy with both tokens changed. A token whose key is gone is no token: Shopify's library asks for a new one. */
function withTokens(session: Session, change: (token: string | undefined) => string | undefined): Session {
  const copy = new Session(session.toObject());
  for (const name of ['accessToken', 'refreshToken'] as const) {
    const token = change(session[name]);
    if (token === undefined) delete copy[name];
    else copy[name] = token;
  }
  return copy;
}
