/** Stage 6: which e-mail an order counts for, if any: the last one its shopper clicked within the shop's window. Opens never count. */
import { and, eq } from 'drizzle-orm';
import { DAY } from '../lib/duration';
import { lastPersonClick } from '../store/engagement';
import { attributions, orders } from '../store/schema';
import { type Db, inShop } from '../store/scope';
import { loadShop } from '../store/shop-settings';

export type Attribute = (job: { shopId: number; orderId: string }) => Promise<'attributed' | 'no-click' | 'gone'>;

/** Makes the stage. An order counts at most once, by its key; asking again after a late click may give it its e-mail. */
export function makeAttribute({ db }: { db: Db }): Attribute {
  return ({ shopId, orderId }) =>
    inShop(db, shopId, async (shop) => {
      const [order] = await shop.tx
        .select()
        .from(orders)
        .where(and(eq(orders.shopId, shopId), eq(orders.id, orderId)));
      if (!order?.customerId) return 'gone';
      const { settings } = await loadShop(shop);
      const from = new Date(order.processedAt.getTime() - settings.attributionDays * DAY);
      const click = await lastPersonClick(shop, order.customerId, { from, to: order.processedAt });
      if (!click) return 'no-click';
      await shop.tx
        .insert(attributions)
        .values({
          shopId,
          orderId,
          messageId: click.messageId,
          scenario: click.scenario,
          by: 'click',
          orderedAt: order.processedAt,
        })
        .onConflictDoNothing();
      return 'attributed';
    });
}
