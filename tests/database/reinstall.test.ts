// A page of the admin asked for while the app is taken out must not bring the shop back without a token.
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listImports } from '../../app/store/imports';
import { deleteSessionsOf, offlineSessionId } from '../../app/store/offline-tokens';
import { findShopRow, markUninstalled } from '../../app/store/shops';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const isGone = async (shopId: number) => (await door.inShop(shopId, findShopRow))?.uninstalledAt !== null;

async function logIn(domain: string): Promise<void> {
  const id = offlineSessionId(domain);
  const session = new Session({ id, shop: domain, state: '', isOnline: false, accessToken: 'shpat_test', scope: '' });
  await door.sessionStorage.storeSession(session);
}

it('a shop that uninstalled stays so for whoever has no token, and comes back with one', async () => {
  const { shopId, domain } = await door.install();
  await door.inShop(shopId, (shop) => markUninstalled(shop, door.clock.now()));
  await door.onInstalled({ shopDomain: domain, scopes: 'read_orders' });
  expect(await isGone(shopId)).toBe(true);
  expect(await door.inShop(shopId, listImports)).toEqual([]);
  await logIn(domain);
  await door.onInstalled({ shopDomain: domain, scopes: 'read_orders' });
  expect(await isGone(shopId)).toBe(false);
  expect(await door.inShop(shopId, listImports)).toHaveLength(4);
});

it('a login that races the uninstall waits for it, and loses', async () => {
  const { shopId, domain } = await door.install();
  await logIn(domain);
  let racing: Promise<void> = Promise.resolve();
  await door.inShop(shopId, async (shop) => {
    await markUninstalled(shop, door.clock.now());
    racing = door.onInstalled({ shopDomain: domain, scopes: 'read_orders' });
    await deleteSessionsOf(shop.tx, domain);
  });
  await racing;
  expect(await isGone(shopId)).toBe(true);
});
