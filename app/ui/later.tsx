/** What the browser draws once the page is awake, and the server not at all. Used for what is not seen, or of no use, before. */
import { startTransition, useEffect, useState } from 'react';

/** The document has been taken over: whatever page comes from now on is drawn in one go. */
let awake = false;

/** Whether the page is awake, for what is shorter until then. */
export function useAwake(): boolean {
  const [there, setThere] = useState(awake);
  useEffect(() => {
    awake = true;
    startTransition(() => setThere(true));
  }, []);
  return there;
}

/** Draws `meanwhile` in its place until then; the two should be about as high. */
export function Later({ meanwhile = null, children }: { meanwhile?: React.ReactNode; children: React.ReactNode }) {
  return useAwake() ? children : meanwhile;
}
