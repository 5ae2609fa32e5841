/** What can be wrong with the discount a scenario gives, told before it is switched on. Pure; called by `pipeline/checks`. */
import { DAY, durationMs } from '../lib/duration';
import type { CheckCode } from './check-finding';
import type { Offer } from './offer';
import { type EmailStep, emailSteps, type ScenarioDefinition, type Step } from './scenario';
import type { CodeSeen } from './seen';

export interface CodeFinding {
  code: CheckCode;
  facts: Record<string, string | number>;
}

/**
 * @param today the shop's day, `YYYY-MM-DD`
 * @param seen what Shopify said of the owner's own code; null while it was not asked
 */
export function checkOffer(definition: ScenarioDefinition, today: string, seen: CodeSeen | null): CodeFinding[] {
  const { offer } = definition;
  if (!offer || !emailSteps(definition).some((step) => step.code)) return [];
  return offer.kind === 'fixed-code' ? checkOwnCode(offer, today, seen) : checkEarlyEnd(definition, offer.validDays);
}

function checkOwnCode(
  { code, endsOn }: Extract<Offer, { kind: 'fixed-code' }>,
  today: string,
  seen: CodeSeen | null,
): CodeFinding[] {
  if (endsOn !== null && endsOn < today) return [{ code: 'code-ended', facts: { code, day: endsOn } }];
  if (seen === 'gone') return [{ code: 'code-gone', facts: { code } }];
  if (seen === 'ended') return [{ code: 'code-ended', facts: { code } }];
  if (seen === 'not-yet') return [{ code: 'code-not-yet', facts: { code } }];
  return endsOn === null ? [{ code: 'code-no-end', facts: { code } }] : [];
}

/** The first e-mail that shows the code so late that it has ended: those after it are no better. */
function checkEarlyEnd(definition: ScenarioDefinition, validDays: number): CodeFinding[] {
  const shown = emailsAt(definition.steps, 0).filter(({ step }) => step.code);
  const first = shown[0]?.after ?? 0;
  const late = shown.find(({ after }) => after - first > validDays * DAY);
  if (!late) return [];
  const number = emailSteps(definition).findIndex(({ id }) => id === late.step.id) + 1;
  const days = Math.round((late.after - first) / DAY);
  return [{ code: 'code-ends-early', facts: { number, days, validDays } }];
}

/** When each e-mail goes out, counted from the start; a wait that ends before the code does leaves nothing to count. */
function emailsAt(steps: readonly Step[], start: number): { step: EmailStep; after: number }[] {
  let after = start;
  return steps.flatMap((step) => {
    if (step.kind === 'email') return [{ step, after }];
    if (step.kind === 'check') return emailsAt(step.otherwise ?? [], after);
    after = step.before ? Number.NEGATIVE_INFINITY : after + durationMs(step.duration);
    return [];
  });
}
