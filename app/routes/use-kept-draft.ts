/** Keeps the draft on the server a moment after each change, so that no closed tab, crash or other browser loses it. Used by the scenario's draft. */
import { useFetcher, useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { ScenarioKey } from '../domain/scenario';
import { type DraftDiff, inOrder } from '../ui/scenario-draft';
import type { action } from './app.scenarios.$key.draft';
import { isFailed } from './tolerant-action';

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
}

/** What the server holds, as far as this window knows. */
interface Held {
  /** Null: nothing. */
  text: string | null;
  token: string | null;
}

export function useKeptDraft({ scenario, draft, basedOn, kept }: KeptDraftWish): DraftKeeping {
  const { submit, data, state } = useFetcher<typeof action>();
  const { revalidate } = useRevalidator();
  const [held, setHeld] = useState<Held>(() => ({ text: kept && textOf(kept), token: kept?.token ?? null }));
  const [other, setOther] = useState<OtherDraft | null>(null);
  const [overwrites, setOverwrites] = useState(false);
  const sent = useRef<string | null>(null);
  const heard = useRef<unknown>(undefined);
  const wanted = draft === null ? null : textOf({ draft, basedOn });
  const failed = isFailed(data);
  const pause = failed ? PAUSE_AFTER_FAILURE_MS : PAUSE_MS;
  useEffect(() => {
    if (state !== 'idle' || other || wanted === held.text) return;
    const send = () => {
      sent.current = wanted;
      const follows = overwrites ? {} : { follows: held.token };
      const wish = wanted === null ? { intent: 'drop' } : { intent: 'keep', ...JSON.parse(wanted) };
      const body = { ...wish, ...follows };
      submit(body, { method: 'post', encType: 'application/json', action: `/app/scenarios/${scenario}/draft` });
    };
    const timer = setTimeout(send, pause);
    // A tab that is put away may not come back.
    const onHide = () => document.visibilityState === 'hidden' && send();
    document.addEventListener('visibilitychange', onHide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onHide);
    };
  }, [state, other, wanted, held, overwrites, pause, scenario, submit]);
  useEffect(() => {
    if (!data || isFailed(data) || heard.current === data) return;
    heard.current = data;
    if ('dropped' in data) return setHeld({ text: null, token: null });
    const { kept: answer } = data;
    if (!answer.ok) return setOther(answer.other as OtherDraft);
    setHeld({ text: sent.current, token: answer.token });
    setOverwrites(false);
    // Somebody saved meanwhile: the page finds out what.
    if (sent.current !== null && JSON.parse(sent.current).basedOn !== answer.liveRevision) revalidate();
  }, [data, revalidate]);
  const settle = (next: Held) => {
    setHeld(next);
    setOther(null);
  };
  return {
    other,
    failed,
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
