/**
 * Decides what an enrollment does next. Pure: definition, enrollment, facts and a moment in, effects out. The pipeline
 * carries the effects out; the preview and the replay of the past call the same function.
 */
import { addDuration, durationMs, MINUTE } from '../lib/duration';
import { unreachable } from '../lib/invariant';
import { nextLocalTime, sameTimeNextDay } from '../lib/time-zone';
import type { Enrollment } from './enrollment';
import { exitReason, type ScenarioFacts } from './exit';
import { codeOver } from './offer';
import type { Facts, Reason } from './reason';
import {
  type Condition,
  type EmailStep,
  findStep,
  type ScenarioDefinition,
  type Step,
  stepAfter,
  type WaitStep,
} from './scenario';

export type Effect =
  /** Look again at `dueAt`, at this step. */
  | { kind: 'wait'; cursor: string; anchor: Date; dueAt: Date }
  /** The step's e-mail shows a code that is not there yet: have one made, and look again then, or at `dueAt` at the latest. */
  | { kind: 'get-code'; cursor: string; anchor: Date; dueAt: Date }
  /** Plan the e-mail of this step; once per enrollment and step. */
  | { kind: 'plan'; step: EmailStep; plannedAt: Date; expiresAt: Date }
  /** No further step. `finished` is the ordinary way, anything else stopped it. */
  | { kind: 'end'; reason: Reason; facts: Facts };

interface Position {
  cursor: string | null;
  anchor: Date;
}

/**
 * The effects of looking at an enrollment now, in order; the last one is always `wait`, `get-code` or `end`.
 * Asking again with the same arguments gives the same answer.
 */
export function decide(
  definition: ScenarioDefinition,
  enrollment: Enrollment,
  facts: ScenarioFacts,
  now: Date,
): Effect[] {
  const exit = exitReason(definition.exits, facts);
  if (exit) return [{ kind: 'end', ...exit }];
  return walk(definition, { cursor: enrollment.cursor, anchor: enrollment.anchor }, facts, now);
}

function walk(definition: ScenarioDefinition, start: Position, facts: ScenarioFacts, now: Date): Effect[] {
  const effects: Effect[] = [];
  const { code } = facts;
  let { cursor, anchor } = start;
  while (cursor !== null) {
    const step: Step | null = findStep(definition, cursor);
    if (!step) break;
    switch (step.kind) {
      case 'wait': {
        const dueAt = waitEnd(step, anchor, facts);
        if (!dueAt) {
          const facts: Facts = { condition: 'code-unused', code: code ? 'without-end' : 'never-given' };
          return [...effects, { kind: 'end', reason: 'condition-not-met', facts }];
        }
        if (dueAt > now) return [...effects, { kind: 'wait', cursor: step.id, anchor, dueAt }];
        anchor = dueAt;
        cursor = following(definition, step.id);
        break;
      }
      case 'check': {
        if (holds(step.condition, facts, now)) {
          cursor = following(definition, step.id);
          break;
        }
        const other: string | undefined = step.otherwise?.[0]?.id;
        if (other === undefined) {
          return [...effects, { kind: 'end', reason: 'condition-not-met', facts: unmet(step.condition, facts) }];
        }
        cursor = other;
        break;
      }
      case 'email': {
        const expiresAt = expiryOf(step, anchor, facts.zone);
        if (now < expiresAt && missesCode(definition, step, facts, now)) {
          const dueAt = new Date(Math.min(now.getTime() + CODE_RECHECK, expiresAt.getTime()));
          return [...effects, { kind: 'get-code', cursor: step.id, anchor, dueAt }];
        }
        effects.push({ kind: 'plan', step, plannedAt: anchor, expiresAt });
        cursor = following(definition, step.id);
        break;
      }
      default:
        return unreachable(step);
    }
  }
  return [...effects, { kind: 'end', reason: 'finished', facts: {} }];
}

/** How long a code may take before the enrollment asks for it again. */
const CODE_RECHECK = 15 * MINUTE;

/** When the wait is over; null when it waits for the end of a code that has none. */
function waitEnd(step: WaitStep, anchor: Date, { code, zone }: ScenarioFacts): Date | null {
  if (!step.before) return addDuration(anchor, step.duration);
  if (!code?.endsAt) return null;
  const before = code.endsAt.getTime() - durationMs(step.duration);
  // No sooner than the same time the next day, however short the code lives.
  const soonest = sameTimeNextDay(anchor, zone).getTime();
  return nextLocalTime(new Date(Math.max(before, soonest)), zone, step.before.at);
}

function expiryOf(step: EmailStep, plannedAt: Date, zone: string): Date {
  if (step.expiresAfter !== 'end-of-day') return addDuration(plannedAt, step.expiresAfter);
  return nextLocalTime(new Date(plannedAt.getTime() + 1), zone, 0);
}

/** Whether the e-mail of this step shows a code to this shopper. */
export function showsCode(
  definition: Pick<ScenarioDefinition, 'offer'>,
  step: EmailStep,
  facts: ScenarioFacts,
  now: Date,
): boolean {
  if (!step.code || (step.code.unless && holds(step.code.unless, facts, now))) return false;
  return facts.code !== null || Boolean(definition.offer);
}

function missesCode(definition: ScenarioDefinition, step: EmailStep, facts: ScenarioFacts, now: Date): boolean {
  return facts.code === null && showsCode(definition, step, facts, now);
}

function following(definition: ScenarioDefinition, id: string): string | null {
  return stepAfter(definition.steps, id) ?? null;
}

/** Nobody is reminded of a code that no e-mail gave them: its own was withheld. */
function unmet(condition: Condition, { code }: ScenarioFacts): Facts {
  return condition === 'code-unused' && !code?.givenAt ? { condition, code: 'never-given' } : { condition };
}

function holds(condition: Condition, facts: ScenarioFacts, now: Date): boolean {
  switch (condition) {
    case 'no-order-since-start':
      return facts.orderSinceStart === null;
    case 'opted-in-at-checkout':
      return facts.optedInAtCheckout;
    case 'not-opted-in-at-checkout':
      return !facts.optedInAtCheckout;
    case 'code-unused':
      return facts.code?.givenAt ? codeOver(facts.code, now) === null : false;
    case 'first-time':
      return facts.earlierTimes === 0;
    case 'not-first-time':
      return facts.earlierTimes > 0;
    case 'always':
      return true;
    default:
      return unreachable(condition);
  }
}
