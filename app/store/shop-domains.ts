/** Which shop a domain is. Read before a shop is known, so these take the connection and no scope. */
import { asc, eq, gt } from 'drizzle-orm';
import { shopDomains } from './schema';
import type { Db } from './scope';

/** The shop's id, or null when we never heard of the domain. */
export async function findShopId(db: Db, domain: string): Promise<number | null> {
  const [row] = await db.select().from(shopDomains).where(eq(shopDomains.domain, domain));
  return row?.shopId ?? null;
}

/** The shop's id, given out on first sight. Harmless to repeat, also at the same time. */
export async function ensureShopId(db: Db, domain: string): Promise<number> {
  const known = await findShopId(db, domain);
  if (known !== null) return known;
  await db.insert(shopDomains).values({ domain }).onConflictDoNothing();
  const made = await findShopId(db, domain);
  if (made === null) throw new Error('A shop domain vanished while it was being added');
  return made;
}

/** The numbers of all shops ever heard of, uninstalled ones too, in order and a part at a time. */
export async function listShopIds(db: Db, { after, most }: { after: number; most: number }): Promise<number[]> {
  const { shopId } = shopDomains;
  const rows = await db.select({ shopId }).from(shopDomains).where(gt(shopId, after)).orderBy(asc(shopId)).limit(most);
  return rows.flatMap((row) => row.shopId ?? []);
}
