/** What the owner has changed on a scenario's page and not saved yet, and what of it differs from the prebuilt scenario. */
import type { Condition } from '../domain/scenario';
import type { Duration, DurationUnit } from '../lib/duration';
import { parseDuration } from '../lib/duration';
import type { EditorEmail } from './email-texts';

export interface DelayInput {
  /** As typed: it may be no number yet. */
  amount: string;
  unit: DurationUnit;
}

export interface ScenarioDraft {
  delays: Record<string, DelayInput>;
  conditions: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
}

/** The scenario as it came with Relance, to tell what an edit changes. */
export interface Prebuilt {
  delays: Record<string, Duration>;
  conditions: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
}

export interface DraftOverlay {
  delays: Record<string, string>;
  conditions: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
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
  return {
    delays: Object.fromEntries(delays),
    conditions: Object.fromEntries(conditions),
    emails: Object.fromEntries(emails),
  };
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
