/** The owner's draft of a scenario beside what is live, with undo, and the verbs that bring them together. Used by the workbench. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import type { FieldError } from '../scenarios/overlay';
import { changed, redone, restated, startHistory, undone } from '../ui/draft-history';
import { draftSteps } from '../ui/draft-steps';
import { type EditorEmail, sameShape } from '../ui/email-texts';
import { type AudienceInput, audienceInput, type OfferInput, offerInput } from '../ui/offer-draft';
import {
  draftDiff,
  draftOf,
  type Prebuilt,
  type SavedScenario,
  type ScenarioDraft,
  same,
  sameDraft,
  toOverlay,
  withDiff,
} from '../ui/scenario-draft';
import type { action } from './app.scenarios.$key';
import { isFailed, useFailureToast } from './tolerant-action';
import { type DraftKeeping, type KeptOnServer, useKeptDraft } from './use-kept-draft';

/** What the server knows of a scenario and its draft. */
export interface ScenarioOnServer {
  key: ScenarioKey;
  saved: SavedScenario;
  prebuilt: Prebuilt;
  /** Of what is live. */
  revision: number;
  savedAt: string | null;
  kept: KeptOnServer | null;
}

export interface ScenarioDraftState {
  draft: ScenarioDraft;
  dirty: boolean;
  saving: boolean;
  /** What the last attempt to save was refused for. */
  refused: FieldError[];
  /** What was saved since the draft was begun, by somebody else or in another window. */
  newer: { revision: number; at: string } | null;
  /** The kept draft the page opened with, until it is saved or discarded. */
  openedWith: { at: string; byYou: boolean } | null;
  keeping: Pick<DraftKeeping, 'other' | 'failed' | 'takeOther' | 'keepMine'>;
  /** `place` names what is typed into; null for a change that stands for itself. */
  change(next: (draft: ScenarioDraft) => ScenarioDraft, place: string | null): void;
  setEmail(key: string, email: EditorEmail): void;
  setOffer(change: Partial<OfferInput>): void;
  setAudience(audience: AudienceInput): void;
  /** Null where there is nothing to undo or redo. */
  undo: (() => void) | null;
  redo: (() => void) | null;
  save(): void;
  /** Saves over what somebody saved meanwhile. */
  saveOver(): void;
  discard(): void;
  /** Puts another version into the draft; saving makes it live. */
  take(version: SavedScenario): void;
  /** Puts what Relance came with into the draft. */
  reset(): void;
}

export function useScenarioDraft(server: ScenarioOnServer): ScenarioDraftState {
  const { prebuilt, revision, kept } = server;
  const saved = draftOf(server.saved, prebuilt);
  const base = baseOf(prebuilt, saved);
  const opened = kept?.draft ? withDiff(base, kept.draft) : null;
  const [history, setHistory] = useState(() => startHistory(opened ?? saved));
  const [ground, setGround] = useState({ saved, revision: opened && kept ? kept.basedOn : revision });
  const [openedWith, setOpenedWith] = useState(opened && kept);
  const saving = useSaving();
  const draft = history.present;
  const dirty = !sameDraft(draft, ground.saved);
  // What is live has changed. It is the new ground where nothing would be lost: it was saved here, or nothing was edited.
  if (revision !== ground.revision || !same(saved, ground.saved)) {
    const isOwn = saving.sent !== null && saving.accepted;
    const untouched = !dirty || (isOwn && sameDraft(draft, saving.sent ?? draft));
    if (untouched && !same(draft, saved)) setHistory(restated(history, saved));
    if (untouched || isOwn) {
      setGround({ saved, revision });
      setOpenedWith(null);
      saving.forget();
    }
  }
  const keeping = useKeptDraft({
    scenario: server.key,
    draft: dirty ? draftDiff(draft, base) : null,
    basedOn: ground.revision,
    kept,
    paused: saving.busy,
  });
  const change: ScenarioDraftState['change'] = (next, place) => {
    const at = Date.now();
    setHistory((now) => changed(now, next(now.present), { place, at }));
  };
  const put = (next: ScenarioDraft) => change(() => next, null);
  const send = (basedOn: number) =>
    saving.save(draft, { overlay: toOverlay(draft, prebuilt), basedOn, draftToken: keeping.token });
  const { other } = keeping;
  return {
    ...{ draft, dirty, change, openedWith: dirty ? openedWith : null },
    saving: saving.busy,
    refused: saving.refused,
    newer: dirty && revision > ground.revision ? { revision, at: server.savedAt ?? '' } : null,
    keeping: {
      ...keeping,
      takeOther: () => {
        if (other?.draft) put(withDiff(base, other.draft));
        keeping.takeOther();
      },
    },
    setEmail: (key, email) => {
      const before = draft.emails[key];
      // What was added or removed is undone by itself, whatever was typed a moment before.
      const place = before && sameShape(before, email) ? `emails.${key}` : null;
      change((now) => ({ ...now, emails: { ...now.emails, [key]: email } }), place);
    },
    // The picker answers later: what it brings is laid over the draft as it is then.
    setOffer: (to) => change((now) => ({ ...now, offer: now.offer && { ...now.offer, ...to } }), placeOf('offer', to)),
    setAudience: (audience) => change((now) => ({ ...now, audience }), 'audience'),
    undo: history.past.length > 0 ? () => setHistory(undone) : null,
    redo: history.future.length > 0 ? () => setHistory(redone) : null,
    save: () => send(ground.revision),
    saveOver: () => send(revision),
    discard: () => {
      put(saved);
      setGround({ saved, revision });
      saving.forget();
    },
    take: (version) => put(draftOf(version, prebuilt)),
    reset: () => put(base),
  };
}

const placeOf = (part: string, change: object) => `${part}.${Object.keys(change).join('.')}`;

/** The scenario as it came, as a draft. */
function baseOf(prebuilt: Prebuilt, saved: ScenarioDraft): ScenarioDraft {
  return {
    steps: draftSteps(prebuilt.steps),
    emails: prebuilt.emails,
    offer: saved.offer && offerInput(prebuilt.offer),
    audience: saved.audience && prebuilt.audience && audienceInput(prebuilt.audience),
  };
}

interface Edit {
  overlay: unknown;
  basedOn: number;
  draftToken: DraftKeeping['token'];
}

/** Sends the draft, and tells in a toast when it is live. */
function useSaving() {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const { data, state, submit } = useFetcher<typeof action>();
  const [refused, setRefused] = useState<FieldError[]>([]);
  const [sent, setSent] = useState<ScenarioDraft | null>(null);
  useFailureToast(data);
  const accepted = Boolean(data && !isFailed(data) && 'saved' in data && data.saved.ok);
  useEffect(() => {
    if (state !== 'idle' || !data || isFailed(data) || !('saved' in data)) return;
    if ('errors' in data.saved) return setRefused(data.saved.errors);
    setRefused([]);
    if (data.saved.ok) shopify.toast.show(t('common.saved'));
  }, [data, state, shopify, t]);
  return {
    ...{ sent, accepted, refused },
    busy: state !== 'idle',
    save: (draft: ScenarioDraft, edit: Edit) => {
      setSent(draft);
      // Plain data made of the form's own values.
      const body = JSON.parse(JSON.stringify({ intent: 'save', ...edit }));
      submit(body, { method: 'post', encType: 'application/json' });
    },
    forget: () => {
      setSent(null);
      setRefused([]);
    },
  };
}
