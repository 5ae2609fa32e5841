/**
 * The last look: just before each send, everything is read again and this decides. Pure, and the only place where an
 * e-mail is let through. Refusals for good come first, then what may pass with time.
 */
import { HOUR, MINUTE } from '../lib/duration';
import { type Allowance, hasRoom, waveOf } from './allowance';
import { type Ground, groundFor } from './consent';
import type { Customer } from './customer';
import { exitReason, type ScenarioFacts } from './exit';
import { frequencyFor, nextAllowed, type RecentSend } from './frequency';
import { quietUntil } from './quiet-hours';
import type { Facts, Reason } from './reason';
import type { EmailStep, ScenarioDefinition, ScenarioKey } from './scenario';
import { leftOutTag, type Shop, type ShopSettings } from './shop';

export interface LastLook {
  shop: Shop;
  definition: Pick<ScenarioDefinition, 'key' | 'exits' | 'consent' | 'priority'>;
  urgency: EmailStep['urgency'];
  scenarioOn: boolean;
  /** Why the enrollment was ended early, if it was. */
  endedBy: Reason | null;
  scenario: ScenarioFacts;
  customer: Customer;
  /** The shopper's zone where known, else the shop's. */
  zone: string;
  /** This shopper's e-mails of the last seven days. */
  recent: readonly RecentSend[];
  /** Due time of a more important e-mail to the same shopper that this one must let pass. */
  rivalDueAt: Date | null;
  sender: 'ready' | 'sender-missing' | 'address-missing' | 'provider-paused';
  /** What limits how many of the shop go out for now. */
  allowances: readonly Allowance[];
  ordersConfirmed: boolean;
  /** Products the e-mail would show; null where it needs none. */
  showable: number | null;
  /** The shopper's code: not shown by this e-mail, ready, not made yet, or over. `required`: the e-mail is about it. */
  code: { state: 'none' | 'ready' | 'awaited' | 'code-used' | 'code-ended'; required: boolean };
  plannedAt: Date;
  expiresAt: Date;
  /** What it was put off for last, if it was. */
  putOffFor: { reason: Reason; facts: Facts } | null;
}

export type Verdict =
  | { kind: 'send'; ground: Ground }
  | { kind: 'put-off'; until: Date; reason: Reason; facts: Facts }
  | { kind: 'withhold'; reason: Reason; facts: Facts };

/** What becomes of the e-mail now. A put-off never points past the expiry: it is withheld as expired instead. */
export function lastLook(look: LastLook, now: Date): Verdict {
  const refusal = refuse(look);
  if (refusal) return { kind: 'withhold', ...refusal };
  const ground = groundFor(look.customer, look.definition, look.shop.settings);
  if ('refused' in ground)
    return { kind: 'withhold', reason: ground.refused, facts: { consent: look.customer.consent.state } };
  const wait = hold(look, now);
  if (now >= look.expiresAt) return expired(look, wait);
  if (!wait) return { kind: 'send', ground: ground.ground };
  if (wait.until >= look.expiresAt && !openEnded(wait.reason)) return expired(look, wait);
  return { kind: 'put-off', ...wait, until: earlier(wait.until, look.expiresAt) };
}

function earlier(a: Date, b: Date): Date {
  return new Date(Math.min(a.getTime(), b.getTime()));
}

/** Named is what holds it now, else what held it before: an owner who resumes too late finds the pause named. Its facts go along. */
function expired(look: LastLook, holding: { reason: Reason; facts: Facts } | null): Verdict {
  const heldBy = holding ?? look.putOffFor;
  const facts = { ...heldBy?.facts, expiredAt: look.expiresAt.toISOString(), heldBy: heldBy?.reason ?? null };
  return { kind: 'withhold', reason: 'expired', facts };
}

/** What is over for good, whatever the hour. */
function refuse({
  shop,
  endedBy,
  definition,
  scenario,
  customer,
  showable,
  code,
}: LastLook): { reason: Reason; facts: Facts } | null {
  if (shop.uninstalledAt) return { reason: 'shop-uninstalled', facts: {} };
  if (endedBy) return { reason: endedBy, facts: {} };
  const exit = exitReason(definition.exits, scenario);
  if (exit) return exit;
  const person = refusePerson(customer, definition.key, shop.settings);
  if (person) return person;
  if (showable === 0) return { reason: 'nothing-to-show', facts: {} };
  if (code.required && (code.state === 'code-used' || code.state === 'code-ended')) {
    return { reason: code.state, facts: {} };
  }
  return null;
}

/** What of the person's own keeps every e-mail of a scenario from them, but for the ground. Asked for the customer page too. */
export function refusePerson(
  customer: Customer,
  key: ScenarioKey,
  { leftOutTags }: Pick<ShopSettings, 'leftOutTags'>,
): { reason: Reason; facts: Facts } | null {
  if (customer.deleted) return { reason: 'customer-deleted', facts: {} };
  if (!customer.email) return { reason: 'no-email-address', facts: {} };
  if (customer.suppressed) return { reason: customer.suppressed, facts: {} };
  const tag = leftOutTag({ leftOutTags }, customer.tags);
  if (tag !== null) return { reason: 'left-out-by-tag', facts: { tag } };
  if (customer.leftOutSegment !== null) {
    return { reason: 'left-out-by-segment', facts: { segment: customer.leftOutSegment } };
  }
  return customer.preferences.refused.includes(key) ? { reason: 'kind-refused', facts: {} } : null;
}

/** Nobody knows when these end: the owner or an outage decides. The message waits for them up to its expiry. */
function openEnded(reason: Reason): boolean {
  return HELD_UNTIL_CHANGED.includes(reason) || RETRIED_SOON.includes(reason);
}
const HELD_UNTIL_CHANGED: readonly Reason[] = [
  'everything-paused',
  'scenario-off',
  'sender-missing',
  'address-missing',
  'provider-paused',
  'sending-stopped',
];
const RETRIED_SOON: readonly Reason[] = ['orders-not-confirmed', 'higher-priority', 'code-awaited'];

/** How often a message held by the owner's own switch is looked at again; switching on looks at once. */
export const HELD_RECHECK = 6 * HOUR;
/** What the operator mends (a key, a sender, an address) is seen sooner: nobody tells us. */
const MENDED_RECHECK = 20 * MINUTE;
const PROVIDER_RECHECK = 5 * MINUTE;
const ORDERS_RECHECK = 2 * MINUTE;
const CODE_RECHECK = 5 * MINUTE;

function hold(look: LastLook, now: Date): { until: Date; reason: Reason; facts: Facts } | null {
  const later = (ms: number) => new Date(now.getTime() + ms);
  if (look.shop.pausedAt) return { until: later(HELD_RECHECK), reason: 'everything-paused', facts: {} };
  if (!look.scenarioOn) return { until: later(HELD_RECHECK), reason: 'scenario-off', facts: {} };
  if (look.sender !== 'ready') {
    const wait = look.sender === 'provider-paused' ? PROVIDER_RECHECK : MENDED_RECHECK;
    return { until: later(wait), reason: look.sender, facts: {} };
  }
  const { pace } = look.shop;
  if (pace.name === 'stopped') return { until: later(HELD_RECHECK), reason: 'sending-stopped', facts: pace.facts };
  if (!look.ordersConfirmed) return { until: later(ORDERS_RECHECK), reason: 'orders-not-confirmed', facts: {} };
  if (look.code.state === 'awaited') return { until: later(CODE_RECHECK), reason: 'code-awaited', facts: {} };
  return look.urgency === 'asked-for' ? null : (holdForShopper(look, now) ?? holdForRoom(look));
}

/** Last of all: what waits for the shopper anyway takes no place. */
function holdForRoom({ allowances, definition, expiresAt, zone, shop }: LastLook) {
  const full = allowances.find((allowance) => !hasRoom(allowance, definition.priority));
  if (!full) return null;
  const orMorning = (at: Date) => quietUntil(at, zone, shop.settings.quietHours) ?? at;
  const wave = orMorning(waveOf(full));
  return { until: wave < expiresAt ? wave : orMorning(full.until), reason: full.reason, facts: full.facts };
}

function holdForShopper(look: LastLook, now: Date): { until: Date; reason: Reason; facts: Facts } | null {
  const { shop, customer, recent, zone, rivalDueAt } = look;
  const rule = frequencyFor(customer, shop.settings);
  // The first reminder waits for nothing lower: a welcome that morning must not cost the shopper their cart.
  const gapFrom = look.urgency === 'first-reminder' ? look.definition.priority : undefined;
  const wait = nextAllowed(recent, rule, now, gapFrom);
  if (wait) {
    // Waking in the middle of the night would only be put off again: say the morning at once.
    return { ...wait, until: quietUntil(wait.until, zone, shop.settings.quietHours) ?? wait.until };
  }
  const morning = quietUntil(now, zone, shop.settings.quietHours);
  if (morning) return { until: morning, reason: 'quiet-hours', facts: { zone } };
  if (rivalDueAt && look.urgency !== 'first-reminder') {
    // Behind the rival by a little: by then it went out, and the cap decides from there.
    const until = new Date(Math.max(rivalDueAt.getTime(), now.getTime()) + 5 * MINUTE);
    return { until, reason: 'higher-priority', facts: { rivalDueAt: rivalDueAt.toISOString() } };
  }
  return null;
}
