/** Undo and redo over a whole draft: what is typed in one go is undone in one go. Pure; used by the scenario's draft. */

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** The last change: what follows it in the same place within a breath belongs to it. */
  last: { place: string; at: number } | null;
}

/** A pause in typing that ends what is undone in one go. */
const BREATH_MS = 1000;
/** More than anybody undoes; the oldest go. */
const MOST_KEPT = 200;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], last: null };
}

/**
 * A change by the owner.
 * @param place what is typed into; null for a change that stands for itself
 */
export function changed<T>(
  history: History<T>,
  present: T,
  { place, at }: { place: string | null; at: number },
): History<T> {
  const { last } = history;
  const goesOn = place !== null && last?.place === place && at - last.at < BREATH_MS;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST_KEPT);
  return { past, present, future: [], last: place === null ? null : { place, at } };
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    last: null,
  };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, last: null };
}

/** The present in other words, as the server keeps it: nothing the owner did, so nothing to undo. */
export function restated<T>(history: History<T>, present: T): History<T> {
  return { ...history, present };
}
