/** What the shop's row tells of its setup: whether the guide was put away, and whether a test was ever sent. */
import { eq, sql } from 'drizzle-orm';
import { shops } from './schema';
import type { ShopScope } from './scope';

export async function findSetup(shop: ShopScope): Promise<{ hidden: boolean; tested: boolean }> {
  const [row] = await shop.tx
    .select({
      hidden: sql<boolean>`${shops.setupHiddenAt} is not null`,
      // The last ones stay until the next is sent.
      tested: sql<boolean>`cardinality(${shops.testsSentAt}) > 0`,
    })
    .from(shops)
    .where(eq(shops.shopId, shop.shopId));
  return row ?? { hidden: false, tested: false };
}
