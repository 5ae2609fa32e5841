/**
 * Stage 6: which e-mail an order counts for, if any: the last one its shopper clicked within the shop's window. A click is
 * told by SendGrid, or proved by our signed token in the address the shopper landed on. Opens never count.
 */
import { and, eq } from 'drizzle-orm';
import { DAY } from '../lib/duration';
import { readToken } from '../lib/signed-token';
import { lastPersonClick } from '../store/engagement';
import { lockMessage } from '../store/messages';
import { attributions, orders } from '../store/schema';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';

export type Attribute = (job: { shopId: number; orderId: string }) => Promise<'attributed' | 'no-click' | 'gone'>;

/** Makes the stage. An order counts at most once, by its key; asking again after a late click may give it its e-mail. */
export function makeAttribute({ db, linkSecret }: { db: Db; linkSecret: string }): Attribute {
  return ({ shopId, orderId }) =>
    inShop(db, shopId, async (shop) => {
      const [order] = await shop.tx
        .select()
        .from(orders)
        .where(and(eq(orders.shopId, shopId), eq(orders.id, orderId)));
      if (!order?.customerId) return 'gone';
      const { settings } = await loadShop(shop);
      const from = new Date(order.processedAt.getTime() - settings.attributionDays * DAY);
      const click =
        (await landedFrom(shop, order, { from, linkSecret })) ??
        (await lastPersonClick(shop, order.customerId, { from, to: order.processedAt }));
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

/** The message whose signed link brought the shopper to the visit that became this order; null when none proves it. */
async function landedFrom(
  shop: ShopScope,
  order: typeof orders.$inferSelect,
  { from, linkSecret }: { from: Date; linkSecret: string },
) {
  const token = /[?&]rl=([\w-]+\.[\w-]+)/.exec(order.landingSite ?? '')?.[1];
  const [shopId, messageId] = (token === undefined ? null : readToken(linkSecret, 'click', token))?.split(':') ?? [];
  if (Number(shopId) !== shop.shopId || !messageId) return null;
  const message = await lockMessage(shop, messageId);
  // A forwarded e-mail brings somebody else: the order is theirs, not this message's.
  const counts = message?.customerId === order.customerId && message.sentAt !== null && message.sentAt >= from;
  return counts ? { messageId: message.id, scenario: message.scenario } : null;
}
