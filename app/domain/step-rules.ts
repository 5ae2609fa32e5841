/**
 * The rules a scenario's steps obey, whoever wrote them. Pure: the admin asks with every change, the server on each save,
 * so that both say the same at the same step.
 */
import { DAY, type Duration, durationMs, HOUR, MINUTE, parseDuration } from '../lib/duration';
import { unreachable } from '../lib/invariant';
import type { CheckStep, EmailStep, Trigger, WaitStep } from './scenario';

/** A step as typed: a duration may be no duration yet. */
export type WrittenStep =
  | (Omit<WaitStep, 'duration'> & { duration: string })
  | (Omit<CheckStep, 'otherwise'> & { otherwise?: readonly WrittenStep[] })
  | (Omit<EmailStep, 'expiresAfter'> & { expiresAfter: string });

/** What refuses a save. */
export const STEP_ERRORS = [
  'not-a-duration',
  'delay-too-short',
  'delay-too-long',
  'expiry-not-a-duration',
  'expiry-out-of-range',
  'no-email',
  'too-many-steps',
  'too-deep',
  'two-emails',
  'wait-at-end',
  'check-decides-nothing',
  'wait-first',
  'first-too-late',
  'too-late',
  'no-code-before',
] as const;

/** What may be meant, and is said all the same. */
export const STEP_HINTS = ['email-needs-offer', 'wait-needs-offer', 'never-otherwise'] as const;

export type StepErrorCode = (typeof STEP_ERRORS)[number];
export type StepHintCode = (typeof STEP_HINTS)[number];

export interface StepProblem {
  /** Null: the tree as a whole. */
  step: string | null;
  code: StepErrorCode | StepHintCode;
  params?: Record<string, number>;
}

export function isStepError({ code }: StepProblem): boolean {
  return (STEP_ERRORS as readonly string[]).includes(code);
}

export const MOST_STEPS = 20;
/** A branch in a branch is as much as a person can follow on a phone. */
export const MOST_DEPTH = 2;
const SHORTEST_WAIT = 10 * MINUTE;
const LONGEST_WAIT = 60 * DAY;
const SHORTEST_EXPIRY = HOUR;
const LONGEST_EXPIRY = 14 * DAY;

/** How long after the start the first and the last e-mail may be planned: later, what they speak of is no longer true. */
interface Limits {
  first: number;
  last: number;
  /** It begins with a wait: until then nobody knows whether the shopper is still busy. */
  waitsFirst?: boolean;
}

const LIMITS: Record<Trigger['on'], Limits> = {
  'consent-given': { first: 7 * DAY, last: 90 * DAY },
  // Prices and stock move on, and so does the shopper.
  'checkout-left': { first: 3 * DAY, last: 30 * DAY, waitsFirst: true },
  // On the day itself.
  birthday: { first: 12 * HOUR, last: 60 * DAY },
  lapsed: { first: 30 * DAY, last: 90 * DAY },
  // After 90 days the next time begins.
  vip: { first: 30 * DAY, last: 85 * DAY },
};

export interface StepRules {
  trigger: Trigger['on'];
  /** The scenario gives a discount now. */
  hasOffer: boolean;
}

/** Everything wrong or odd about the steps, in reading order. */
export function stepProblems(steps: readonly WrittenStep[], rules: StepRules): StepProblem[] {
  const problems: StepProblem[] = [];
  const all = flatten(steps);
  if (!all.some(({ kind }) => kind === 'email')) problems.push({ step: null, code: 'no-email' });
  if (all.length > MOST_STEPS) problems.push({ step: null, code: 'too-many-steps', params: { most: MOST_STEPS } });
  const limits = LIMITS[rules.trigger];
  const first = steps[0];
  if (limits.waitsFirst && first && first.kind !== 'wait') problems.push({ step: first.id, code: 'wait-first' });
  walk(steps, START, { rules, limits, problems });
  return problems;
}

/** What lies behind a step on the way that leads to it. */
interface Way {
  depth: number;
  /** From the start; null once it counts back from the end of a code, or a delay is no duration. */
  elapsed: number | null;
  emailed: boolean;
  /** An e-mail, and no wait since. */
  justEmailed: boolean;
  codeShown: boolean;
}

const START: Way = { depth: 0, elapsed: 0, emailed: false, justEmailed: false, codeShown: false };

interface Notes {
  rules: StepRules;
  limits: Limits;
  problems: StepProblem[];
}

function walk(steps: readonly WrittenStep[], start: Way, notes: Notes): void {
  let way = start;
  for (const [index, step] of steps.entries()) {
    const isIdle = !leadsToEmail(steps.slice(index + 1));
    switch (step.kind) {
      case 'wait':
        way = afterWait(step, way, { ...notes, isIdle });
        break;
      case 'check':
        lookAtCheck(step, way, { ...notes, isIdle });
        break;
      case 'email':
        way = afterEmail(step, way, notes);
        break;
      default:
        unreachable(step);
    }
  }
}

type Wait = Extract<WrittenStep, { kind: 'wait' }>;

function afterWait(step: Wait, way: Way, { isIdle, rules, problems }: Notes & { isIdle: boolean }): Way {
  const refuse = (code: StepProblem['code'], params?: Record<string, number>) =>
    problems.push({ step: step.id, code, ...(params ? { params } : {}) });
  const length = lengthOf(step.duration);
  if (length === null) refuse('not-a-duration');
  else if (length < SHORTEST_WAIT) refuse('delay-too-short', { minutes: SHORTEST_WAIT / MINUTE });
  else if (length > LONGEST_WAIT) refuse('delay-too-long', { days: LONGEST_WAIT / DAY });
  if (isIdle) refuse('wait-at-end');
  if (step.before) {
    if (!way.codeShown) refuse('no-code-before');
    else if (!rules.hasOffer) refuse('wait-needs-offer');
  }
  const elapsed = length === null || way.elapsed === null || step.before ? null : way.elapsed + length;
  return { ...way, elapsed, justEmailed: false };
}

function lookAtCheck(
  step: Extract<WrittenStep, { kind: 'check' }>,
  way: Way,
  { isIdle, ...notes }: Notes & { isIdle: boolean },
): void {
  const otherwise = step.otherwise ?? [];
  const refuse = (code: StepProblem['code'], params?: Record<string, number>) =>
    notes.problems.push({ step: step.id, code, ...(params ? { params } : {}) });
  if (isIdle && !leadsToEmail(otherwise)) refuse('check-decides-nothing');
  if (otherwise.length === 0) return;
  if (step.condition === 'always') refuse('never-otherwise');
  if (way.depth + 1 > MOST_DEPTH) refuse('too-deep');
  walk(otherwise, { ...way, depth: way.depth + 1 }, notes);
}

type Email = Extract<WrittenStep, { kind: 'email' }>;

function afterEmail(step: Email, way: Way, { rules, limits, problems }: Notes): Way {
  const refuse = (code: StepProblem['code'], params?: Record<string, number>) =>
    problems.push({ step: step.id, code, ...(params ? { params } : {}) });
  if (way.justEmailed) refuse('two-emails');
  const most = way.emailed ? limits.last : limits.first;
  if (way.elapsed !== null && way.elapsed > most) {
    refuse(way.emailed ? 'too-late' : 'first-too-late', { hours: most / HOUR, days: most / DAY });
  }
  if (step.expiresAfter !== 'end-of-day') {
    const length = lengthOf(step.expiresAfter);
    if (length === null) refuse('expiry-not-a-duration');
    else if (length < SHORTEST_EXPIRY || length > LONGEST_EXPIRY)
      refuse('expiry-out-of-range', { days: LONGEST_EXPIRY / DAY });
  }
  if (step.code?.required && !rules.hasOffer) refuse('email-needs-offer');
  return { ...way, emailed: true, justEmailed: true, codeShown: way.codeShown || step.code !== undefined };
}

function lengthOf(text: string): number | null {
  return parseDuration(text) ? durationMs(text as Duration) : null;
}

function flatten(steps: readonly WrittenStep[]): WrittenStep[] {
  return steps.flatMap((step) => (step.kind === 'check' ? [step, ...flatten(step.otherwise ?? [])] : [step]));
}

function leadsToEmail(steps: readonly WrittenStep[]): boolean {
  return flatten(steps).some(({ kind }) => kind === 'email');
}
