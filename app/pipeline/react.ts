/**
 * What a change in the store means for the scenarios: enroll, stop, start a wait again. Called by `route-event` and by
 * the order check, inside the transaction that brought the mirror up to date, so that both happen or neither.
 */
import { isConfirmed } from '../domain/consent';
import type { DomainEvent } from '../domain/event';
import type { Reason } from '../domain/reason';
import type { ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import { addDuration } from '../lib/duration';
import { unreachable } from '../lib/invariant';
import type { Queue } from '../queue/enqueue';
import { SCENARIOS } from '../scenarios/catalogue';
import { findCodeMessage } from '../store/code-uses';
import { findConsent } from '../store/customer-consent';
import { recordDecisions } from '../store/decisions';
import {
  endEnrollments,
  findActiveEnrollments,
  findCheckoutEnrollments,
  findConsentEnrolled,
  reopenEnded,
  restartFirstWait,
  startEnrollment,
} from '../store/enrollments';
import { withholdOfEnrollments } from '../store/messages';
import { keepScenarioVersion } from '../store/scenario-versions';
import type { ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { loadScenario } from './effective-scenario';
import { pushTagOfMerged } from './vip-tag-push';

export interface ReactParts {
  queue: Queue;
}

/** Applies what the events mean, in order. Repeating an event changes nothing. */
export async function react(
  parts: ReactParts,
  shop: ShopScope,
  events: readonly DomainEvent[],
  now: Date,
): Promise<void> {
  for (const event of events) await reactToOne(parts, shop, event, now);
}

async function reactToOne(parts: ReactParts, shop: ShopScope, event: DomainEvent, now: Date): Promise<void> {
  switch (event.type) {
    case 'consent.given':
      return enrollSubscriber(parts, shop, event, now);
    case 'consent.confirmed':
      return (await loadShop(shop)).settings.confirmedOnly ? enrollSubscriber(parts, shop, event, now) : undefined;
    case 'consent.found':
      return leaveSubscriber(shop, event.customerId, { reason: 'consent-undated', now });
    case 'checkout.left':
      return enrollCheckout(parts, shop, event, now);
    case 'checkout.completed':
      return stopCheckout(shop, event.checkoutId, 'checkout-completed', now);
    case 'checkout.emptied':
      return stopCheckout(shop, event.checkoutId, 'checkout-emptied', now);
    case 'order.placed':
      return wakeForOrder(parts, shop, event);
    case 'customer.deleted':
      return stopCustomer(shop, event.customerId, 'customer-deleted', now);
    case 'customer.redacted':
      return stopCustomer(shop, event.customerId, 'customer-redacted', now);
    case 'customer.merged':
      await stopCustomer(shop, event.customerId, 'customer-merged', now);
      await pushTagOfMerged(parts, shop, event.into);
      return keepNewestCart(shop, event.into, now);
    case 'consent.withdrawn':
      return stopCustomer(shop, event.customerId, 'unsubscribed', now);
    case 'order.cancelled':
    case 'order.refunded':
      // No scenario of the catalogue so far is stopped by these.
      return;
    default:
      return unreachable(event);
  }
}

/** Switched-on scenarios that this kind of trigger starts, as they count for the shop. */
async function startedBy(shop: ShopScope, on: ScenarioDefinition['trigger']['on']): Promise<ScenarioDefinition[]> {
  const found: ScenarioDefinition[] = [];
  for (const { key, trigger } of SCENARIOS) {
    if (trigger.on !== on) continue;
    const { definition, enabled } = await loadScenario(shop, key);
    if (enabled) found.push(definition);
  }
  return found;
}

async function enrollSubscriber(
  parts: ReactParts,
  shop: ShopScope,
  event: Extract<DomainEvent, { type: 'consent.given' | 'consent.confirmed' }>,
  now: Date,
): Promise<void> {
  // Where the shop asks for double opt-in, it begins when they confirm.
  if (await awaitsConfirmation(shop, event.customerId))
    return leaveSubscriber(shop, event.customerId, { reason: 'consent-pending', now });
  for (const definition of await startedBy(shop, 'consent-given')) {
    if (definition.trigger.on !== 'consent-given') continue;
    if (addDuration(event.at, definition.trigger.maxAge) < now) {
      await recordDecisions(shop, [
        {
          at: now,
          customerId: event.customerId,
          scenario: definition.key,
          kind: 'not-enrolled',
          reason: 'consent-too-old',
          facts: { consentAt: event.at.toISOString() },
        },
      ]);
      continue;
    }
    const consentAt = event.at.toISOString();
    const { customerId } = event;
    const start = { definition, customerId, occurrence: 'once', startedAt: event.at, subject: { consentAt } };
    if (await enroll(parts, shop, start, now)) continue;
    // Told of the same consent again, there is nothing new to say.
    if ((await findConsentEnrolled(shop, { customerId, scenario: definition.key })) === consentAt) continue;
    await recordDecisions(shop, [
      {
        ...{ at: now, customerId, scenario: definition.key },
        kind: 'not-enrolled',
        reason: 'already-enrolled',
        facts: { consentAt },
      },
    ]);
  }
}

async function awaitsConfirmation(shop: ShopScope, customerId: string): Promise<boolean> {
  const { settings } = await loadShop(shop);
  const consent = settings.confirmedOnly ? await findConsent(shop, customerId) : null;
  return consent !== null && !isConfirmed(consent, settings);
}

/** A welcome is for those who just subscribed, and did all the shop asks for; this may be long ago, or not confirmed yet. */
async function leaveSubscriber(
  shop: ShopScope,
  customerId: string,
  { reason, now }: { reason: 'consent-undated' | 'consent-pending'; now: Date },
): Promise<void> {
  const definitions = await startedBy(shop, 'consent-given');
  await recordDecisions(
    shop,
    definitions.map(({ key }) => ({
      ...{ at: now, customerId, scenario: key, kind: 'not-enrolled' as const, reason },
    })),
  );
}

async function enrollCheckout(
  parts: ReactParts,
  shop: ShopScope,
  event: Extract<DomainEvent, { type: 'checkout.left' }>,
  now: Date,
): Promise<void> {
  await stopFormerPerson(shop, event, now);
  for (const definition of await startedBy(shop, 'checkout-left')) {
    const active = await findActiveEnrollments(shop, { customerId: event.customerId, scenarios: [definition.key] });
    const same = active.find((one) => one.subject.checkoutId === event.checkoutId);
    if (same) {
      // Still busy with it: the first wait counts from the last change, as long as nothing was sent.
      const [first] = (await loadScenario(shop, definition.key, same.version)).definition.steps;
      if (first?.kind === 'wait' && same.cursor === first.id && event.at > same.anchor) {
        await restartFirstWait(shop, same.id, { anchor: event.at, dueAt: addDuration(event.at, first.duration) });
      }
      continue;
    }
    const newer = active.find((one) => one.startedAt > event.at);
    if (newer) continue;
    const started = await enroll(
      parts,
      shop,
      {
        definition,
        customerId: event.customerId,
        occurrence: event.checkoutId,
        startedAt: event.at,
        subject: { checkoutId: event.checkoutId },
      },
      now,
    );
    // One shopper, two devices: the newest checkout speaks for both.
    if (started) await stop(shop, active, { reason: 'newer-checkout', now });
  }
}

/**
 * An address corrected at checkout is somebody else's checkout now: whoever it belonged to gets no reminder of it, with
 * its link. People who became one have moved before, so they are the same here.
 */
async function stopFormerPerson(
  shop: ShopScope,
  event: Extract<DomainEvent, { type: 'checkout.left' }>,
  now: Date,
): Promise<void> {
  const rows = await findCheckoutEnrollments(shop, event.checkoutId);
  const former = rows.filter((row) => row.customerId !== event.customerId);
  if (former.length > 0) await stop(shop, former, { reason: 'checkout-changed-hands', now });
}

interface Start {
  definition: ScenarioDefinition;
  customerId: string;
  occurrence: string;
  startedAt: Date;
  subject: { checkoutId?: string; consentAt?: string };
}

async function enroll(parts: ReactParts, shop: ShopScope, start: Start, now: Date): Promise<boolean> {
  const { definition, customerId, occurrence, startedAt, subject } = start;
  const first = definition.steps[0];
  if (!first) return false;
  const dueAt = first.kind === 'wait' ? addDuration(startedAt, first.duration) : now;
  await keepScenarioVersion(shop, definition);
  const row = {
    scenario: definition.key,
    customerId,
    occurrence,
    version: definition.version,
    cursor: first.id,
    startedAt,
    dueAt,
  };
  const id = (await startEnrollment(shop, { ...row, subject })) ?? (await reopenEnded(shop, row));
  if (id === null) return false;
  await recordDecisions(shop, [
    {
      at: now,
      customerId,
      scenario: definition.key,
      enrollmentId: id,
      kind: 'enrolled',
      reason: 'trigger-met',
      facts: { ...subject, dueAt: dueAt.toISOString() },
    },
  ]);
  if (dueAt <= now) await parts.queue.enqueue(shop, 'enrollment.advance', [{ shopId: shop.shopId, enrollmentId: id }]);
  return true;
}

/** An order may end any scenario of its shopper that has an order exit; each enrollment looks for itself. */
async function wakeForOrder(
  parts: ReactParts,
  shop: ShopScope,
  event: Extract<DomainEvent, { type: 'order.placed' }>,
): Promise<void> {
  if (event.customerId === null) {
    // Nobody's enrollment, as at a point of sale: but a code we made may tell which e-mail brought it.
    if (await findCodeMessage(shop, event.orderId)) await attributeLater(parts, shop, event.orderId);
    return;
  }
  const keys: ScenarioKey[] = SCENARIOS.filter((one) => one.exits.includes('order-placed')).map((one) => one.key);
  const active = await findActiveEnrollments(shop, { customerId: event.customerId, scenarios: keys });
  await parts.queue.enqueue(
    shop,
    'enrollment.advance',
    active.map((one) => ({ shopId: shop.shopId, enrollmentId: one.id })),
  );
  await attributeLater(parts, shop, event.orderId);
}

async function attributeLater({ queue }: ReactParts, shop: ShopScope, orderId: string): Promise<void> {
  await queue.enqueue(shop, 'order.attribute', [{ shopId: shop.shopId, orderId }]);
}

async function stopCheckout(shop: ShopScope, checkoutId: string, reason: Reason, now: Date): Promise<void> {
  await stop(shop, await findCheckoutEnrollments(shop, checkoutId), { reason, now });
}

/** Two who became one left a cart each: the newest speaks for both, as it does for one shopper with two devices. */
async function keepNewestCart(shop: ShopScope, customerId: string, now: Date): Promise<void> {
  const keys = SCENARIOS.filter(({ trigger }) => trigger.on === 'checkout-left').map(({ key }) => key);
  const active = await findActiveEnrollments(shop, { customerId, scenarios: keys });
  for (const carts of Map.groupBy(active, ({ scenario }) => scenario).values()) {
    const [, ...older] = carts.toSorted((a, b) => b.anchor.getTime() - a.anchor.getTime());
    if (older.length > 0) await stop(shop, older, { reason: 'newer-checkout', now });
  }
}

async function stopCustomer(shop: ShopScope, customerId: string, reason: Reason, now: Date): Promise<void> {
  await stop(shop, await findActiveEnrollments(shop, { customerId }), { reason, now });
}

type Stoppable = Awaited<ReturnType<typeof findActiveEnrollments>>[number];

/** Ends enrollments and withholds what they still had planned, each with a decision of its own. */
export async function stop(
  shop: ShopScope,
  rows: readonly Stoppable[],
  { reason, now }: { reason: Reason; now: Date },
): Promise<void> {
  const ids = rows.map((row) => row.id);
  const active = rows.filter((row) => row.status === 'active');
  await endEnrollments(
    shop,
    active.map((row) => row.id),
    { reason, at: now },
  );
  const withheld = await withholdOfEnrollments(shop, ids, { reason, facts: {} });
  await recordDecisions(shop, [
    ...withheld.map((message) => ({
      at: now,
      customerId: message.customerId,
      scenario: message.scenario,
      enrollmentId: message.enrollmentId,
      messageId: message.id,
      step: message.step,
      kind: 'withheld' as const,
      reason,
    })),
    ...active.map((row) => ({
      at: now,
      customerId: row.customerId,
      scenario: row.scenario,
      enrollmentId: row.id,
      ...(row.cursor ? { step: row.cursor } : {}),
      kind: 'ended' as const,
      reason,
    })),
  ]);
}
