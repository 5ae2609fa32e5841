/** A scenario's steps as its page holds them while they are edited: lengths of time as typed. Used by the draft, the map and its panel. */
import type { Condition, Step } from '../domain/scenario';
import type { WrittenStep } from '../domain/step-rules';
import { type Duration, type DurationUnit, parseDuration } from '../lib/duration';
import { unreachable } from '../lib/invariant';

export interface DelayInput {
  /** As typed: it may be no number yet. */
  amount: string;
  unit: DurationUnit;
}

export interface DraftWait {
  kind: 'wait';
  id: string;
  delay: DelayInput;
  /** Counts back from the end of the shopper's code. */
  before?: { event: 'code-end'; at: number } | undefined;
}

export interface DraftCheck {
  kind: 'check';
  id: string;
  condition: Condition;
  /** Empty: it ends there. */
  otherwise: DraftStep[];
}

export interface DraftEmail {
  kind: 'email';
  id: string;
  /** Key of the e-mail. */
  email: string;
  expires: DelayInput | 'end-of-day';
  /** Shows the shopper's own code. */
  code?: { unless?: Condition | undefined; required?: boolean | undefined } | undefined;
}

export type DraftStep = DraftWait | DraftCheck | DraftEmail;

export function delayInput(duration: Duration): DelayInput {
  const { amount, unit } = parseDuration(duration) ?? { amount: 0, unit: 'h' as const };
  return { amount: String(amount), unit };
}

export function delayText({ amount, unit }: DelayInput): string {
  return `${amount.trim()}${unit}`;
}

export function draftSteps(steps: readonly Step[]): DraftStep[] {
  return steps.map((step): DraftStep => {
    switch (step.kind) {
      case 'wait': {
        const { duration, ...rest } = step;
        return { ...rest, delay: delayInput(duration) };
      }
      case 'check':
        return { ...step, otherwise: draftSteps(step.otherwise ?? []) };
      case 'email': {
        // Which e-mail is exempt from the night and the cap is not the owner's to say.
        const { expiresAfter, urgency: _, ...rest } = step;
        return { ...rest, expires: expiresAfter === 'end-of-day' ? expiresAfter : delayInput(expiresAfter) };
      }
      default:
        return unreachable(step);
    }
  });
}

/** The steps as they travel to the server and as the rules look at them. */
export function writtenSteps(steps: readonly DraftStep[]): WrittenStep[] {
  return steps.map((step): WrittenStep => {
    switch (step.kind) {
      case 'wait': {
        const { delay, before, ...rest } = step;
        return { ...rest, duration: delayText(delay), ...(before ? { before } : {}) };
      }
      case 'check': {
        const { otherwise, ...rest } = step;
        return { ...rest, ...(otherwise.length > 0 ? { otherwise: writtenSteps(otherwise) } : {}) };
      }
      case 'email': {
        const { expires, code, ...rest } = step;
        const expiresAfter = expires === 'end-of-day' ? expires : delayText(expires);
        return { ...rest, expiresAfter, ...(code ? { code: written(code) } : {}) };
      }
      default:
        return unreachable(step);
    }
  });
}

function written({ unless, required }: NonNullable<DraftEmail['code']>) {
  return { ...(unless ? { unless } : {}), ...(required ? { required } : {}) };
}

/** Every step in reading order, those of a branch after the check they hang from. */
export function everyStep(steps: readonly DraftStep[]): DraftStep[] {
  return steps.flatMap((step) => (step.kind === 'check' ? [step, ...everyStep(step.otherwise)] : [step]));
}

/** The e-mail steps in reading order. */
export function everyEmail(steps: readonly DraftStep[]): DraftEmail[] {
  return everyStep(steps).filter((step) => step.kind === 'email');
}
