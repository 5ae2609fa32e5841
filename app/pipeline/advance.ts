/** Stage 3: an enrollment's time has come. Re-reads everything, lets `decide` speak, and commits the effects with the next jobs. */
import { decide, type Effect } from '../domain/decide';
import type { Enrollment } from '../domain/enrollment';
import type { ScenarioDefinition } from '../domain/scenario';
import type { Clock } from '../lib/clock';
import { newCodeText } from '../lib/code-text';
import { invariant, unreachable } from '../lib/invariant';
import type { Queue } from '../queue/enqueue';
import { wantCode } from '../store/codes';
import { recordDecisions } from '../store/decisions';
import { endEnrollments, lockEnrollment, moveEnrollment } from '../store/enrollments';
import { planMessage, withholdOfEnrollments } from '../store/messages';
import { loadScenarioFacts } from '../store/scenario-facts';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadScenario } from './effective-scenario';

export interface AdvanceParts {
  db: Db;
  queue: Queue;
  clock: Clock;
}

export type Advance = (job: { shopId: number; enrollmentId: number }) => Promise<'done' | 'snoozed' | 'gone'>;

/** Makes the stage. Running it twice, or late, or for an enrollment that moved on, is harmless. */
export function makeAdvance({ db, queue, clock }: AdvanceParts): Advance {
  return ({ shopId, enrollmentId }) =>
    inShop(db, shopId, async (shop) => {
      const enrollment = await lockEnrollment(shop, enrollmentId);
      if (enrollment?.status !== 'active') return 'gone';
      const now = clock.now();
      const { definition } = await loadScenario(shop, enrollment.scenario, enrollment.version);
      const facts = (await loadScenarioFacts(shop, [enrollment.id])).get(enrollment.id);
      invariant(facts, 'an enrollment always has facts');
      const effects = decide(definition, enrollment, facts, now);
      for (const effect of effects) await carryOut({ queue, shop, enrollment, definition, now }, effect);
      return effects.at(-1)?.kind === 'end' ? 'done' : 'snoozed';
    });
}

interface Context {
  queue: Queue;
  shop: ShopScope;
  enrollment: Enrollment & { dueAt: Date | null };
  definition: ScenarioDefinition;
  now: Date;
}

async function carryOut(context: Context, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'wait':
      return wait(context, effect);
    case 'get-code':
      return getCode(context, effect);
    case 'plan':
      return plan(context, effect);
    case 'end':
      return end(context, effect);
    default:
      return unreachable(effect);
  }
}

async function wait({ shop, enrollment, now }: Context, effect: Extract<Effect, { kind: 'wait' }>): Promise<void> {
  const unchanged = enrollment.cursor === effect.cursor && enrollment.dueAt?.getTime() === effect.dueAt.getTime();
  await moveEnrollment(shop, enrollment.id, effect);
  if (unchanged) return;
  await recordDecisions(shop, [
    {
      at: now,
      customerId: enrollment.customerId,
      scenario: enrollment.scenario,
      enrollmentId: enrollment.id,
      step: effect.cursor,
      kind: 'waited',
      reason: 'wait-started',
      facts: { until: effect.dueAt.toISOString() },
    },
  ]);
}

/** Has the shopper's code made, by a job of its own: Shopify may take its time, and the step waits where it is. */
async function getCode(
  { queue, shop, enrollment, definition, now }: Context,
  effect: Extract<Effect, { kind: 'get-code' }>,
): Promise<void> {
  const { id: enrollmentId, customerId, scenario } = enrollment;
  const { offer } = definition;
  invariant(offer, 'a code is asked for only where the scenario has an offer');
  const code = offer.kind === 'fixed-code' ? offer.code : newCodeText();
  const isNew = await wantCode(shop, { enrollmentId, customerId, scenario, offer, code }, now);
  await moveEnrollment(shop, enrollmentId, effect);
  await queue.enqueue(shop, 'code.issue', [{ shopId: shop.shopId, enrollmentId }]);
  if (!isNew) return;
  await recordDecisions(shop, [
    {
      at: now,
      customerId,
      scenario,
      enrollmentId,
      step: effect.cursor,
      kind: 'waited',
      reason: 'code-awaited',
      facts: {},
    },
  ]);
}

async function plan(
  { queue, shop, enrollment, definition, now }: Context,
  { step, plannedAt, expiresAt }: Extract<Effect, { kind: 'plan' }>,
): Promise<void> {
  const { id: enrollmentId, scenario, customerId } = enrollment;
  const messageId = await planMessage(shop, {
    enrollmentId,
    scenario,
    customerId,
    step: step.id,
    email: step.email,
    priority: definition.priority,
    urgency: step.urgency ?? null,
    plannedAt,
    expiresAt,
    dueAt: now,
    alarmAt: now,
  });
  if (messageId === null) return;
  await recordDecisions(shop, [
    {
      at: now,
      customerId,
      scenario,
      enrollmentId,
      messageId,
      step: step.id,
      kind: 'planned',
      reason: 'message-planned',
      facts: { plannedAt: plannedAt.toISOString() },
    },
  ]);
  await queue.enqueue(shop, 'message.deliver', [{ shopId: shop.shopId, messageId }]);
}

async function end(
  { shop, enrollment, now }: Context,
  { reason, facts }: Extract<Effect, { kind: 'end' }>,
): Promise<void> {
  const { id: enrollmentId, scenario, customerId, cursor } = enrollment;
  await endEnrollments(shop, [enrollmentId], { reason, at: now });
  // Every step done leaves the planned messages alone; any other end takes them along.
  const withheld =
    reason === 'finished' || reason === 'condition-not-met'
      ? []
      : await withholdOfEnrollments(shop, [enrollmentId], { reason, facts });
  await recordDecisions(shop, [
    ...withheld.map((message) => ({
      at: now,
      customerId,
      scenario,
      enrollmentId,
      messageId: message.id,
      step: message.step,
      kind: 'withheld' as const,
      reason,
      facts,
    })),
    { at: now, customerId, scenario, enrollmentId, ...(cursor ? { step: cursor } : {}), kind: 'ended', reason, facts },
  ]);
}
