/** A click SendGrid told: kept, judged together with the other clicks of its e-mail, counted only where it is a person's. Called by `apply-mail-event`. */
import { isMachineAgent, judgeClicks, type MachineSign } from '../domain/machine-click';
import type { SendgridEvent } from '../gateways/sendgrid/events';
import { DAY } from '../lib/duration';
import type { Queue } from '../queue/enqueue';
import { takeBackAttributions } from '../store/attributions';
import { loadClicksOf, markClicks, recordClick } from '../store/clicks';
import { findOrdersBetween } from '../store/orders';
import type { ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';

export interface ClickedMessage {
  id: string;
  customerId: string;
  deliveredAt: Date | null;
}

interface Parts {
  queue: Queue;
}

/** @returns `applied` for a person's click, `machine-click` for what looks like none */
export async function applyClick(
  parts: Parts,
  shop: ShopScope,
  message: ClickedMessage,
  event: SendgridEvent,
): Promise<string> {
  const byAgent = event.machine || isMachineAgent(event.userAgent);
  await recordClick(shop, {
    ...{ eventId: event.id, messageId: message.id, customerId: message.customerId, at: event.at },
    ...{ url: event.url ?? '', person: !byAgent, machine: byAgent ? 'agent' : null },
  });
  const { signs } = await judgeAgain(parts, shop, message, event.id);
  return signs.get(event.id) === null ? 'applied' : 'machine-click';
}

/**
 * Looks at all clicks of an e-mail anew, with every click and when the delivery is told: they come in any order, and only
 * the last of a scanner's shows what the first was.
 * @param fresh the click that was just recorded
 */
export async function judgeAgain(
  { queue }: Parts,
  shop: ShopScope,
  message: ClickedMessage,
  fresh: string | null = null,
): Promise<{ signs: Map<string, MachineSign | null> }> {
  const clicks = await loadClicksOf(shop, message.id);
  if (clicks.length === 0) return { signs: new Map() };
  const found = judgeClicks(
    clicks.map(({ at, url, machine }) => ({ at, url, byAgent: machine === 'agent' })),
    message.deliveredAt,
  );
  const judged = clicks.map((click, index) => ({ ...click, now: found[index] ?? null }));
  const changed = judged.filter((click) => click.now !== click.machine);
  await markClicks(shop, message.id, changed);
  // Counted before, and found out: what was counted by it is looked for anew.
  const unmasked = changed.filter((click) => click.machine === null && click.eventId !== fresh);
  const again = unmasked.length > 0 ? await takeBackAttributions(shop, message.id) : [];
  const persons = judged.filter((click) => click.now === null && (click.machine !== null || click.eventId === fresh));
  const orders = await ordersSince(shop, message.customerId, Math.min(...persons.map(({ at }) => at.getTime())));
  await queue.enqueue(
    shop,
    'order.attribute',
    [...new Set([...again, ...orders])].map((orderId) => ({ shopId: shop.shopId, orderId })),
  );
  return { signs: new Map(judged.map((click) => [click.eventId, click.now])) };
}

/** A click is often told after the order it led to: those orders are looked at again. */
async function ordersSince(shop: ShopScope, customerId: string, since: number): Promise<string[]> {
  if (!Number.isFinite(since)) return [];
  const { settings } = await loadShop(shop);
  const until = new Date(since + settings.attributionDays * DAY);
  return findOrdersBetween(shop, customerId, { from: new Date(since), to: until });
}
