/**
 * Why somebody gets the e-mails of a scenario or does not, as things stand: for anybody, whether they were ever enrolled or
 * not. Pure; the customer page shows it. It asks the rules of the last look and carries nothing out.
 */
import { groundFor } from './consent';
import type { Customer } from './customer';
import { type Found, findState, type History } from './eligibility-state';
import { frequencyFor, nextAllowed, type RecentSend } from './frequency';
import { refusePerson } from './last-look';
import { quietUntil } from './quiet-hours';
import type { Facts, Reason } from './reason';
import { type EmailStep, emailSteps, type ScenarioDefinition } from './scenario';
import type { Shop } from './shop';

/** What is under way in the scenario for this person. */
export interface UnderWayNow {
  /** E-mails planned but not gone. */
  planned: readonly { dueAt: Date | null; reason: Reason | null; facts: Facts }[];
  /** What follows those; null when nothing does, or nobody can tell. */
  after:
    | { kind: 'email'; email: string; at: Date; awaitsCode: boolean }
    | { kind: 'end'; reason: Reason; facts: Facts }
    | null;
}

export interface Eligibility {
  shop: Pick<Shop, 'pausedAt' | 'pace' | 'settings'>;
  sender: 'ready' | 'sender-missing' | 'address-missing';
  definition: ScenarioDefinition;
  customer: Customer;
  /** The shopper's zone where known, else the shop's. */
  zone: string;
  /** This shopper's e-mails of the last seven days. */
  recent: readonly RecentSend[];
  underWay: UnderWayNow | null;
  history: History;
}

export interface Because {
  reason: Reason;
  facts: Facts;
}

export interface Answer {
  /** What decides it: a refusal by its reason, or where the person stands. */
  why: Because | Found;
  /** What else holds the next e-mail back. */
  hold: Because | null;
  /**
   * When the next e-mail is planned, or possible at the earliest; null when none is in sight. `from`: since what is planned
   * will not be let through before.
   */
  next: { at: Date; planned: boolean; from?: Date } | null;
}

/** The answer as things stand at `now`. */
export function whyOf(look: Eligibility, now: Date): Answer {
  const { shop, customer, definition, history, underWay } = look;
  const off = history.onSince === null ? { reason: 'scenario-off' as const, facts: {} } : null;
  const refused = refusePerson(customer, definition.key, shop.settings) ?? groundRefusal(look);
  if (refused) return { why: refused, hold: off, next: null };
  if (underWay) return goingOn(look, underWay, now);
  const { next, ...why } = findState(look, now);
  const hold = off ?? closed(look);
  if (hold || !next) return { why, hold, next: null };
  const first = emailSteps(definition)[0];
  return { why, ...possible(look, { at: next, urgency: first?.urgency }, now) };
}

function groundRefusal({ customer, definition, shop }: Eligibility): Because | null {
  const ground = groundFor(customer, definition, shop.settings);
  return 'refused' in ground ? { reason: ground.refused, facts: {} } : null;
}

/** What closes the shop's door to everybody, whoever it is. */
function closed({ shop, sender }: Eligibility): Because | null {
  if (shop.pausedAt) return { reason: 'everything-paused', facts: {} };
  if (sender !== 'ready') return { reason: sender, facts: {} };
  return shop.pace.name === 'stopped' ? { reason: 'sending-stopped', facts: shop.pace.facts } : null;
}

function goingOn(look: Eligibility, { planned, after }: UnderWayNow, now: Date): Answer {
  const { definition, history } = look;
  const cart = definition.trigger.on === 'checkout-left' ? history.cart : null;
  const why: Found = cart
    ? { state: 'cart-waiting', facts: { leftMs: now.getTime() - cart.leftAt.getTime() } }
    : { state: 'under-way', facts: {} };
  const shut = history.onSince === null ? { reason: 'scenario-off' as const, facts: {} } : closed(look);
  const soonest = planned[0];
  if (soonest) {
    const held = soonest.reason && { reason: soonest.reason, facts: soonest.facts };
    const hold = shut ?? held;
    return { why, hold, next: shut || !soonest.dueAt ? null : { at: later(soonest.dueAt, now), planned: true } };
  }
  if (after?.kind === 'end') {
    const hold = after.reason === 'finished' ? null : { reason: after.reason, facts: after.facts };
    return { why: { state: 'under-way-ending', facts: {} }, hold, next: null };
  }
  if (shut || !after) return { why, hold: shut, next: null };
  if (after.awaitsCode) return { why, hold: { reason: 'code-awaited', facts: {} }, next: null };
  const step = emailSteps(definition).find(({ email }) => email === after.email);
  const { hold, next } = possible(look, { at: after.at, urgency: step?.urgency }, now);
  const at = later(after.at, now);
  return { why, hold, next: { at, planned: true, ...(next.at > at ? { from: next.at } : {}) } };
}

/** The first moment from `at` that frequency and night allow, and what held it until then. */
function possible(
  { shop, customer, definition, recent, zone }: Eligibility,
  { at, urgency }: { at: Date; urgency: EmailStep['urgency'] },
  now: Date,
): { hold: Because | null; next: { at: Date; planned: boolean } } {
  const from = later(at, now);
  if (urgency === 'asked-for') return { hold: null, next: { at: from, planned: false } };
  const gapFrom = urgency === 'first-reminder' ? definition.priority : undefined;
  const wait = nextAllowed(recent, frequencyFor(customer, shop.settings), from, gapFrom);
  const allowed = wait?.until ?? from;
  const awake = quietUntil(allowed, zone, shop.settings.quietHours) ?? allowed;
  return { hold: wait && { reason: wait.reason, facts: wait.facts }, next: { at: awake, planned: false } };
}

function later(at: Date, now: Date): Date {
  return at > now ? at : now;
}
