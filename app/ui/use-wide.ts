/** Whether there is room for a panel between the map and the preview. Nothing depends on it before a click, so the server may say no. */
import { useSyncExternalStore } from 'react';

/** As `admin.css` has it. */
const WIDE = '(min-width: 60em)';

export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(WIDE).matches,
    () => false,
  );
}
