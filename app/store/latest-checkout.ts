/** The checkout a preview of a cart reminder shows for a customer. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { checkouts } from './schema';
import type { ShopScope } from './scope';

/** The id of the customer's newest checkout that still exists, completed or not; null without one. */
export async function findLatestCheckout(shop: ShopScope, customerId: string): Promise<string | null> {
  const [row] = await shop.tx
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(and(eq(checkouts.shopId, shop.shopId), eq(checkouts.customerId, customerId), isNull(checkouts.deletedAt)))
    .orderBy(desc(checkouts.sourceCreatedAt))
    .limit(1);
  return row?.id ?? null;
}
