/**
 * Stage 6: which e-mail an order counts for, if any: the last one its shopper clicked within the shop's window, else the
 * one whose own code it was placed with. A click is told by SendGrid, or proved by our signed token in the address the
 * shopper landed on. Opens never count.
 */
import { and, eq, sql } from 'drizzle-orm';
import { DAY } from '../lib/duration';
import { readToken } from '../lib/signed-token';
import type { Logger } from '../log.server';
import { findCodeMessage, settleUses } from '../store/code-uses';
import { lastPersonClick } from '../store/engagement';
import { lockMessage } from '../store/messages';
import { attributions, orders } from '../store/schema';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';

export type Attribute = (job: { shopId: number; orderId: string }) => Promise<'attributed' | 'no-click' | 'gone'>;

export interface AttributeParts {
  db: Db;
  linkSecret: string;
  log: Logger;
}

/**
 * Makes the stage. An order counts at most once, by its key; asking again after a late click may give it its e-mail, or
 * take it from the code.
 */
export function makeAttribute({ db, linkSecret, log }: AttributeParts): Attribute {
  return async ({ shopId, orderId }) => {
    const outcome = await inShop(db, shopId, async (shop) => {
      // Locked before any message is, as by whoever changes the order: counting what it comes to waits for them.
      const [order] = await shop.tx
        .select()
        .from(orders)
        .where(and(eq(orders.shopId, shopId), eq(orders.id, orderId)))
        .for('share');
      if (!order) return 'gone';
      const click = await clickBefore(shop, order, linkSecret);
      const message = click ?? (await findCodeMessage(shop, orderId));
      if (!message) return 'no-click';
      const by = click ? ('click' as const) : ('code' as const);
      const { messageId, scenario } = message;
      const written = await shop.tx
        .insert(attributions)
        .values({ shopId, orderId, messageId, scenario, by, orderedAt: order.processedAt })
        .onConflictDoUpdate({
          target: [attributions.shopId, attributions.orderId],
          set: { messageId, scenario, by },
          // What was attributed stays so; only a click, told late, takes an order from a code.
          setWhere: sql`${attributions.by} = 'code' and excluded.by = 'click'`,
        })
        .returning({ orderId: attributions.orderId });
      if (written.length > 0) await settleUses(shop, [orderId]);
      return 'attributed';
    });
    log.info({ event: 'order.looked-at', shopId, outcome });
    return outcome;
  };
}

type Order = typeof orders.$inferSelect;

async function clickBefore(shop: ShopScope, order: Order, linkSecret: string) {
  if (order.customerId === null) return null;
  const { settings } = await loadShop(shop);
  const from = new Date(order.processedAt.getTime() - settings.attributionDays * DAY);
  return (
    (await landedFrom(shop, order, { from, linkSecret })) ??
    (await lastPersonClick(shop, order.customerId, { from, to: order.processedAt }))
  );
}

/** The message whose signed link brought the shopper to the visit that became this order; null when none proves it. */
async function landedFrom(shop: ShopScope, order: Order, { from, linkSecret }: { from: Date; linkSecret: string }) {
  const token = /[?&]rl=([\w-]+\.[\w-]+)/.exec(order.landingSite ?? '')?.[1];
  const [shopId, messageId] = (token === undefined ? null : readToken(linkSecret, 'click', token))?.split(':') ?? [];
  if (Number(shopId) !== shop.shopId || !messageId) return null;
  const message = await lockMessage(shop, messageId);
  // A forwarded e-mail brings somebody else: the order is theirs, not this message's.
  const counts = message?.customerId === order.customerId && message.sentAt !== null && message.sentAt >= from;
  return counts ? { messageId: message.id, scenario: message.scenario } : null;
}
