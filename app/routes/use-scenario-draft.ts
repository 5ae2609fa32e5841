/** The owner's draft of a scenario beside what is saved, and the verbs that bring them together. Used by the workbench. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from '../domain/audience';
import type { Offer } from '../domain/offer';
import type { Condition } from '../domain/scenario';
import type { Duration } from '../lib/duration';
import type { FieldError } from '../scenarios/overlay';
import type { EditorEmail } from '../ui/email-texts';
import { type AudienceInput, audienceInput, type OfferInput, offerInput } from '../ui/offer-draft';
import { type DelayInput, delayInput, type ScenarioDraft, same } from '../ui/scenario-draft';
import type { action } from './app.scenarios.$key';
import { isFailed, useFailureToast } from './tolerant-action';

export interface SavedScenario {
  delays: Record<string, Duration>;
  conditions: Record<string, Condition>;
  emails: Record<string, EditorEmail>;
  /** Absent where no e-mail can show a code; null gives nothing. */
  offer?: Offer | null;
  audienceRule?: Audience;
}

export interface ScenarioDraftState {
  draft: ScenarioDraft;
  dirty: boolean;
  saving: boolean;
  /** What the last attempt to save was refused for. */
  refused: FieldError[];
  setDelay(step: string, delay: DelayInput): void;
  setCondition(step: string, condition: Condition): void;
  setEmail(key: string, email: EditorEmail): void;
  setOffer(change: Partial<OfferInput>): void;
  setAudience(audience: AudienceInput): void;
  save(overlay: unknown): void;
  discard(): void;
  /** Takes every edit back, saved ones too. */
  reset(): void;
}

function draftOf({ delays, conditions, emails, offer, audienceRule }: SavedScenario): ScenarioDraft {
  const inputs = Object.entries(delays).map(([id, duration]) => [id, delayInput(duration)]);
  return {
    delays: Object.fromEntries(inputs),
    conditions,
    emails,
    offer: offer === undefined ? null : offerInput(offer),
    audience: audienceRule === undefined ? null : audienceInput(audienceRule),
  };
}

export function useScenarioDraft(scenario: SavedScenario): ScenarioDraftState {
  const saved = draftOf(scenario);
  const [draft, setDraft] = useState(saved);
  const [basis, setBasis] = useState(saved);
  // What was saved or reset comes back from the server and is the new ground.
  if (!same(basis, saved)) {
    setBasis(saved);
    setDraft(saved);
  }
  const { post, saving, refused, forget } = useSaving();
  return {
    draft,
    dirty: !same(draft, saved),
    saving,
    refused,
    setDelay: (step, delay) => setDraft({ ...draft, delays: { ...draft.delays, [step]: delay } }),
    setCondition: (step, condition) => setDraft({ ...draft, conditions: { ...draft.conditions, [step]: condition } }),
    setEmail: (key, email) => setDraft({ ...draft, emails: { ...draft.emails, [key]: email } }),
    // The picker answers later: what it brings is laid over the draft as it is then.
    setOffer: (change) => setDraft((now) => ({ ...now, offer: now.offer && { ...now.offer, ...change } })),
    setAudience: (audience) => setDraft({ ...draft, audience }),
    save: (overlay) => post({ intent: 'save', overlay }),
    discard: () => {
      setDraft(saved);
      forget();
    },
    reset: () => post({ intent: 'reset' }),
  };
}

/** Sends the draft, and tells in a toast when it is done. */
function useSaving() {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const { data, state, submit } = useFetcher<typeof action>();
  const [refused, setRefused] = useState<FieldError[]>([]);
  useFailureToast(data);
  useEffect(() => {
    if (state !== 'idle' || !data || isFailed(data)) return;
    if ('saved' in data && 'errors' in data.saved) return setRefused(data.saved.errors);
    setRefused([]);
    shopify.toast.show('saved' in data ? t('common.saved') : t('scenario.editor.resetDone'));
  }, [data, state, shopify, t]);
  return {
    // Plain data made of the form's own values.
    post: (body: { intent: 'save'; overlay: unknown } | { intent: 'reset' }) =>
      submit(JSON.parse(JSON.stringify(body)), { method: 'post', encType: 'application/json' }),
    saving: state !== 'idle',
    refused,
    forget: () => setRefused([]),
  };
}
