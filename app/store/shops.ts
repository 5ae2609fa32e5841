/** A shop's own row: installed or gone, what Shopify says of it, how far the mirror reaches. The owner's settings: `shop-settings`. */
import { eq, sql } from 'drizzle-orm';
import type { Shop } from '../domain/shop';
import type { ShopSnapshot } from '../domain/snapshot';
import { sessions, shops } from './schema';
import type { ShopScope } from './scope';
import { toShop } from './shop-settings';

export { findShopId } from './shop-domains';

/** The shop as decisions see it; null until it was installed for the first time, and after shop/redact. */
export async function findShop(shop: ShopScope): Promise<Shop | null> {
  const row = await findShopRow(shop);
  return row && toShop(row);
}

export type ShopRow = typeof shops.$inferSelect;

/** The whole row, for the pipeline's own marks. */
export async function findShopRow(shop: ShopScope): Promise<ShopRow | null> {
  const [row] = await shop.tx.select().from(shops).where(eq(shops.shopId, shop.shopId));
  return row ?? null;
}

/**
 * Marks the shop installed. Called twice at the same time on every install, and again on each new login: only a first
 * install or a reinstall changes anything. A shop that uninstalled comes back with a token alone: its uninstall deleted
 * the sessions in the transaction that marked it, so whoever was asked just before cannot bring it back.
 * @returns whether it was newly installed
 */
export async function markInstalled(
  shop: ShopScope,
  { domain, scopes, at }: { domain: string; scopes: string; at: Date },
): Promise<boolean> {
  await shop.tx.insert(shops).values({ shopId: shop.shopId, domain }).onConflictDoNothing();
  // Takes the row's lock: an uninstall under way is over, and its sessions gone, before they are looked for.
  await shop.tx.update(shops).set({ grantedScopes: scopes }).where(eq(shops.shopId, shop.shopId));
  const rows = await shop.tx
    .update(shops)
    .set({ installedAt: at, uninstalledAt: null, redactedAt: null, ordersKnownUntil: null })
    .where(
      sql`${shops.shopId} = ${shop.shopId} and (installed_at is null or uninstalled_at is not null and exists (
        select from ${sessions} where ${sessions.shop} = ${domain} and ${sessions.accessToken} is not null))`,
    )
    .returning({ shopId: shops.shopId });
  return rows.length > 0;
}

/** Nothing is sent from here on; everything is kept for a reinstall until shop/redact. */
export async function markUninstalled(shop: ShopScope, at: Date): Promise<void> {
  await shop.tx.update(shops).set({ uninstalledAt: at, reconcileDueAt: null }).where(eq(shops.shopId, shop.shopId));
}

export async function setGrantedScopes(shop: ShopScope, scopes: readonly string[]): Promise<void> {
  await shop.tx
    .update(shops)
    .set({ grantedScopes: scopes.join(',') })
    .where(eq(shops.shopId, shop.shopId));
}

/** Keeps what Shopify says of the shop when it is newer than what is known; what was not told stays. */
export async function updateShopFrom(shop: ShopScope, told: ShopSnapshot): Promise<boolean> {
  const { updatedAt, seenAt, shopifyId, name, email, currency, timeZone, country, locale, url, address } = told;
  const rows = await shop.tx
    .update(shops)
    .set({
      ...(shopifyId === undefined ? {} : { shopifyId }),
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(currency === undefined ? {} : { currency }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(country === undefined ? {} : { country }),
      ...(locale === undefined ? {} : { locale }),
      ...(url === undefined ? {} : { url }),
      ...(address === undefined ? {} : { address }),
      ...(updatedAt === null ? {} : { sourceUpdatedAt: updatedAt }),
      sourceSeenAt: seenAt,
    })
    .where(
      sql`${shops.shopId} = ${shop.shopId} and (source_updated_at is null or source_updated_at <= coalesce(${updatedAt?.toISOString() ?? null}, source_updated_at)) and source_seen_at < ${seenAt}`,
    )
    .returning({ shopId: shops.shopId });
  return rows.length > 0;
}

/** Every order Shopify updated before `until` is in the mirror now. Never moves back. */
export async function moveOrdersKnownUntil(shop: ShopScope, until: Date): Promise<void> {
  await shop.tx
    .update(shops)
    .set({ ordersKnownUntil: sql`greatest(${shops.ordersKnownUntil}, ${until.toISOString()}::timestamptz)` })
    .where(eq(shops.shopId, shop.shopId));
}

/** Everything Shopify changed before `until` was asked for; next look at `dueAt`. */
export async function markReconciled(
  shop: ShopScope,
  { until, dueAt }: { until: Date; dueAt?: Date | null },
): Promise<void> {
  await shop.tx
    .update(shops)
    .set({
      reconciledUntil: sql`greatest(${shops.reconciledUntil}, ${until.toISOString()}::timestamptz)`,
      ...(dueAt === undefined ? {} : { reconcileDueAt: dueAt }),
    })
    .where(eq(shops.shopId, shop.shopId));
}
