/** Stage 3: an enrollment's time has come. Re-reads everything, lets `decide` speak, and commits the effects with the next jobs. */
import { decide, type Effect } from '../domain/decide';
import type { Enrollment } from '../domain/enrollment';
import { HELD_RECHECK } from '../domain/last-look';
import { lostFacts } from '../domain/lost-time';
import type { Reason } from '../domain/reason';
import type { ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import type { Clock } from '../lib/clock';
import { invariant, unreachable } from '../lib/invariant';
import type { Logger } from '../log.server';
import type { Queue } from '../queue/enqueue';
import { deliveries } from '../queue/jobs';
import { wantCode } from '../store/codes';
import { decisionAbout, findLastReason, type NewDecision, recordDecisions } from '../store/decisions';
import { endEnrollments, lockEnrollments, moveEnrollment } from '../store/enrollments';
import { planMessage, withholdOfEach } from '../store/messages';
import { heldFrom } from '../store/restored';
import { loadScenarioFacts } from '../store/scenario-facts';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { textOf } from './codes/parts';
import { type EffectiveScenario, loadScenario } from './effective-scenario';
import { type MayHaveLeft, makeMayHaveLeft, reopenTold } from './lost-time';

export interface AdvanceParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  log: Logger;
}

export type Advance = (shopId: number, enrollmentIds: readonly number[]) => Promise<void>;

/**
 * Makes the stage, for any number of enrollments of one shop in one transaction. Running it twice, or late, or for
 * enrollments that moved on, is harmless.
 */
export function makeAdvance({ db, queue, clock, log }: AdvanceParts): Advance {
  return async (shopId, enrollmentIds) => {
    const outcome = await inShop(db, shopId, async (shop) => {
      const active = (await lockEnrollments(shop, enrollmentIds)).filter(({ status }) => status === 'active');
      if (active.length === 0) return null;
      const now = clock.now();
      const scenarios = makeScenarios(shop);
      const isPaused = makeIsPaused(shop);
      const mayHaveLeft = makeMayHaveLeft(shop, now);
      const ids = active.map(({ id }) => id);
      const facts = await loadScenarioFacts(shop, ids);
      const done: Done = { decisions: [], ends: [], deliver: [], held: [], issue: [] };
      for (const enrollment of active) {
        const { definition, enabled } = await scenarios.get(enrollment.scenario, enrollment.version);
        const own = facts.get(enrollment.id);
        invariant(own, 'an enrollment always has facts');
        const effects = decide(definition, enrollment, own, now);
        const heldBy = async () => ((await isPaused()) ? 'everything-paused' : enabled ? null : 'scenario-off');
        for (const effect of effects) {
          await carryOut({ shop, enrollment, definition, heldBy, mayHaveLeft, now, done }, effect);
        }
      }
      await finish({ queue, shop, now }, done);
      return {
        count: active.length,
        planned: done.deliver.length,
        codes: done.issue.length,
        ended: done.ends.length,
      };
    });
    if (outcome) log.info({ event: 'enrollments.advanced', shopId, ...outcome });
  };
}

/** Reads each scenario once, in each version its enrollments run on. */
function makeScenarios(shop: ShopScope) {
  const read = new Map<string, Promise<EffectiveScenario>>();
  return {
    get(key: ScenarioKey, version: number): Promise<EffectiveScenario> {
      const name = `${key}:${version}`;
      const found = read.get(name) ?? loadScenario(shop, key, version);
      read.set(name, found);
      return found;
    },
  };
}

/** Whether the owner paused everything; read once, where it is asked at all. */
function makeIsPaused(shop: ShopScope): () => Promise<boolean> {
  let paused: Promise<boolean> | null = null;
  return () => {
    paused ??= loadShop(shop).then(({ pausedAt }) => pausedAt !== null);
    return paused;
  };
}

type EndEffect = Extract<Effect, { kind: 'end' }>;
type LockedEnrollment = Enrollment & { dueAt: Date | null };

/** What the enrollments came to, written down together at the end. */
interface Done {
  decisions: NewDecision[];
  ends: { enrollment: LockedEnrollment; effect: EndEffect }[];
  /** Messages to deliver. */
  deliver: string[];
  /** Messages that may have left before the database was restored from a copy. */
  held: string[];
  /** Enrollments whose code is to be made. */
  issue: number[];
}

interface Context {
  shop: ShopScope;
  enrollment: LockedEnrollment;
  definition: ScenarioDefinition;
  /** Which of the owner's switches holds its e-mails, if any. */
  heldBy: () => Promise<Reason | null>;
  mayHaveLeft: MayHaveLeft;
  now: Date;
  done: Done;
}

async function finish({ queue, shop, now }: { queue: Queue; shop: ShopScope; now: Date }, done: Done): Promise<void> {
  await end({ shop, now, done });
  await recordDecisions(shop, done.decisions);
  const { shopId } = shop;
  await queue.enqueue(
    shop,
    'code.issue',
    done.issue.map((enrollmentId) => ({ shopId, enrollmentId })),
  );
  await queue.enqueue(shop, 'message.deliver', deliveries(shopId, done.deliver));
  await reopenTold(queue, shop, done.held);
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
      context.done.ends.push({ enrollment: context.enrollment, effect });
      return;
    default:
      return unreachable(effect);
  }
}

async function wait(
  { shop, enrollment, now, done }: Context,
  effect: Extract<Effect, { kind: 'wait' }>,
): Promise<void> {
  const unchanged = enrollment.cursor === effect.cursor && enrollment.dueAt?.getTime() === effect.dueAt.getTime();
  await moveEnrollment(shop, enrollment.id, effect);
  if (unchanged) return;
  done.decisions.push({
    at: now,
    customerId: enrollment.customerId,
    scenario: enrollment.scenario,
    enrollmentId: enrollment.id,
    step: effect.cursor,
    kind: 'waited',
    reason: 'wait-started',
    facts: { until: effect.dueAt.toISOString() },
  });
}

/**
 * Has the shopper's code made, by a job of its own: Shopify may take its time, and the step waits where it is. None is made
 * while nothing may go out: its days would pass unseen.
 */
async function getCode(context: Context, effect: Extract<Effect, { kind: 'get-code' }>): Promise<void> {
  const held = await context.heldBy();
  if (held) return holdCode(context, effect, held);
  const { shop, enrollment, definition, now, done } = context;
  const { id: enrollmentId, customerId, scenario } = enrollment;
  const { offer } = definition;
  invariant(offer, 'a code is asked for only where the scenario has an offer');
  const isNew = await wantCode(shop, { enrollmentId, customerId, scenario, offer, code: textOf(offer) }, now);
  await moveEnrollment(shop, enrollmentId, effect);
  done.issue.push(enrollmentId);
  if (!isNew) return;
  done.decisions.push({
    at: now,
    customerId,
    scenario,
    enrollmentId,
    step: effect.cursor,
    kind: 'waited',
    reason: 'code-awaited',
    facts: {},
  });
}

/** Leaves the step where it is: switching on again looks at once. */
async function holdCode(
  { shop, enrollment, now, done }: Context,
  { cursor, anchor }: Extract<Effect, { kind: 'get-code' }>,
  reason: Reason,
): Promise<void> {
  const { id: enrollmentId, customerId, scenario } = enrollment;
  await moveEnrollment(shop, enrollmentId, { cursor, anchor, dueAt: new Date(now.getTime() + HELD_RECHECK) });
  // Found again and again for the same reason, it is one decision.
  if ((await findLastReason(shop, enrollment)) === reason) return;
  done.decisions.push({ at: now, customerId, scenario, enrollmentId, step: cursor, kind: 'waited', reason, facts: {} });
}

/** What a step waits for before its e-mail can be planned. */
const HOLDING_STEPS: readonly Reason[] = ['everything-paused', 'scenario-off', 'code-awaited'];

async function plan(
  { shop, enrollment, definition, mayHaveLeft, now, done }: Context,
  { step, plannedAt, expiresAt }: Extract<Effect, { kind: 'plan' }>,
): Promise<void> {
  const { id: enrollmentId, scenario, customerId, occurrence } = enrollment;
  // Planned only now because its step waited: its end should name what for.
  const waitedFor = now < expiresAt ? null : await findLastReason(shop, enrollment);
  const row = {
    reason: HOLDING_STEPS.find((reason) => reason === waitedFor) ?? null,
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
  };
  const lost = await mayHaveLeft(definition, enrollment, { step: step.id, plannedAt });
  const messageId = await planMessage(shop, lost ? heldFrom(row, lost, now) : row, occurrence);
  if (messageId === null) return;
  const about = { at: now, customerId, scenario, enrollmentId, messageId, step: step.id };
  const facts = { plannedAt: plannedAt.toISOString() };
  if (lost) {
    done.decisions.push({
      ...{ ...about, kind: 'put-off', reason: 'restored-from-copy' },
      facts: { ...facts, ...lostFacts(lost) },
    });
    done.held.push(messageId);
  } else {
    done.decisions.push({ ...about, kind: 'planned', reason: 'message-planned', facts });
    done.deliver.push(messageId);
  }
}

/** Ends enrollments, with the messages of theirs that may not go any more. */
async function end({ shop, now, done }: Pick<Context, 'shop' | 'now' | 'done'>): Promise<void> {
  for (const [reason, ends] of Map.groupBy(done.ends, ({ effect }) => effect.reason)) {
    const ids = ends.map(({ enrollment }) => enrollment.id);
    await endEnrollments(shop, ids, { reason, at: now });
  }
  // Every step done leaves the planned messages alone; any other end takes them along.
  const takeAlong = done.ends.filter(
    ({ effect: { reason } }) => reason !== 'finished' && reason !== 'condition-not-met',
  );
  const withheld = await withholdOfEach(
    shop,
    takeAlong.map(({ enrollment, effect }) => ({ enrollmentId: enrollment.id, ...effect })),
  );
  done.decisions.push(
    ...withheld.map(({ reason, facts, ...message }) =>
      decisionAbout(message, { at: now, kind: 'withheld', reason, facts }),
    ),
    ...done.ends.map(({ enrollment: { id: enrollmentId, scenario, customerId, cursor }, effect }) => ({
      ...{ at: now, customerId, scenario, enrollmentId, kind: 'ended' as const },
      ...{ reason: effect.reason, facts: effect.facts, ...(cursor ? { step: cursor } : {}) },
    })),
  );
}
