/** Clicks as SendGrid told them, and which of them are a person's. */
import { and, eq, sql } from 'drizzle-orm';
import type { MachineSign } from '../domain/machine-click';
import { clicks } from './schema';
import type { ShopScope } from './scope';

/** Keeps a click, once per event. */
export async function recordClick(shop: ShopScope, row: Omit<typeof clicks.$inferInsert, 'shopId'>): Promise<void> {
  await shop.tx
    .insert(clicks)
    .values({ ...row, shopId: shop.shopId })
    .onConflictDoNothing();
}

/** More clicks of one e-mail than these are no person's doing, and are not looked at together. */
const MOST_CLICKS = 500;

/** The clicks of one e-mail, oldest first. */
export function loadClicksOf(shop: ShopScope, messageId: string) {
  const { eventId, at, url, machine } = clicks;
  return shop.tx
    .select({ eventId, at, url, machine })
    .from(clicks)
    .where(and(eq(clicks.shopId, shop.shopId), eq(clicks.messageId, messageId)))
    .orderBy(at, eventId)
    .limit(MOST_CLICKS);
}

/** Keeps what was found of these clicks, and when a person first clicked the e-mail: never, if all turned out to be machines. */
export async function markClicks(
  shop: ShopScope,
  messageId: string,
  found: readonly { eventId: string; now: MachineSign | null }[],
): Promise<void> {
  for (const { eventId, now } of found) {
    await shop.tx
      .update(clicks)
      .set({ machine: now, person: now === null })
      .where(and(eq(clicks.shopId, shop.shopId), eq(clicks.eventId, eventId)));
  }
  await shop.tx.execute(sql`
    update messages m set clicked_at = p.first
    from (select min(at) as first from clicks
      where shop_id = ${shop.shopId} and message_id = ${messageId} and person) p
    where m.shop_id = ${shop.shopId} and m.id = ${messageId} and m.clicked_at is distinct from p.first`);
}
