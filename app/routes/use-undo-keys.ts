/** Ctrl or Cmd with Z and Y for the whole draft, wherever the focus is but in fields that are no part of it. Used by the workbench. */
import { useEffect } from 'react';

export function useUndoKeys(undo: (() => void) | null, redo: (() => void) | null): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      const { target } = event;
      // The preview's own fields undo by themselves, as any field does.
      if (target instanceof Element && target.closest('[data-undo="own"]')) return;
      // A field's own undo would set the field back, but not the draft.
      event.preventDefault();
      event.stopPropagation();
      const verb = key === 'y' || event.shiftKey ? redo : undo;
      verb?.();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [undo, redo]);
}
