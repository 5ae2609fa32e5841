/** What one edit of a scenario changed, in as few words as a list of earlier versions has room for. Pure; asked on each save. */
import { allSteps, type EmailStep, type ScenarioDefinition, type Step } from './scenario';

export type ScenarioChange =
  | { what: 'steps-added' | 'steps-removed' | 'delays' | 'questions' | 'email-settings'; count: number }
  | { what: 'steps-moved' | 'offer' | 'audience' }
  /** Texts of these e-mails, each by its place now. */
  | { what: 'emails'; numbers: number[] };

/** A scenario as it counted before or counts after an edit. */
export interface EditedScenario {
  definition: ScenarioDefinition;
  /** The owner's own e-mails and edits of prebuilt ones, by key. */
  emails: Readonly<Record<string, unknown>>;
}

/** What differs, the structure first; nothing where nothing does. */
export function changesBetween(before: EditedScenario, after: EditedScenario): ScenarioChange[] {
  const [old, now] = [allSteps(before.definition.steps), allSteps(after.definition.steps)];
  const known = new Map(old.map((step) => [step.id, step]));
  const kept = now.flatMap((step) => {
    const was = known.get(step.id);
    return was ? [{ was, step }] : [];
  });
  const counted = (what: 'steps-added' | 'steps-removed' | 'delays' | 'questions' | 'email-settings', count: number) =>
    count > 0 ? [{ what, count }] : [];
  const changed = (kind: Step['kind'], of: (step: Step) => unknown) =>
    kept.filter(({ was, step }) => step.kind === kind && differ(of(was), of(step))).length;
  const numbers = now
    .filter((step): step is EmailStep => step.kind === 'email')
    .flatMap(({ id, email }, index) =>
      known.has(id) && differ(before.emails[email], after.emails[email]) ? [index + 1] : [],
    );
  return [
    ...counted('steps-added', now.length - kept.length),
    ...counted('steps-removed', old.length - kept.length),
    ...(isMoved(before.definition.steps, after.definition.steps) ? [{ what: 'steps-moved' as const }] : []),
    ...counted('delays', changed('wait', waitOf)),
    ...counted('questions', changed('check', questionOf)),
    ...counted('email-settings', changed('email', settingsOf)),
    ...(numbers.length > 0 ? [{ what: 'emails' as const, numbers }] : []),
    ...(differ(before.definition.offer, after.definition.offer) ? [{ what: 'offer' as const }] : []),
    ...(differ(before.definition.audience, after.definition.audience) ? [{ what: 'audience' as const }] : []),
  ];
}

const waitOf = (step: Step) => (step.kind === 'wait' ? [step.duration, step.before ?? null] : null);
const questionOf = (step: Step) => (step.kind === 'check' ? step.condition : null);
const settingsOf = (step: Step) => (step.kind === 'email' ? [step.expiresAfter, step.code ?? null] : null);

/** Whether steps that both have stand in another order, or hang from another branch. */
function isMoved(before: readonly Step[], after: readonly Step[]): boolean {
  const places = [placesOf(before), placesOf(after)].map((places) => new Map(places));
  const [old, now] = places;
  if (!old || !now) return false;
  const both = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    [...one].filter(([id]) => other.has(id));
  return differ(both(old, now), both(now, old));
}

function placesOf(steps: readonly Step[], under = ''): [string, string][] {
  return steps.flatMap((step): [string, string][] => [
    [step.id, under],
    ...(step.kind === 'check' ? placesOf(step.otherwise ?? [], step.id) : []),
  ]);
}

/** Whatever the order of the fields: the database has one of its own. */
function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null, sorted) !== JSON.stringify(other ?? null, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
