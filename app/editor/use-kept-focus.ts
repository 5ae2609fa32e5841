/** Keeps the keyboard where the owner was after the list changed under it. Used by the editor's list. */
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
