/**
 * The scenario as data: what starts it, what stops it, and its steps in reading order. The prebuilt ones stand in
 * `app/scenarios`; the owner's edits are an overlay on them. The engine, the admin and the tests all read this shape.
 */
import type { Duration } from '../lib/duration';
import type { MinuteOfDay } from '../lib/time-zone';
import type { Audience } from './audience';
import type { Offer } from './offer';

export const SCENARIO_KEYS = ['welcome', 'abandoned-checkout', 'birthday', 'win-back', 'vip'] as const;
export type ScenarioKey = (typeof SCENARIO_KEYS)[number];

export function isScenarioKey(key: string): key is ScenarioKey {
  return (SCENARIO_KEYS as readonly string[]).includes(key);
}

/** What begins an enrollment. `occurrence` says what makes two of them the same: repeats are harmless by that key. */
export type Trigger =
  | { on: 'consent-given'; maxAge: Duration; occurrence: 'once' }
  | { on: 'checkout-left'; occurrence: 'checkout' }
  /** Their birthday, at this time on their own clock. Found by the scan. */
  | { on: 'birthday'; at: MinuteOfDay; occurrence: 'year' }
  /** No order for as long as the scenario's audience says. Found by the scan. */
  | { on: 'lapsed'; occurrence: 'last-order' }
  /** Among the best customers, as the scenario's audience says; again after each `every`. Found by the scan. */
  | { on: 'vip'; every: Duration; occurrence: 'period' };

/** The triggers nobody tells us of: the scan looks for them. */
export const SCANNED = ['birthday', 'lapsed', 'vip'] as const satisfies readonly Trigger['on'][];

/** What ends an enrollment at once, wherever it is. */
export type Exit = 'order-placed' | 'checkout-completed' | 'checkout-emptied' | 'vip-left' | 'birth-date-gone';

/** Questions a step may ask of the facts as they are at that moment; the owner may choose another for any check. */
export const CONDITIONS = [
  'no-order-since-start',
  'opted-in-at-checkout',
  'not-opted-in-at-checkout',
  'code-unused',
  'first-time',
  'not-first-time',
  'always',
] as const;
export type Condition = (typeof CONDITIONS)[number];

interface StepBase {
  /** Unique within the scenario and stable for ever: history and the owner's edits refer to it. */
  id: string;
}

/** Waits, counted from the previous step's planned time; or until `duration` before the shopper's code ends, then this time on their clock. */
export interface WaitStep extends StepBase {
  kind: 'wait';
  duration: Duration;
  before?: { event: 'code-end'; at: MinuteOfDay };
}

/** Goes on when the condition holds; otherwise takes the `otherwise` steps, or ends where there are none. */
export interface CheckStep extends StepBase {
  kind: 'check';
  condition: Condition;
  otherwise?: readonly Step[];
}

/** Plans one e-mail. */
export interface EmailStep extends StepBase {
  kind: 'email';
  /** Key of the e-mail in the scenario's list. */
  email: string;
  /** How long after its planned time it may still go out; the end of that day is the shopper's midnight. */
  expiresAfter: Duration | 'end-of-day';
  /** `asked-for`: the shopper just asked for it, so the frequency cap and quiet hours do not hold it back. */
  urgency?: 'asked-for' | 'first-reminder';
  /**
   * Shows the shopper's own code of the scenario's offer, which must be there before the e-mail is planned; not where
   * `unless` holds. `required`: it speaks of nothing else, so it is withheld once the code ended or was used.
   */
  code?: { unless?: Condition; required?: boolean };
}

export type Step = WaitStep | CheckStep | EmailStep;
export type StepKind = Step['kind'];

export interface ScenarioDefinition {
  key: ScenarioKey;
  /** Raised when the structure of the steps changes; enrollments finish on the version they began with. */
  version: number;
  trigger: Trigger;
  exits: readonly Exit[];
  /** 1 goes first when two e-mails compete for a shopper. */
  priority: number;
  /** `left-checkout`: the owner may widen consent to people who left an address at a checkout. */
  consent: 'subscribed' | 'left-checkout';
  /** The discount its e-mails give; null gives none until the owner chooses one. Absent where no e-mail can show one. */
  offer?: Offer | null;
  /** Whom a scanned scenario looks for; the owner may choose another. */
  audience?: Audience;
  steps: readonly Step[];
}

/** Every step in reading order, those under `otherwise` after the check they hang from. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) =>
    step.kind === 'check' && step.otherwise ? [step, ...allSteps(step.otherwise)] : [step],
  );
}

/** The e-mail steps in reading order. */
export function emailSteps(definition: ScenarioDefinition): EmailStep[] {
  return allSteps(definition.steps).filter((step) => step.kind === 'email');
}

/** The step with this id, or null. */
export function findStep(definition: ScenarioDefinition, id: string): Step | null {
  return allSteps(definition.steps).find((step) => step.id === id) ?? null;
}

/** The same steps in the same places, whatever their delays, questions and settings: who began on one may go on on the other. */
export function sameStructure(one: readonly Step[], other: readonly Step[]): boolean {
  return JSON.stringify(outline(one)) === JSON.stringify(outline(other));
}

function outline(steps: readonly Step[]): unknown {
  return steps.map((step) => {
    const inside = step.kind === 'check' ? outline(step.otherwise ?? []) : step.kind === 'email' ? step.email : null;
    return [step.kind, step.id, inside];
  });
}

/** The id of the step that follows `id`: its next sibling, else the one after the check it hangs from; null at the end. */
export function stepAfter(steps: readonly Step[], id: string, outer: string | null = null): string | null | undefined {
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1]?.id ?? outer;
    if (step.id === id) return next;
    if (step.kind === 'check' && step.otherwise) {
      const inside = stepAfter(step.otherwise, id, null);
      if (inside !== undefined) return inside;
    }
  }
  return undefined;
}
