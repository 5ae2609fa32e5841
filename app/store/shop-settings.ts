/** The shop row as decisions see it, with the owner's settings over the defaults. */
import { eq, sql } from 'drizzle-orm';
import type { FoundBrand } from '../domain/brand';
import { DEFAULT_SHOP_SETTINGS, type Shop, type ShopSettings } from '../domain/shop';
import { knownZone } from '../lib/time-zone';
import { shops } from './schema';
import type { ShopScope } from './scope';

type ShopRow = typeof shops.$inferSelect;

/** A stored row in the domain's words. */
export function toShop(row: ShopRow): Shop & { settingsVersion: number } {
  const { brand } = DEFAULT_SHOP_SETTINGS;
  const settings: ShopSettings = {
    ...DEFAULT_SHOP_SETTINGS,
    ...row.settings,
    brand: { ...brand, ...row.settings.brand },
  };
  // Until Shopify has told the storefront's address, the shop's own domain leads there too.
  const url = row.url || `https://${row.domain}`;
  const pace = { name: row.mailPace, since: row.mailPaceSince, facts: row.mailPaceFacts };
  return { ...row, id: row.shopId, url, timeZone: knownZone(row.timeZone), settings, pace };
}

/**
 * The shop of this scope.
 * @throws when it has no row: callers speak for a shop that was installed once
 */
export async function loadShop(shop: ShopScope): Promise<Shop & { settingsVersion: number }> {
  const [row] = await shop.tx.select().from(shops).where(eq(shops.shopId, shop.shopId));
  if (!row) throw new Error(`Shop ${shop.shopId} has no row`);
  return toShop(row);
}

/** The same, locked until the transaction ends: settings that are laid over others must know the latest. */
export async function lockShop(shop: ShopScope): Promise<Shop & { settingsVersion: number }> {
  await shop.tx.select({ shopId: shops.shopId }).from(shops).where(eq(shops.shopId, shop.shopId)).for('no key update');
  return loadShop(shop);
}

/**
 * Replaces the owner's settings; what was compiled for the old ones is stale from now on. Whoever keeps a part of the old ones holds
 * `lockShop`.
 */
export async function saveShopSettings(shop: ShopScope, settings: ShopSettings): Promise<void> {
  await shop.tx
    .update(shops)
    .set({ settings, settingsVersion: sql`${shops.settingsVersion} + 1` })
    .where(eq(shops.shopId, shop.shopId));
}

/** Keeps the brand that the store's theme shows now. */
export async function saveFoundBrand(shop: ShopScope, found: FoundBrand): Promise<void> {
  await shop.tx
    .update(shops)
    .set({ foundBrand: found, settingsVersion: sql`${shops.settingsVersion} + 1` })
    .where(eq(shops.shopId, shop.shopId));
}

/** Puts the setup guide away at this moment, or back with null. */
export async function setSetupHidden(shop: ShopScope, setupHiddenAt: Date | null): Promise<void> {
  await shop.tx.update(shops).set({ setupHiddenAt }).where(eq(shops.shopId, shop.shopId));
}

/** Pauses everything from this moment, or resumes with null. */
export async function setShopPaused(shop: ShopScope, pausedAt: Date | null): Promise<void> {
  await shop.tx.update(shops).set({ pausedAt }).where(eq(shops.shopId, shop.shopId));
}
