/** The domain a shop sends from, and how it stood at the last look. Rules: `domain/domain-proof`. */
import { and, eq, isNull, lte } from 'drizzle-orm';
import { authenticatedDomains, shops } from './schema';
import type { Db, ShopScope } from './scope';

export type AuthenticatedDomain = typeof authenticatedDomains.$inferSelect;

/** Null while the shop has none of its own. */
export async function findDomain(shop: ShopScope): Promise<AuthenticatedDomain | null> {
  const [row] = await shop.tx.select().from(authenticatedDomains).where(ofShop(shop));
  return row ?? null;
}

/** The same, for a change: nobody else changes it until the transaction ends. */
export async function lockDomain(shop: ShopScope): Promise<AuthenticatedDomain | null> {
  const [row] = await shop.tx.select().from(authenticatedDomains).where(ofShop(shop)).for('update');
  return row ?? null;
}

/** @returns false where the shop has one already */
export async function addDomain(
  shop: ShopScope,
  domain: Omit<typeof authenticatedDomains.$inferInsert, 'shopId'>,
): Promise<boolean> {
  const made = await shop.tx
    .insert(authenticatedDomains)
    .values({ shopId: shop.shopId, ...domain })
    .onConflictDoNothing()
    .returning({ shopId: authenticatedDomains.shopId });
  return made.length > 0;
}

export async function updateDomain(
  shop: ShopScope,
  change: Partial<Omit<AuthenticatedDomain, 'shopId'>>,
): Promise<void> {
  await shop.tx.update(authenticatedDomains).set(change).where(ofShop(shop));
}

export async function removeDomain(shop: ShopScope): Promise<void> {
  await shop.tx.delete(authenticatedDomains).where(ofShop(shop));
}

/** Whether the shop's own sender rests for now. */
export async function holdSender(shop: ShopScope, held: boolean): Promise<void> {
  await shop.tx.update(shops).set({ senderHeld: held }).where(eq(shops.shopId, shop.shopId));
}

/** Shops whose domain wants a look: the worker's role sees those of everybody. */
export async function findDomainLooksDue(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .select({ shopId: authenticatedDomains.shopId })
    .from(authenticatedDomains)
    .innerJoin(shops, and(eq(shops.shopId, authenticatedDomains.shopId), isNull(shops.uninstalledAt)))
    .where(lte(authenticatedDomains.lookDueAt, now))
    .limit(100);
  return rows.map((row) => row.shopId);
}

/** Moves a look on. Answers whether it was still due: whoever gets a yes carries it out. */
export async function takeDomainLook(shop: ShopScope, { now, nextAt }: { now: Date; nextAt: Date }): Promise<boolean> {
  const rows = await shop.tx
    .update(authenticatedDomains)
    .set({ lookDueAt: nextAt })
    .where(and(ofShop(shop), lte(authenticatedDomains.lookDueAt, now)))
    .returning({ shopId: authenticatedDomains.shopId });
  return rows.length > 0;
}

const ofShop = (shop: ShopScope) => eq(authenticatedDomains.shopId, shop.shopId);
