/**
 * Decides what an enrollment does next. Pure: definition, enrollment, facts and a moment in, effects out. The pipeline
 * carries the effects out; the preview and the replay of the past call the same function.
 */
import { addDuration } from '../lib/duration';
import { unreachable } from '../lib/invariant';
import type { Enrollment } from './enrollment';
import { exitReason, type ScenarioFacts } from './exit';
import type { Facts, Reason } from './reason';
import { type Condition, type EmailStep, findStep, type ScenarioDefinition, type Step, stepAfter } from './scenario';

export type Effect =
  /** Look again at `dueAt`, at this step. */
  | { kind: 'wait'; cursor: string; anchor: Date; dueAt: Date }
  /** Plan the e-mail of this step; once per enrollment and step. */
  | { kind: 'plan'; step: EmailStep; plannedAt: Date; expiresAt: Date }
  /** No further step. `finished` is the ordinary way, anything else stopped it. */
  | { kind: 'end'; reason: Reason; facts: Facts };

interface Position {
  cursor: string | null;
  anchor: Date;
}

/**
 * The effects of looking at an enrollment now, in order; the last one is always `wait` or `end`.
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
  let { cursor, anchor } = start;
  while (cursor !== null) {
    const step: Step | null = findStep(definition, cursor);
    if (!step) break;
    switch (step.kind) {
      case 'wait': {
        const dueAt = addDuration(anchor, step.duration);
        if (dueAt > now) return [...effects, { kind: 'wait', cursor: step.id, anchor, dueAt }];
        anchor = dueAt;
        cursor = following(definition, step.id);
        break;
      }
      case 'check': {
        if (holds(step.condition, facts)) {
          cursor = following(definition, step.id);
          break;
        }
        const other: string | undefined = step.otherwise?.[0]?.id;
        if (other === undefined) {
          return [...effects, { kind: 'end', reason: 'condition-not-met', facts: { condition: step.condition } }];
        }
        cursor = other;
        break;
      }
      case 'email':
        effects.push({ kind: 'plan', step, plannedAt: anchor, expiresAt: addDuration(anchor, step.expiresAfter) });
        cursor = following(definition, step.id);
        break;
      default:
        return unreachable(step);
    }
  }
  return [...effects, { kind: 'end', reason: 'finished', facts: {} }];
}

function following(definition: ScenarioDefinition, id: string): string | null {
  return stepAfter(definition.steps, id) ?? null;
}

function holds(condition: Condition, facts: ScenarioFacts): boolean {
  switch (condition) {
    case 'no-order-since-start':
      return facts.orderSinceStart === null;
    case 'opted-in-at-checkout':
      return facts.optedInAtCheckout;
    case 'not-opted-in-at-checkout':
      return !facts.optedInAtCheckout;
    case 'always':
      return true;
    default:
      return unreachable(condition);
  }
}
