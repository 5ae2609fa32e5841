/** What the owner has changed on a scenario's page and not saved yet, and what of it differs from the prebuilt scenario. */
import type { Audience } from '../domain/audience';
import type { Offer } from '../domain/offer';
import type { Condition } from '../domain/scenario';
import type { Duration, DurationUnit } from '../lib/duration';
import { parseDuration } from '../lib/duration';
import type { EditorEmail } from './email-texts';
import { type AudienceInput, audienceOf, type OfferInput, offerOf } from './offer-draft';

export interface DelayInput {
  /** As typed: it may be no number yet. */
  amount: string;
  unit: DurationUnit;
}

export interface ScenarioDraft {
  delays: Record<string, DelayInput>;
  conditions: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
  /** Null where no e-mail can show a code. */
  offer: OfferInput | null;
  /** Null where the scenario looks for nobody. */
  audience: AudienceInput | null;
}

/** The scenario as it came with Relance, to tell what an edit changes. */
export interface Prebuilt {
  delays: Record<string, Duration>;
  conditions: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
  /** Null gives nothing. */
  offer: Offer | null;
  audience: Audience | null;
}

export interface DraftOverlay {
  delays: Record<string, string>;
  conditions: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
  /** As typed; absent while it is the prebuilt one. */
  offer?: unknown;
  audience?: unknown;
}

export function delayInput(duration: Duration): DelayInput {
  const { amount, unit } = parseDuration(duration) ?? { amount: 0, unit: 'h' as const };
  return { amount: String(amount), unit };
}

/** The draft as the overlay that is saved: only what differs from the prebuilt scenario. */
export function toOverlay(draft: ScenarioDraft, prebuilt: Prebuilt): DraftOverlay {
  const delays = Object.entries(draft.delays).flatMap(([id, { amount, unit }]): [string, string][] => {
    const text = `${amount.trim()}${unit}`;
    return text === prebuilt.delays[id] ? [] : [[id, text]];
  });
  const conditions = Object.entries(draft.conditions).filter(
    ([id, condition]) => condition !== prebuilt.conditions[id],
  );
  const emails = Object.entries(draft.emails).filter(([key, email]) => !same(email, prebuilt.emails[key]));
  const offer = draft.offer && offerOf(draft.offer);
  const audience = draft.audience && audienceOf(draft.audience);
  return {
    delays: Object.fromEntries(delays),
    conditions: Object.fromEntries(conditions),
    emails: Object.fromEntries(emails),
    ...(draft.offer === null || same(offer, prebuilt.offer) ? {} : { offer }),
    ...(audience === null || same(audience, prebuilt.audience) ? {} : { audience }),
  };
}

/** Whether two values hold the same, in whatever order: what comes from the database has an order of its own. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether an edit changes anything. */
export function isEdit({ delays, conditions, emails, ...given }: DraftOverlay): boolean {
  return Object.keys({ ...delays, ...conditions, ...emails, ...given }).length > 0;
}
