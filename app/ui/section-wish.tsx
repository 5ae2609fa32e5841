/** Leads to a folded section of the page from wherever its name is said: a check, a step, a link that ends in `#offer`. Given by the scenario's workbench. */
import { useLocation } from '@remix-run/react';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';

export const SECTIONS = ['checks', 'notice', 'audience', 'standing', 'offer', 'withheld', 'versions'] as const;
export type SectionName = (typeof SECTIONS)[number];

interface Wish {
  section: SectionName | null;
  /** Counted, so that the same one can be asked for again. */
  times: number;
}

interface Wishes {
  wish: Wish;
  reveal(section: SectionName): void;
}

const WishContext = createContext<Wishes>({ wish: { section: null, times: 0 }, reveal: () => {} });

export function SectionWishes({ children }: { children: React.ReactNode }) {
  const { hash } = useLocation();
  const linked = SECTIONS.find((one) => hash === `#${one}`) ?? null;
  const [wish, setWish] = useState<Wish>({ section: linked, times: linked ? 1 : 0 });
  const reveal = useCallback((section: SectionName) => setWish(({ times }) => ({ section, times: times + 1 })), []);
  const wishes = useMemo(() => ({ wish, reveal }), [wish, reveal]);
  return <WishContext.Provider value={wishes}>{children}</WishContext.Provider>;
}

/** Opens a section, brings it into sight and gives it the focus. */
export function useReveal(): (section: SectionName) => void {
  return useContext(WishContext).reveal;
}

/** How often a section was asked for; another number each time. */
export function useSectionWish(name: SectionName): number {
  const { section, times } = useContext(WishContext).wish;
  return section === name ? times : 0;
}
