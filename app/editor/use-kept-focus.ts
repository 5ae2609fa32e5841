/** Keeps the keyboard, and the eye, where the owner was after the list changed under them. Used by the editor's list. */
import { type RefObject, useEffect, useState } from 'react';

export interface FocusWish {
  /** Of the row: what was pressed, or its head. */
  part: 'head' | 'up' | 'down';
}

type Wanted = FocusWish & { block: string };

/** Answers how to say what has the focus once the list is drawn anew; what cannot take it gives it to the row's head. */
export function useKeptFocus(list: RefObject<HTMLElement>): (wanted: Wanted) => void {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  useEffect(() => {
    if (!wanted) return;
    setWanted(null);
    const row = list.current?.querySelector(`[data-block="${wanted.block}"]`);
    const button = row?.querySelector<HTMLButtonElement>(
      `[data-part="${wanted.part}"] button, button[data-part="${wanted.part}"]`,
    );
    const usable = button && !button.disabled && button.getAttribute('aria-disabled') !== 'true' ? button : null;
    (usable ?? row?.querySelector<HTMLButtonElement>('[data-part="head"]'))?.focus();
  }, [wanted, list]);
  return setWanted;
}

/** Brings the row that was opened from elsewhere, as by a click in the preview, into sight; one that is in sight stays where it is. */
export function useRowInSight(list: RefObject<HTMLElement>, selected: string | null): void {
  useEffect(() => {
    if (selected === null) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const head = list.current?.querySelector(`[data-block="${selected}"] [data-part="head"]`);
    head?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
  }, [list, selected]);
}
