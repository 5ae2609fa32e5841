/** What lies below the first screen of a page comes once that one is painted. Used by the longer pages. */
import { Later, useAwake } from './later';

export interface BelowTheFoldProps {
  /** On a phone only, below what a page says first, or nowhere: where a page begins differs with what it has to say. */
  on?: 'everywhere' | 'phone' | 'head' | 'nowhere';
  children: React.ReactNode;
}

/**
 * Below the first screen of any window it is drawn by the browser alone: the document is shorter, and sooner there. On a
 * phone only it is in the document, and laid out later (`admin.css`, `first-screen.ts`): the server does not know the window.
 * Below the head it is in sight, and comes in the second picture, a frame or two after the first: for what is last in its
 * column, since what follows it would move.
 */
export function BelowTheFold({ on = 'everywhere', children }: BelowTheFoldProps) {
  return <div className={PLACES[on]}>{on === 'everywhere' ? <Later>{children}</Later> : children}</div>;
}

const PLACES = { everywhere: 'below-the-fold', phone: 'below-a-phone', head: 'below-the-head', nowhere: undefined };

/** As much of a list as the first screen of any window shows, until the page is awake; all of it from then on. */
export function useFirstScreen<Item>(items: readonly Item[], most: number): readonly Item[] {
  return useAwake() ? items : items.slice(0, most);
}
