/** What comes next for somebody, as things stand: `decide` asked ahead of time. Called by the customer page; nothing is carried out. */
import { decide } from './decide';
import type { Enrollment } from './enrollment';
import type { ScenarioFacts } from './exit';
import type { Facts, Reason } from './reason';
import { findStep, type ScenarioDefinition } from './scenario';

export type Foreseen =
  /** The next e-mail of the scenario. `awaitsCode`: its code is still to be made. */
  | { kind: 'email'; email: string; at: Date; awaitsCode: boolean }
  /** No e-mail will follow: it ends then, for this reason. */
  | { kind: 'end'; at: Date; reason: Reason; facts: Facts };

/** More looks than any scenario has steps. */
const MOST_LOOKS = 100;

/**
 * The next e-mail of an active enrollment, or its end, if the facts stay as they are: no order, no click, no change of mind.
 * Null where it cannot be told.
 */
export function foresee(
  definition: ScenarioDefinition,
  enrollment: Enrollment & { dueAt: Date | null },
  facts: ScenarioFacts,
  now: Date,
): Foreseen | null {
  let { cursor, anchor, dueAt } = enrollment;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const at: Date = dueAt && dueAt > now ? dueAt : now;
    const effects = decide(definition, { ...enrollment, cursor, anchor }, facts, at);
    for (const effect of effects) {
      switch (effect.kind) {
        case 'plan':
          return { kind: 'email', email: effect.step.email, at: effect.plannedAt, awaitsCode: false };
        case 'get-code':
          return codeStep(definition, effect.cursor, effect.anchor);
        case 'end':
          return { kind: 'end', at, reason: effect.reason, facts: effect.facts };
        case 'wait':
          ({ cursor, anchor, dueAt } = effect);
      }
    }
  }
  return null;
}

function codeStep(definition: ScenarioDefinition, cursor: string, at: Date): Foreseen | null {
  const step = findStep(definition, cursor);
  return step?.kind === 'email' ? { kind: 'email', email: step.email, at, awaitsCode: true } : null;
}
