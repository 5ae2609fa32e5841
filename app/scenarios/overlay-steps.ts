/** The owner's own tree of steps at the door: its shape, its ids, and what of it the owner does not decide. Called by `parseOverlay`. */
import { z } from 'zod';
import {
  allSteps,
  CONDITIONS,
  type EmailStep,
  type ScenarioDefinition,
  type Step,
  sameStructure,
} from '../domain/scenario';
import { MOST_STEPS, type WrittenStep } from '../domain/step-rules';
import { parseDuration } from '../lib/duration';
import { unreachable } from '../lib/invariant';

/** Ids and e-mail keys of the owner's own steps: drawn by their browser, long enough to be unique for ever. */
const OWN = /^own-[a-z0-9]{6,40}$/;

const id = z.string().max(60);
const condition = z.enum(CONDITIONS);

const wait = z.strictObject({
  kind: z.literal('wait'),
  id,
  duration: z.string().max(20),
  before: z
    .strictObject({
      event: z.literal('code-end'),
      at: z
        .number()
        .int()
        .min(0)
        .max(24 * 60 - 1),
    })
    .optional(),
});
const email = z.strictObject({
  kind: z.literal('email'),
  id,
  email: id,
  expiresAfter: z.string().max(20),
  code: z.strictObject({ unless: condition.optional(), required: z.boolean().optional() }).optional(),
});
const check = z.strictObject({
  kind: z.literal('check'),
  id,
  condition,
  get otherwise() {
    return z.array(step).optional();
  },
});
const step: z.ZodType = z.discriminatedUnion('kind', [wait, email, check]);
const tree = z.array(step);

/** Far more than the rules allow: what is over it is no form of ours. */
const MOST_READ = 5 * MOST_STEPS;

/**
 * The tree as written, or null where it is none: another shape, an id or e-mail key twice, one that is neither the
 * prebuilt scenario's nor the owner's, or one that stands for something else than it did.
 */
export function readSteps(prebuilt: ScenarioDefinition, input: unknown): WrittenStep[] | null {
  const parsed = tree.safeParse(input);
  if (!parsed.success) return null;
  const steps = withoutHoles(parsed.data) as WrittenStep[];
  const all = allSteps(steps as Step[]);
  if (all.length > MOST_READ) return null;
  const emails = all.flatMap((one) => (one.kind === 'email' ? [one.email] : []));
  if (new Set(all.map((one) => one.id)).size < all.length || new Set(emails).size < emails.length) return null;
  return all.every((one) => isKnown(prebuilt, one)) ? steps : null;
}

function isKnown(prebuilt: ScenarioDefinition, one: Step): boolean {
  const known = allSteps(prebuilt.steps).find(({ id }) => id === one.id);
  if (!known) return OWN.test(one.id) && (one.kind !== 'email' || OWN.test(one.email));
  if (known.kind === 'email') return one.kind === 'email' && one.email === known.email;
  return known.kind === one.kind;
}

/** zod leaves `undefined` where a field was left out. */
function withoutHoles(steps: unknown): unknown {
  return JSON.parse(JSON.stringify(steps));
}

/** Whether every duration is one: then it is a tree the engine can walk. */
export function areSteps(steps: readonly WrittenStep[]): steps is Step[] {
  return allSteps(steps as Step[]).every((one) => {
    if (one.kind === 'wait') return parseDuration(one.duration) !== null;
    return one.kind !== 'email' || one.expiresAfter === 'end-of-day' || parseDuration(one.expiresAfter) !== null;
  });
}

/**
 * The tree with what the owner does not decide: which e-mail is exempt from the night and the cap. The prebuilt one is, as long
 * as it is the first, and for one that was asked for, as long as it comes at once.
 */
export function asPlayed(prebuilt: ScenarioDefinition, steps: readonly Step[]): Step[] {
  const urgent = new Map(
    allSteps(prebuilt.steps).flatMap((one) => (one.kind === 'email' && one.urgency ? [[one.id, one.urgency]] : [])),
  );
  return play(steps, { waited: false, emailed: false }, urgent);
}

type Urgent = ReadonlyMap<string, NonNullable<EmailStep['urgency']>>;

function play(steps: readonly Step[], way: { waited: boolean; emailed: boolean }, urgent: Urgent): Step[] {
  let { waited, emailed } = way;
  return steps.map((one): Step => {
    switch (one.kind) {
      case 'wait':
        waited = true;
        return one;
      case 'check':
        return one.otherwise ? { ...one, otherwise: play(one.otherwise, { waited, emailed }, urgent) } : one;
      case 'email': {
        const { urgency: _, ...step } = one;
        const urgency = emailed ? undefined : urgent.get(one.id);
        emailed = true;
        return urgency && !(urgency === 'asked-for' && waited) ? { ...step, urgency } : step;
      }
      default:
        return unreachable(one);
    }
  });
}

/** The longest of a prebuilt structure's version numbers; the owner's own structures count on from here. */
const PREBUILT_VERSIONS = 1000;

/**
 * The version an edit's structure has: the same as before where the structure is, else one nobody began on yet.
 * @param before the structure that counts now
 * @param highest the highest version that was ever given
 */
export function versionFor(
  prebuilt: ScenarioDefinition,
  steps: readonly Step[],
  { before, highest }: { before: ScenarioDefinition; highest: number },
): number {
  if (sameStructure(steps, before.steps)) return before.version;
  if (sameStructure(steps, prebuilt.steps)) return prebuilt.version;
  return Math.max(PREBUILT_VERSIONS, highest) + 1;
}
