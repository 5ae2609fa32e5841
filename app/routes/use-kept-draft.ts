/** Keeps the draft on the server a moment after each change, so that no closed tab, crash or other browser loses it. Used by the scenario's draft. */
import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { ScenarioKey } from '../domain/scenario';
import { type DraftDiff, inOrder } from '../ui/scenario-draft';
import type { action } from './app.scenarios.$key.draft';
import { useAsk } from './use-ask';

/** Long enough to finish a sentence; short enough to lose none. */
const PAUSE_MS = 800;
/** While the server cannot be reached. */
const PAUSE_AFTER_FAILURE_MS = 5000;

export interface KeptOnServer {
  /** Null where this release cannot read it. */
  draft: DraftDiff | null;
  basedOn: number;
  token: string;
  at: string;
  byYou: boolean;
}

export interface OtherDraft {
  draft: DraftDiff | null;
  token: string;
  at: string;
}

export interface DraftKeeping {
  /** Another window's draft that stands in the way. */
  other: OtherDraft | null;
  failed: boolean;
  /** Names what the server holds of this window; null where it holds nothing, undefined where it may do away with another window's. */
  token: string | null | undefined;
  /** Goes on from the other window's draft. */
  takeOther(): void;
  /** Writes over the other window's draft. */
  keepMine(): void;
}

export interface KeptDraftWish {
  scenario: ScenarioKey;
  /** What to keep; null where the draft is what is live. */
  draft: DraftDiff | null;
  /** The revision it was begun on. */
  basedOn: number;
  kept: KeptOnServer | null;
  /** While the draft is being saved: what is kept then would outlive it. */
  paused: boolean;
}

/** What the server holds, as far as this window knows. */
interface Held {
  /** Null: nothing. */
  text: string | null;
  token: string | null;
}

export function useKeptDraft({ scenario, draft, basedOn, kept, paused }: KeptDraftWish): DraftKeeping {
  const { ask, answer, failed, busy } = useAsk<typeof action>();
  const { revalidate } = useRevalidator();
  const [held, setHeld] = useState<Held>(() => ({ text: kept && textOf(kept), token: kept?.token ?? null }));
  const [other, setOther] = useState<OtherDraft | null>(null);
  const [overwrites, setOverwrites] = useState(false);
  const sent = useRef<string | null>(null);
  const heard = useRef<unknown>(undefined);
  const wanted = draft === null ? null : textOf({ draft, basedOn });
  const pause = failed ? PAUSE_AFTER_FAILURE_MS : PAUSE_MS;
  useEffect(() => {
    if (busy || paused || other || wanted === held.text) return;
    const send = () => {
      sent.current = wanted;
      const follows = overwrites ? {} : { follows: held.token };
      const wish = wanted === null ? { intent: 'drop' } : { intent: 'keep', ...JSON.parse(wanted) };
      ask(`/app/scenarios/${scenario}/draft`, { ...wish, ...follows });
    };
    const timer = setTimeout(send, pause);
    // A tab that is put away may not come back.
    const onHide = () => document.visibilityState === 'hidden' && send();
    document.addEventListener('visibilitychange', onHide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onHide);
    };
  }, [busy, paused, other, wanted, held, overwrites, pause, scenario, ask]);
  useEffect(() => {
    if (!answer || heard.current === answer) return;
    heard.current = answer;
    if ('dropped' in answer) return setHeld({ text: null, token: null });
    const { kept: outcome } = answer;
    if (!outcome.ok) return setOther(outcome.other as OtherDraft);
    setHeld({ text: sent.current, token: outcome.token });
    setOverwrites(false);
    // Somebody saved meanwhile: the page finds out what.
    if (sent.current !== null && JSON.parse(sent.current).basedOn !== outcome.liveRevision) revalidate();
  }, [answer, revalidate]);
  const settle = (next: Held) => {
    setHeld(next);
    setOther(null);
  };
  return {
    other,
    failed: failed !== null,
    token: overwrites ? undefined : held.token,
    takeOther: () => settle({ text: null, token: other?.token ?? null }),
    keepMine: () => {
      setOverwrites(true);
      settle({ text: null, token: null });
    },
  };
}

function textOf({ draft, basedOn }: { draft: DraftDiff | null; basedOn: number }): string {
  return inOrder({ draft, basedOn });
}
