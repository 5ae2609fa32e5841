/** What the owner has changed on a scenario's page and not saved yet, and what of it differs from the prebuilt scenario. */
import type { Audience } from '../domain/audience';
import type { Offer } from '../domain/offer';
import type { Condition, Step } from '../domain/scenario';
import type { WrittenStep } from '../domain/step-rules';
import { type DraftStep, delayText, draftSteps, everyEmail, everyStep, writtenSteps } from './draft-steps';
import type { EditorEmail } from './email-texts';
import { type AudienceInput, audienceInput, audienceOf, type OfferInput, offerInput, offerOf } from './offer-draft';

export interface ScenarioDraft {
  steps: DraftStep[];
  /** By key; there may be some no step sends any more, which an undo brings back. */
  emails: Record<string, EditorEmail>;
  /** Null where no e-mail can show a code. */
  offer: OfferInput | null;
  /** Null where the scenario looks for nobody. */
  audience: AudienceInput | null;
}

/** A scenario as it is saved, or was. */
export interface SavedScenario {
  steps: readonly Step[];
  emails: Record<string, EditorEmail>;
  /** Absent where no e-mail can show a code; null gives nothing. */
  offer?: Offer | null;
  audienceRule?: Audience;
}

/** The scenario as it came with Relance, to tell what an edit changes. */
export interface Prebuilt {
  steps: readonly Step[];
  emails: Record<string, EditorEmail>;
  /** Null gives nothing. */
  offer: Offer | null;
  audience: Audience | null;
}

/** An edit as it travels: whole steps where their structure or settings are the owner's, else what differs of the prebuilt ones. */
export interface DraftOverlay {
  steps?: WrittenStep[];
  delays?: Record<string, string>;
  conditions?: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
  /** As typed; absent while it is the prebuilt one. */
  offer?: unknown;
  audience?: unknown;
}

export function draftOf({ steps, emails, offer, audienceRule }: SavedScenario, prebuilt: Prebuilt): ScenarioDraft {
  return {
    steps: draftSteps(steps),
    emails: { ...prebuilt.emails, ...emails },
    offer: offer === undefined ? null : offerInput(offer),
    audience: audienceRule === undefined ? null : audienceInput(audienceRule),
  };
}

/** The draft as the overlay that is saved: only what differs from the prebuilt scenario. */
export function toOverlay(draft: ScenarioDraft, prebuilt: Prebuilt): DraftOverlay {
  const offer = draft.offer && offerOf(draft.offer);
  const audience = draft.audience && audienceOf(draft.audience);
  const emails = Object.entries(sentEmails(draft)).filter(([key, email]) => !same(email, prebuilt.emails[key]));
  return {
    ...stepsOf(draft, draftSteps(prebuilt.steps)),
    emails: Object.fromEntries(emails),
    ...(draft.offer === null || same(offer, prebuilt.offer) ? {} : { offer }),
    ...(audience === null || same(audience, prebuilt.audience) ? {} : { audience }),
  };
}

function stepsOf(
  { steps }: ScenarioDraft,
  prebuilt: DraftStep[],
): Pick<DraftOverlay, 'steps' | 'delays' | 'conditions'> {
  if (!same(withoutValues(steps), withoutValues(prebuilt))) return { steps: writtenSteps(steps) };
  const before = new Map(everyStep(prebuilt).map((step) => [step.id, step]));
  const delays: Record<string, string> = {};
  const conditions: Record<string, Condition> = {};
  for (const step of everyStep(steps)) {
    if (same(step, before.get(step.id))) continue;
    if (step.kind === 'wait') delays[step.id] = delayText(step.delay);
    if (step.kind === 'check') conditions[step.id] = step.condition;
  }
  return {
    ...(Object.keys(delays).length > 0 ? { delays } : {}),
    // A check may differ by what hangs from it alone.
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
  };
}

/** The steps without what can be said about a prebuilt one by itself. */
function withoutValues(steps: readonly DraftStep[]): unknown {
  return steps.map((step) => {
    if (step.kind === 'wait') return { ...step, delay: null };
    return step.kind === 'check' ? { ...step, condition: null, otherwise: withoutValues(step.otherwise) } : step;
  });
}

function sentEmails({ steps, emails }: Pick<ScenarioDraft, 'steps' | 'emails'>): Record<string, EditorEmail> {
  return Object.fromEntries(everyEmail(steps).flatMap(({ email: key }) => (emails[key] ? [[key, emails[key]]] : [])));
}

/** Whether two drafts would save the same. */
export function sameDraft(one: ScenarioDraft, other: ScenarioDraft): boolean {
  return same({ ...one, emails: sentEmails(one) }, { ...other, emails: sentEmails(other) });
}

/** What a draft holds beyond another: as it is kept on the server. */
export type DraftDiff = Partial<ScenarioDraft>;

export function draftDiff(draft: ScenarioDraft, base: ScenarioDraft): DraftDiff {
  const emails = Object.entries(sentEmails(draft)).filter(([key, email]) => !same(email, base.emails[key]));
  return {
    ...(same(draft.steps, base.steps) ? {} : { steps: draft.steps }),
    ...(emails.length > 0 ? { emails: Object.fromEntries(emails) } : {}),
    ...(same(draft.offer, base.offer) ? {} : { offer: draft.offer }),
    ...(same(draft.audience, base.audience) ? {} : { audience: draft.audience }),
  };
}

/** The way back; what another release left behind and has no place any more is left out. */
export function withDiff(base: ScenarioDraft, diff: DraftDiff): ScenarioDraft {
  return {
    steps: diff.steps ?? base.steps,
    emails: { ...base.emails, ...diff.emails },
    offer: base.offer && { ...base.offer, ...diff.offer },
    audience: base.audience && (diff.audience ?? base.audience),
  };
}

/**
 * Whether two values hold the same, in whatever order: what comes from the database has an order of its own. A field that
 * is undefined counts as absent.
 */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isHolder(one) || !isHolder(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  for (const key in one) if (!same(one[key], other[key])) return false;
  for (const key in other) if (other[key] !== undefined && one[key] === undefined) return false;
  return true;
}

/** A list, or a value with fields. */
function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A value as a text that is the same whatever the order of its fields. */
export function inOrder(value: unknown): string {
  return JSON.stringify(value ?? null, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether an edit changes anything. */
export function isEdit({ emails, ...given }: DraftOverlay): boolean {
  return Object.keys({ ...emails, ...given }).length > 0;
}
