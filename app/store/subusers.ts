/** The SendGrid subuser a shop sends as: as far as it is made. Rules: `pipeline/subusers`. */
import { eq, sql } from 'drizzle-orm';
import { subusers } from './schema';
import type { Db, ShopScope } from './scope';

export type Subuser = typeof subusers.$inferSelect;

export async function findSubuser(shop: ShopScope): Promise<Subuser | null> {
  const [row] = await shop.tx.select().from(subusers).where(eq(subusers.shopId, shop.shopId));
  return row ?? null;
}

/** Keeps what is made of it so far. */
export async function saveSubuser(
  shop: ShopScope,
  change: Pick<Subuser, 'username'> & Partial<Omit<Subuser, 'shopId' | 'username'>>,
): Promise<void> {
  await shop.tx
    .insert(subusers)
    .values({ shopId: shop.shopId, ...change })
    .onConflictDoUpdate({ target: subusers.shopId, set: change });
}

/** Installed shops whose subuser is not complete, or not there: the worker's role sees those of everybody. */
export async function findShopsWithoutSubuser(db: Db, triedBefore: Date): Promise<number[]> {
  const rows = await db.execute<{ shop_id: number }>(sql`
    select s.shop_id from shops s left join subusers u on u.shop_id = s.shop_id
    where s.installed_at is not null and s.uninstalled_at is null
      and (u.shop_id is null or u.status <> 'ready' and (u.tried_at is null or u.tried_at < ${triedBefore.toISOString()}))
    limit 100`);
  return rows.map((row) => row.shop_id);
}
