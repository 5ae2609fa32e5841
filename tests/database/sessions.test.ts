// Tokens at rest: sealed, openable after a change of keys, renewed by one process at a time, gone with the shop.
import { randomBytes } from 'node:crypto';
import { Session } from '@shopify/shopify-api';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { makeSecretBox } from '../../app/lib/secret-box';
import { deleteSessionsOf, makeTokenStore, offlineSessionId } from '../../app/store/offline-tokens';
import { sessions } from '../../app/store/schema';
import { makeSessionStorage } from '../../app/store/session-storage';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const SHOP = 'tokens.myshopify.com';
const oldKey = `old:${randomBytes(32).toString('base64')}`;
const newKey = `new:${randomBytes(32).toString('base64')}`;
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const storageWith = (keys: string) => makeSessionStorage(connection.db, makeSecretBox(keys));
const session = (accessToken = 'shpat_first', refreshToken = 'shprt_first') =>
  new Session({
    ...{ id: offlineSessionId(SHOP), shop: SHOP, state: '', isOnline: false, scope: 'read_orders' },
    ...{ accessToken, refreshToken, expires: new Date('2030-01-01T00:00:00Z') },
  });
const stored = async () =>
  (
    await connection.db
      .select()
      .from(sessions)
      .where(eq(sessions.id, offlineSessionId(SHOP)))
  )[0];

describe('stored tokens', () => {
  it('cannot be read from the table, only through the storage', async () => {
    const storage = storageWith(oldKey);
    await storage.storeSession(session());
    const row = await stored();
    expect(row?.accessToken).toMatch(/^v1:old:/);
    expect(JSON.stringify(row)).not.toMatch(/shpat_|shprt_/);
    expect(await storage.loadSession(offlineSessionId(SHOP))).toMatchObject({
      accessToken: 'shpat_first',
      refreshToken: 'shprt_first',
    });
  });

  it('open after a new key came first, are sealed with it when next stored, and are no tokens once their key is gone', async () => {
    await storageWith(oldKey).storeSession(session());
    const rotated = storageWith(`${newKey},${oldKey}`);
    const loaded = await rotated.loadSession(offlineSessionId(SHOP));
    expect(loaded?.accessToken).toBe('shpat_first');
    if (loaded) await rotated.storeSession(loaded);
    expect((await stored())?.accessToken).toMatch(/^v1:new:/);
    expect((await storageWith(newKey).loadSession(offlineSessionId(SHOP)))?.accessToken).toBe('shpat_first');
    expect((await storageWith(oldKey).loadSession(offlineSessionId(SHOP)))?.accessToken).toBeUndefined();
  });
});

describe('renewing a token', () => {
  const tokens = () => makeTokenStore({ db: connection.db, sessionStorage: storageWith(newKey) });
  const renewed = {
    ...{ accessToken: 'shpat_second', refreshToken: 'shprt_second', scope: 'read_orders,read_products' },
    ...{ expiresAt: new Date('2031-01-01T00:00:00Z'), refreshExpiresAt: new Date('2032-01-01T00:00:00Z') },
  };

  it('is one process’s business at a time, until it is done or has died', async () => {
    await storageWith(newKey).storeSession(session());
    const leases = await Promise.all(Array.from({ length: 5 }, () => tokens().lease(SHOP, 60)));
    expect(leases.filter(Boolean)).toHaveLength(1);
    await tokens().release(SHOP);
    expect(await tokens().lease(SHOP, 0)).toBe(true);
    expect(await tokens().lease(SHOP, 60)).toBe(true);
    await tokens().release(SHOP);
  });

  it('replaces both tokens', async () => {
    await storageWith(newKey).storeSession(session());
    await tokens().save(SHOP, renewed);
    expect(await tokens().load(SHOP)).toEqual({
      accessToken: 'shpat_second',
      refreshToken: 'shprt_second',
      expiresAt: renewed.expiresAt,
    });
    expect((await stored())?.scope).toBe('read_orders,read_products');
  });

  it('does not bring back what an uninstall deleted', async () => {
    await storageWith(newKey).storeSession(session());
    await deleteSessionsOf(connection.db, SHOP);
    await tokens().save(SHOP, renewed);
    expect(await tokens().load(SHOP)).toBeNull();
    expect(await tokens().lease(SHOP, 60)).toBe(false);
  });
});
