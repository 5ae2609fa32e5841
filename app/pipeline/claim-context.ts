/** What the last look at a batch of due messages is made of: everything known of their people, scenarios and shop, read at once. Asked by claim. */
import type { Ground } from '../domain/consent';
import { showsCode } from '../domain/decide';
import type { ScenarioFacts } from '../domain/exit';
import type { RecentSend } from '../domain/frequency';
import type { LastLook } from '../domain/last-look';
import { codeOver, type ShopperCode } from '../domain/offer';
import { findStep, type ScenarioKey } from '../domain/scenario';
import { type Shop, shopperLanguage } from '../domain/shop';
import { HOUR } from '../lib/duration';
import type { Language } from '../lib/language';
import { moreImportantThan } from '../scenarios/catalogue';
import {
  type Addressee,
  loadEnrollments,
  loadRecentSends,
  loadUpcoming,
  lockCustomers,
  type MessageEnrollment,
  type PlannedMessage,
  type Rival,
} from '../store/last-look';
import { loadScenarioFacts } from '../store/scenario-facts';
import type { ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { loadUnapplied, type Unapplied } from '../store/unapplied';
import { type Limits, loadLimits } from './allowances';
import { type EffectiveScenario, loadPinnedScenarios, pinnedName } from './effective-scenario';
import { makeFactsShown } from './facts-shown';
import { liveLines, loadShelf, type Shelf } from './message-values';
import { type Sender, type SenderSettings, senderOf } from './sender';

/** A message this worker alone may send now, with all it is filled from. */
export interface Claim {
  message: PlannedMessage;
  customer: Addressee;
  scenario: EffectiveScenario;
  ground: Ground;
  language: Language;
  checkoutId: string | undefined;
  boughtAtCheckout: boolean;
  /** What the e-mail may show: theirs, and neither used nor ended. */
  code: ShopperCode | null;
}

export interface ClaimInput {
  messageIds: readonly string[];
  claimId: string;
  now: Date;
  settings: SenderSettings;
  /** SendGrid refused our key a moment ago. */
  providerPaused: boolean;
  ordersConfirmed: boolean;
}

export interface Context {
  shop: Shop & { settingsVersion: number };
  sender: Sender;
  customers: Map<string, Addressee>;
  enrollments: Map<number, MessageEnrollment>;
  facts: Map<number, ScenarioFacts>;
  recent: Map<string, RecentSend[]>;
  upcoming: Map<string, Rival[]>;
  scenarios: Map<string, EffectiveScenario>;
  shelf: Shelf;
  unapplied: Unapplied;
  limits: Limits;
}

/** Locks the people of these messages. */
export async function loadContext(
  scope: ShopScope,
  due: readonly PlannedMessage[],
  { now, settings }: Pick<ClaimInput, 'now' | 'settings'>,
): Promise<Context> {
  const customerIds = [...new Set(due.map((message) => message.customerId))];
  const enrollmentIds = [...new Set(due.map((message) => message.enrollmentId))];
  // First of all: what is applied after this is looked upon as waiting, and what was applied before is read below.
  const unapplied = await loadUnapplied(scope);
  const customers = await lockCustomers(scope, customerIds);
  // What does not wait for another answer is asked at once: one way to Postgres and back instead of a dozen. The shop says up to
  // when its orders are known, so the orders are read after it.
  const [enrollments, shop, facts, recent] = await Promise.all([
    loadEnrollments(scope, enrollmentIds),
    loadShop(scope),
    loadScenarioFacts(scope, enrollmentIds),
    loadRecentSends(scope, customerIds, now),
  ]);
  const horizon = new Date(now.getTime() + shop.settings.frequency.gapHours * HOUR);
  const [rivals, scenarios, limits] = await Promise.all([
    loadUpcoming(scope, { customerIds, scenarios: scenariosAbove(due), until: horizon }),
    loadPinnedScenarios(scope, [...enrollments.values()]),
    loadLimits(scope, shop, { now, settings }),
  ]);
  const checkoutIds = [...enrollments.values()].flatMap(({ subject }) =>
    subject.checkoutId ? [subject.checkoutId] : [],
  );
  const factsShown = makeFactsShown();
  const shown = due.map(({ enrollmentId, scenario, email, customerId }) => {
    const effective = scenarioOf({ enrollments, scenarios }, enrollmentId);
    return { customerId, scenario, facts: effective ? factsShown(effective, scenario, email) : [] };
  });
  return {
    shop,
    sender: senderOf(shop, settings),
    customers,
    enrollments,
    facts,
    recent,
    upcoming: Map.groupBy(rivals, (rival) => rival.customerId),
    scenarios,
    shelf: await loadShelf(scope, { checkoutIds, shown, now }),
    unapplied,
    limits,
  };
}

/** The scenario an enrollment runs on, in the version it began with. */
function scenarioOf(
  { enrollments, scenarios }: Pick<Context, 'enrollments' | 'scenarios'>,
  enrollmentId: number,
): EffectiveScenario | undefined {
  const enrollment = enrollments.get(enrollmentId);
  return enrollment && scenarios.get(pinnedName(enrollment));
}

export interface Looked {
  look: LastLook;
  claim: Omit<Claim, 'ground'>;
  /** Shopify told something of them that nobody has applied yet. */
  isToldMore: boolean;
}

/** @returns null for a message whose person or scenario is gone */
export function lookAt(context: Context, message: PlannedMessage, input: ClaimInput): Looked | null {
  const customer = context.customers.get(message.customerId);
  const enrollment = context.enrollments.get(message.enrollmentId);
  const facts = context.facts.get(message.enrollmentId);
  const scenario = scenarioOf(context, message.enrollmentId);
  if (!customer || !enrollment || !facts || !scenario) return null;
  const { shop, sender, shelf } = context;
  const checkoutId = enrollment.subject.checkoutId;
  const isToldMore = context.unapplied([customer.id, customer.email, checkoutId]);
  const code = codeOf(scenario, { step: message.step, facts, now: input.now });
  const checkoutLocale = checkoutId === undefined ? null : (shelf.checkouts.get(checkoutId)?.locale ?? null);
  return {
    isToldMore,
    look: {
      shop,
      definition: scenario.definition,
      ...(message.urgency ? { urgency: message.urgency } : { urgency: undefined }),
      scenarioOn: scenario.enabled,
      endedBy:
        enrollment.status === 'ended' && enrollment.endReason !== 'condition-not-met' ? enrollment.endReason : null,
      scenario: facts,
      customer,
      zone: facts.zone,
      recent: context.recent.get(message.customerId) ?? [],
      rivalDueAt: rivalOf(context, message.scenario, message.customerId),
      sender: input.providerPaused ? 'provider-paused' : sender.state,
      allowances: context.limits.allowances,
      // Told and not applied is as good as not known: the order may be of this very person.
      ordersConfirmed: input.ordersConfirmed && !isToldMore,
      showable: checkoutId === undefined ? null : liveLines(shelf, checkoutId).length,
      code: { state: code.state, required: code.required },
      plannedAt: message.plannedAt,
      expiresAt: message.expiresAt,
      putOffFor: message.reason && { reason: message.reason, facts: message.facts ?? {} },
    },
    claim: {
      message,
      customer,
      scenario,
      language: shopperLanguage(shop, customer.preferences.language, customer.locale, checkoutLocale),
      checkoutId,
      boughtAtCheckout: facts.optedInAtCheckout,
      code: code.state === 'ready' ? facts.code : null,
    },
  };
}

function codeOf(
  { definition }: EffectiveScenario,
  { step: id, facts, now }: { step: string; facts: ScenarioFacts; now: Date },
): LastLook['code'] {
  const step = findStep(definition, id);
  if (step?.kind !== 'email' || !showsCode(definition, step, facts, now)) return { state: 'none', required: false };
  const state = facts.code ? (codeOver(facts.code, now) ?? 'ready') : 'awaited';
  return { state, required: step.code?.required ?? false };
}

/** Whose e-mails go before some of these. */
function scenariosAbove(due: readonly PlannedMessage[]): ScenarioKey[] {
  const own = new Set(due.map(({ scenario }) => scenario));
  return [...new Set([...own].flatMap(moreImportantThan))];
}

/** When the next more important e-mail to this person is due, within the gap the shop keeps between two. */
function rivalOf(context: Context, scenario: ScenarioKey, customerId: string): Date | null {
  const upcoming = context.upcoming.get(customerId);
  if (!upcoming) return null;
  const higher = moreImportantThan(scenario);
  const rivals = upcoming.filter((rival) => higher.includes(rival.scenario));
  const earliest = Math.min(...rivals.map((rival) => rival.dueAt.getTime()));
  return Number.isFinite(earliest) ? new Date(earliest) : null;
}
