/**
 * Asks the server what a page wants to know, or tells it what changes nothing that is live, past the router. The router breaks
 * off what it reads itself whenever something is sent, and may then show in the page's place that an address was not found
 * (decision 0024). Used by what a page reads once it is shown, and by what it sends with every pause in typing.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failed } from './tolerant-action';

/** What a loader or action gives, as it arrives: JSON has no dates. */
type AsJson<T> = T extends Date ? string : T extends object ? { [K in keyof T]: AsJson<T[K]> } : T;
type AnswerOf<Door extends (...args: never[]) => unknown> = AsJson<Awaited<ReturnType<Door>>>;

export interface Asked<Answer> {
  /** The last one there was; null before the first. It stays while another is on its way, and where none came. */
  answer: Answer | null;
  /** Why there is no newer one, until there is; another object each time. */
  failed: Failed | null;
  busy: boolean;
  /** Whether it is a body that is under way, and not a mere question. */
  sending: boolean;
  /** @param body sent as JSON; without one it is a question. The answer to the last question counts, whichever comes first. */
  ask(address: string, body?: object): void;
}

interface State<Answer> extends Pick<Asked<Answer>, 'answer' | 'failed'> {
  underWay: 'question' | 'body' | null;
}

/** `useAsk<typeof loader>()`: of a route without a page of its own. */
export function useAsk<Door extends (...args: never[]) => unknown>(): Asked<AnswerOf<Door>> {
  const [state, setState] = useState<State<AnswerOf<Door>>>({ answer: null, failed: null, underWay: null });
  const last = useRef(0);
  useEffect(
    () => () => {
      last.current += 1;
    },
    [],
  );
  const ask = useCallback((address: string, body?: object) => {
    last.current += 1;
    const mine = last.current;
    const settle = (outcome: Partial<State<AnswerOf<Door>>>) => {
      if (last.current === mine) setState((before) => ({ ...before, failed: null, ...outcome, underWay: null }));
    };
    setState((before) => ({ ...before, underWay: body ? 'body' : 'question' }));
    read(address, body).then(
      (answer) => settle({ answer: answer as AnswerOf<Door> }),
      () => settle({ failed: { failed: true } }),
    );
  }, []);
  const { answer, failed, underWay } = state;
  return { answer, failed, busy: underWay !== null, sending: underWay === 'body', ask };
}

/** App Bridge adds to `fetch` who is asking. */
async function read(address: string, body: object | undefined): Promise<unknown> {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(address, body ? post : {});
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}
