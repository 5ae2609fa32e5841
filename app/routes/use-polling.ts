/** Reads the page's data again every two seconds, or as often as asked, while something is under way and the page is in sight. */
import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

const POLL_MS = 2000;

export function usePolling(active: boolean, everyMs = POLL_MS): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!active || state !== 'idle') return;
    const timer = setTimeout(() => document.visibilityState === 'visible' && revalidate(), everyMs);
    return () => clearTimeout(timer);
  }, [active, everyMs, state, revalidate]);
}
