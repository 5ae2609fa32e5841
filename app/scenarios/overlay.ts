/** The owner's edits of a prebuilt scenario: kept apart from it, checked at the door, laid over it whenever it is read. */
import { z } from 'zod';
import { type Audience, isLapseRule } from '../domain/audience';
import type { Offer } from '../domain/offer';
import { allSteps, CONDITIONS, type Condition, type ScenarioDefinition, type Step } from '../domain/scenario';
import { isStepError, stepProblems, type WrittenStep } from '../domain/step-rules';
import type { Duration } from '../lib/duration';
import { type OfferContext, parseAudience, parseOffer } from './offer-form';
import { areSteps, asPlayed, readSteps } from './overlay-steps';

/** One refused field: where, why (a code the admin has words for), and the figures the sentence needs. */
export interface FieldError {
  path: string;
  code: string;
  params?: Record<string, string | number>;
}

export interface Overlay {
  /** The owner's own tree, which holds its delays and questions itself; absent while the structure is the prebuilt one. */
  steps?: readonly Step[];
  /** New durations of wait steps, by step id. */
  delays?: Record<string, Duration>;
  /** Other questions for check steps, by step id. */
  conditions?: Record<string, Condition>;
  /** Whole edited e-mails by e-mail key, as checked by `app/emails`. */
  emails?: Record<string, unknown>;
  /** What its e-mails give; null for nothing, absent for what the prebuilt scenario gives. */
  offer?: Offer | null;
  /** Whom a scanned scenario looks for; absent for the prebuilt rule. */
  audience?: Audience;
}

const shape = z.object({
  steps: z.unknown().optional(),
  delays: z.record(z.string(), z.string()).optional(),
  conditions: z.record(z.string(), z.string()).optional(),
  emails: z.record(z.string(), z.unknown()).optional(),
  offer: z.unknown().optional(),
  audience: z.unknown().optional(),
});

/**
 * Checks an overlay against the prebuilt scenario it edits. E-mail contents are checked by the caller, who knows their blocks.
 * @param input whatever the form or the database holds
 * @param context of an edit the owner makes now; absent when a saved one is read
 */
export function parseOverlay(
  definition: ScenarioDefinition,
  input: unknown,
  context?: OfferContext,
): { ok: true; overlay: Overlay } | { ok: false; errors: FieldError[] } {
  const parsed = shape.safeParse(input ?? {});
  if (!parsed.success) {
    return {
      ok: false,
      errors: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), code: 'malformed' })),
    };
  }
  const { steps: tree, emails = {}, ...data } = parsed.data;
  const given = parseGiven(definition, data, context);
  const written = tree === undefined ? writeValues(definition, data) : writeTree(definition, tree);
  const { steps } = written;
  const errors = [
    ...written.errors,
    ...(steps ? emailErrors(definition, steps, emails) : []),
    ...(steps ? stepErrors(definition, steps, { offer: given.parts.offer, isEdit: context !== undefined }) : []),
    ...given.errors,
  ];
  if (errors.length > 0 || !steps || !areSteps(steps)) return { ok: false, errors };
  const own = tree === undefined ? written.values : { steps };
  return { ok: true, overlay: { ...own, emails, ...given.parts } };
}

interface Written {
  /** Null where nothing can be made of them. */
  steps: readonly WrittenStep[] | null;
  values: Pick<Overlay, 'delays' | 'conditions'>;
  errors: FieldError[];
}

function writeTree(definition: ScenarioDefinition, tree: unknown): Written {
  const steps = readSteps(definition, tree);
  return { steps, values: {}, errors: steps ? [] : [{ path: 'steps', code: 'malformed' }] };
}

/** Delays and questions laid over the prebuilt structure. */
function writeValues(
  definition: ScenarioDefinition,
  input: { delays?: Record<string, string> | undefined; conditions?: Record<string, string> | undefined },
): Written {
  const errors: FieldError[] = [];
  const kinds = new Map(allSteps(definition.steps).map(({ id, kind }) => [id, kind]));
  // Whether each is a duration the rules say, at its step.
  const delays = (input.delays ?? {}) as Record<string, Duration>;
  for (const id of Object.keys(delays)) {
    if (kinds.get(id) !== 'wait') errors.push({ path: `delays.${id}`, code: 'unknown-step' });
  }
  const conditions: Record<string, Condition> = {};
  for (const [id, text] of Object.entries(input.conditions ?? {})) {
    const condition = CONDITIONS.find((one) => one === text);
    if (kinds.get(id) !== 'check') errors.push({ path: `conditions.${id}`, code: 'unknown-step' });
    else if (!condition) errors.push({ path: `conditions.${id}`, code: 'not-a-choice' });
    else conditions[id] = condition;
  }
  const values = { delays, conditions };
  return { steps: overlaid(definition.steps, values), values, errors };
}

/** E-mails that no step sends, and steps that have none to send. */
function emailErrors(
  definition: ScenarioDefinition,
  steps: readonly WrittenStep[],
  emails: Record<string, unknown>,
): FieldError[] {
  const prebuilt = new Set(emailKeys(definition.steps));
  const sent = new Set(emailKeys(steps));
  const unknown = [
    ...Object.keys(emails).filter((key) => !sent.has(key)),
    ...[...sent].filter((key) => !prebuilt.has(key) && emails[key] === undefined),
  ];
  return unknown.map((key) => ({ path: `emails.${key}`, code: 'unknown-email' }));
}

function emailKeys(steps: readonly WrittenStep[]): string[] {
  return allSteps(steps as readonly Step[]).flatMap((step) => (step.kind === 'email' ? [step.email] : []));
}

/** Without them no tree can be walked. */
const DURATIONS = ['not-a-duration', 'expiry-not-a-duration'];

/** What was saved before a rule became stricter goes on as it is: then only durations must be some. */
function stepErrors(
  definition: ScenarioDefinition,
  steps: readonly WrittenStep[],
  { offer = definition.offer, isEdit }: { offer: Offer | null | undefined; isEdit: boolean },
): FieldError[] {
  return stepProblems(steps, { trigger: definition.trigger.on, hasOffer: Boolean(offer) })
    .filter((problem) => (isEdit ? isStepError(problem) : DURATIONS.includes(problem.code)))
    .map(({ step, code, params }) => ({ path: `steps.${step ?? 'all'}`, code, ...(params ? { params } : {}) }));
}

/** The offer and the audience of an edit, where the scenario has them. */
function parseGiven(
  definition: ScenarioDefinition,
  { offer, audience }: { offer?: unknown; audience?: unknown },
  context: OfferContext | undefined,
): { parts: Pick<Overlay, 'offer' | 'audience'>; errors: FieldError[] } {
  const parts: Pick<Overlay, 'offer' | 'audience'> = {};
  const errors: FieldError[] = [];
  if (offer !== undefined) {
    const checked = parseOffer(offer, context);
    if (definition.offer === undefined) errors.push({ path: 'offer', code: 'malformed' });
    else if (checked.ok) parts.offer = checked.value;
    else errors.push(...checked.errors);
  }
  if (audience !== undefined) {
    if (!definition.audience) return { parts, errors: [...errors, { path: 'audience', code: 'malformed' }] };
    const checked = parseAudience(isLapseRule(definition.audience) ? 'lapse' : 'vip', audience, context);
    if (checked.ok) parts.audience = checked.value;
    else errors.push(...checked.errors);
  }
  return { parts, errors };
}

/** The definition with the owner's steps, durations, conditions, offer and audience in place of the prebuilt ones. */
export function withOverlay(definition: ScenarioDefinition, overlay: Overlay): ScenarioDefinition {
  const { offer, audience } = overlay;
  return {
    ...definition,
    ...(offer === undefined ? {} : { offer }),
    ...(audience === undefined ? {} : { audience }),
    steps: overlay.steps ? asPlayed(definition, overlay.steps) : overlaid(definition.steps, overlay),
  };
}

function overlaid(steps: readonly Step[], edits: Pick<Overlay, 'delays' | 'conditions'>): Step[] {
  return steps.map((step): Step => {
    if (step.kind === 'wait') return { ...step, duration: edits.delays?.[step.id] ?? step.duration };
    if (step.kind === 'email') return step;
    const condition = edits.conditions?.[step.id] ?? step.condition;
    return { ...step, condition, ...(step.otherwise ? { otherwise: overlaid(step.otherwise, edits) } : {}) };
  });
}
