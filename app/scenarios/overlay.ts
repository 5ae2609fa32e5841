/** The owner's edits of a prebuilt scenario: kept apart from it, checked at the door, laid over it whenever it is read. */
import { z } from 'zod';
import { type Audience, isLapseRule } from '../domain/audience';
import type { Offer } from '../domain/offer';
import { allSteps, CONDITIONS, type Condition, type ScenarioDefinition, type Step } from '../domain/scenario';
import { DAY, type Duration, durationMs, MINUTE, parseDuration } from '../lib/duration';
import { type OfferContext, parseAudience, parseOffer } from './offer-form';

/** One refused field: where, why (a code the admin has words for), and the figures the sentence needs. */
export interface FieldError {
  path: string;
  code: string;
  params?: Record<string, string | number>;
}

export interface Overlay {
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
  delays: z.record(z.string(), z.string()).optional(),
  conditions: z.record(z.string(), z.string()).optional(),
  emails: z.record(z.string(), z.unknown()).optional(),
  offer: z.unknown().optional(),
  audience: z.unknown().optional(),
});

const SHORTEST_WAIT = 10 * MINUTE;
const LONGEST_WAIT = 60 * DAY;

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
  const errors: FieldError[] = [];
  const delays: Record<string, Duration> = {};
  for (const [id, text] of Object.entries(parsed.data.delays ?? {})) {
    const error = checkDelay(definition, id, text);
    if (error) errors.push({ path: `delays.${id}`, ...error });
    else delays[id] = text as Duration;
  }
  const conditions: Record<string, Condition> = {};
  for (const [id, text] of Object.entries(parsed.data.conditions ?? {})) {
    const condition = CONDITIONS.find((one) => one === text);
    const isCheck = allSteps(definition.steps).some((step) => step.id === id && step.kind === 'check');
    if (!isCheck) errors.push({ path: `conditions.${id}`, code: 'unknown-step' });
    else if (!condition) errors.push({ path: `conditions.${id}`, code: 'not-a-choice' });
    else conditions[id] = condition;
  }
  const known = new Set(allSteps(definition.steps).flatMap((step) => (step.kind === 'email' ? [step.email] : [])));
  for (const key of Object.keys(parsed.data.emails ?? {})) {
    if (!known.has(key)) errors.push({ path: `emails.${key}`, code: 'unknown-email' });
  }
  const given = parseGiven(definition, parsed.data, context);
  errors.push(...given.errors);
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, overlay: { delays, conditions, emails: parsed.data.emails ?? {}, ...given.parts } };
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

function checkDelay(definition: ScenarioDefinition, id: string, text: string): Omit<FieldError, 'path'> | null {
  const step = allSteps(definition.steps).find((one) => one.id === id);
  if (step?.kind !== 'wait') return { code: 'unknown-step' };
  if (!parseDuration(text)) return { code: 'not-a-duration' };
  const ms = durationMs(text as Duration);
  if (ms < SHORTEST_WAIT) return { code: 'delay-too-short', params: { minutes: SHORTEST_WAIT / MINUTE } };
  if (ms > LONGEST_WAIT) return { code: 'delay-too-long', params: { days: LONGEST_WAIT / DAY } };
  return null;
}

/** The definition with the owner's durations, conditions, offer and audience in place of the prebuilt ones. */
export function withOverlay(definition: ScenarioDefinition, overlay: Overlay): ScenarioDefinition {
  const { offer, audience } = overlay;
  return {
    ...definition,
    ...(offer === undefined ? {} : { offer }),
    ...(audience === undefined ? {} : { audience }),
    steps: definition.steps.map((step) => overlaid(step, overlay)),
  };
}

function overlaid(step: Step, overlay: Overlay): Step {
  if (step.kind === 'wait') return { ...step, duration: overlay.delays?.[step.id] ?? step.duration };
  if (step.kind === 'check') {
    const condition = overlay.conditions?.[step.id] ?? step.condition;
    const otherwise = step.otherwise?.map((inner) => overlaid(inner, overlay));
    return { ...step, condition, ...(otherwise ? { otherwise } : {}) };
  }
  return step;
}
