/** What lies below the first screen of a page, and is laid out once that one is painted. Used by the longer pages. */

export interface BelowTheFoldProps {
  /** On a phone only, or nowhere: where a page begins differs with what it has to say. */
  on?: 'everywhere' | 'phone' | 'nowhere';
  children: React.ReactNode;
}

export function BelowTheFold({ on = 'everywhere', children }: BelowTheFoldProps) {
  return <div className={CLASSES[on]}>{children}</div>;
}

const CLASSES = { everywhere: 'below-the-fold', phone: 'below-a-phone', nowhere: undefined };
