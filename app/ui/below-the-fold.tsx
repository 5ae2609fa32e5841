/** What lies below the first screen of a page comes once that one is painted. Used by the longer pages. */
import { startTransition, useEffect, useState } from 'react';

export interface BelowTheFoldProps {
  /** On a phone only, or nowhere: where a page begins differs with what it has to say. */
  on?: 'everywhere' | 'phone' | 'nowhere';
  children: React.ReactNode;
}

/**
 * Below the first screen of any window it is drawn by the browser alone: the document is shorter, and sooner there. On a
 * phone only it is in the document, and laid out later (`admin.css`, `first-screen.ts`): the server does not know the window.
 */
export function BelowTheFold({ on = 'everywhere', children }: BelowTheFoldProps) {
  return on === 'everywhere' ? <Later>{children}</Later> : <div className={PLACES[on]}>{children}</div>;
}

const PLACES = { phone: 'below-a-phone', nowhere: undefined };

/** The document has been taken over: whatever page comes from now on is drawn in one go. */
let awake = false;

function Later({ children }: { children: React.ReactNode }) {
  const [there, setThere] = useState(awake);
  useEffect(() => {
    awake = true;
    startTransition(() => setThere(true));
  }, []);
  return <div className="below-the-fold">{there && children}</div>;
}
