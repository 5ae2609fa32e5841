/** Which e-mail an order counts for. Given by `pipeline/attribute`; taken back where the click turns out to be a machine's. */
import { and, eq } from 'drizzle-orm';
import { attributions } from './schema';
import type { ShopScope } from './scope';

/** The orders that count for this e-mail by a click count for nothing now. @returns them, to be looked at again */
export async function takeBackAttributions(shop: ShopScope, messageId: string): Promise<string[]> {
  const rows = await shop.tx
    .delete(attributions)
    .where(
      and(eq(attributions.shopId, shop.shopId), eq(attributions.messageId, messageId), eq(attributions.by, 'click')),
    )
    .returning({ orderId: attributions.orderId });
  return rows.map((row) => row.orderId);
}
