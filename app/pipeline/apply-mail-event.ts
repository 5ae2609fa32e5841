/** What SendGrid told of a message, applied: settled, delivered, clicked, bounced, complained. Called by `route-event`; order-free and repeatable. */
import { and, eq, isNull } from 'drizzle-orm';
import type { SendgridEvent } from '../gateways/sendgrid/events';
import { unreachable } from '../lib/invariant';
import type { Queue } from '../queue/enqueue';
import { noteGivenCodes, noteUngivenCode } from '../store/code-uses';
import { decisionAbout, recordDecisions } from '../store/decisions';
import { findCustomerRow, suppressCustomer, withdrawConsent } from '../store/engagement';
import { findActiveEnrollments } from '../store/enrollments';
import { emptyPayload } from '../store/inbound-events';
import { lockMessage, markDropped, markSent } from '../store/messages';
import { messages } from '../store/schema';
import type { ShopScope } from '../store/scope';
import { applyClick, judgeAgain } from './apply-click';
import { stop } from './react';

type MessageRow = NonNullable<Awaited<ReturnType<typeof lockMessage>>>;

/**
 * @returns what came of it, for the stored event's outcome
 */
export async function applyMailEvent(
  parts: { queue: Queue },
  shop: ShopScope,
  event: SendgridEvent,
  now: Date,
): Promise<string> {
  const message = await lockMessage(shop, event.messageId);
  if (!message) return 'unknown-message';
  const settled = event.name !== 'dropped' && (await settle(shop, message, event, now));
  const outcome = await apply(parts, shop, { message, event, now });
  return settled && outcome === 'applied' ? 'settled' : outcome;
}

async function apply(
  parts: { queue: Queue },
  shop: ShopScope,
  { message, event, now }: { message: MessageRow; event: SendgridEvent; now: Date },
): Promise<string> {
  switch (event.name) {
    case 'processed':
      return stamp(shop, message, { processedAt: event.at });
    case 'delivered':
      await stamp(shop, message, { deliveredAt: event.at });
      // Clicks told before it may have come too fast after it.
      await judgeAgain(parts, shop, { ...message, deliveredAt: message.deliveredAt ?? event.at });
      return 'applied';
    case 'click':
      return applyClick(parts, shop, message, event);
    case 'bounce':
      return bounce(parts, shop, message, event, now);
    case 'dropped':
      return dropped(shop, message, event, now);
    case 'spamreport':
      await suppressCustomer(shop, message.customerId, { why: 'complained', at: event.at });
      await stopAll(shop, message.customerId, 'complained', now);
      await parts.queue.enqueue(shop, 'pace.judge', [{ shopId: shop.shopId }]);
      return withdraw(parts, shop, message, event, now);
    case 'unsubscribe':
    case 'group_unsubscribe':
      return withdraw(parts, shop, message, event, now);
    case 'open':
      return open(shop, message, event);
    case 'deferred':
    case 'group_resubscribe':
      return 'kept';
    default:
      return unreachable(event.name);
  }
}

/** Any event about a message proves that SendGrid took it. */
async function settle(shop: ShopScope, message: MessageRow, event: SendgridEvent, now: Date): Promise<boolean> {
  if (message.status !== 'unsettled' && message.status !== 'handed-over') return false;
  // One that was held since a restore was never handed over as far as we know.
  const handedOverAt = message.reason === 'restored-from-copy' ? null : message.handedOverAt;
  const at = handedOverAt ?? event.at;
  await markSent(shop, [message.id], { at, providerMessageId: event.providerMessageId });
  if (message.showsCode) await noteGivenCodes(shop, [message.id], at);
  await recordDecisions(shop, [
    decisionAbout(message, { at: now, kind: 'sent', reason: 'sent', facts: { settledBy: event.name } }),
  ]);
  return true;
}

/** Sets a first time and never moves it: events come late, doubled and out of order. */
async function stamp(
  shop: ShopScope,
  message: MessageRow,
  set:
    | { processedAt: Date }
    | { deliveredAt: Date }
    | { bouncedAt: Date }
    | { complainedAt: Date }
    | { unsubscribedAt: Date },
): Promise<string> {
  const [name] = Object.keys(set) as (keyof typeof messages & keyof MessageRow)[];
  if (!name) return 'kept';
  await shop.tx
    .update(messages)
    .set(set)
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        eq(messages.id, message.id),
        isNull(messages[name] as typeof messages.bouncedAt),
      ),
    );
  return 'applied';
}

async function bounce(
  { queue }: { queue: Queue },
  shop: ShopScope,
  message: MessageRow,
  event: SendgridEvent,
  now: Date,
): Promise<string> {
  // "blocked" is the provider's mood of the day; only a real bounce says the address is dead.
  if (event.bounceType === 'blocked') return 'blocked';
  await stamp(shop, message, { bouncedAt: event.at });
  await suppressCustomer(shop, message.customerId, { why: 'bounced', at: event.at });
  await stopAll(shop, message.customerId, 'bounced', now);
  await queue.enqueue(shop, 'pace.judge', [{ shopId: shop.shopId }]);
  return 'applied';
}

/**
 * Opens count for nothing: who opened cannot be told from a machine. They are kept like other events, but of nobody who has not
 * agreed to it, or no longer does, whatever e-mail it was (CNIL 2026-042, Garante 284/2026).
 */
async function open(shop: ShopScope, message: MessageRow, event: SendgridEvent): Promise<string> {
  const customer = await findCustomerRow(shop, message.customerId);
  if (customer?.openTracking === 'opted_in') return event.machine ? 'machine-open' : 'kept';
  await emptyPayload(shop, { source: 'sendgrid', topic: event.name, dedupeKey: event.id });
  return 'open-not-agreed-to';
}

/** SendGrid took the request but never sent it: the address stands on its own list, or the mail was refused. */
async function dropped(shop: ShopScope, message: MessageRow, event: SendgridEvent, now: Date): Promise<string> {
  const facts = { detail: event.reason };
  if (await markDropped(shop, message.id, facts)) {
    if (message.showsCode) await noteUngivenCode(shop, message.enrollmentId);
    await recordDecisions(shop, [
      decisionAbout(message, { at: now, kind: 'withheld', reason: 'refused-by-provider', facts }),
    ]);
  }
  const why = suppressionOf((event.reason ?? '').toLowerCase());
  if (why) await suppressCustomer(shop, message.customerId, { why, at: event.at });
  return 'applied';
}

/** "Spam Content" says something of the e-mail; only "Spam Reporting Address" says it of the person. */
function suppressionOf(reason: string): 'bounced' | 'complained' | null {
  if (reason.includes('bounced')) return 'bounced';
  return reason.includes('spam reporting') ? 'complained' : null;
}

async function withdraw(
  { queue }: { queue: Queue },
  shop: ShopScope,
  message: MessageRow,
  event: SendgridEvent,
  now: Date,
): Promise<string> {
  await stamp(shop, message, event.name === 'spamreport' ? { complainedAt: event.at } : { unsubscribedAt: event.at });
  if (await withdrawConsent(shop, message.customerId, event.at)) {
    await queue.enqueue(shop, 'consent.push', [{ shopId: shop.shopId, customerId: message.customerId }]);
    await stopAll(shop, message.customerId, 'unsubscribed', now);
  }
  return 'applied';
}

async function stopAll(
  shop: ShopScope,
  customerId: string,
  reason: 'bounced' | 'complained' | 'unsubscribed',
  now: Date,
): Promise<void> {
  await stop(shop, await findActiveEnrollments(shop, { customerId }), { reason, now });
}
