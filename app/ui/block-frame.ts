/**
 * The blocks within the preview's frame: found by the comments the preview carries, picked by a click, the picked one outlined.
 * The frame runs no script; it is this page that looks into it. Used by the mail preview beside the editor.
 */
import { useEffect, useRef } from 'react';
import { blockOfComment } from '../lib/block-marks';

export interface BlockPick {
  /** Id of the block that is being edited. */
  selected: string | null;
  onPick(block: string): void;
}

const STYLE = [
  'body{cursor:pointer}',
  '[data-picked]{outline:2px solid #005bd3;outline-offset:-2px}',
  '[data-pickable]:hover{outline:1px dashed #005bd3;outline-offset:-1px}',
  '[data-picked]:hover{outline:2px solid #005bd3;outline-offset:-2px}',
].join('');

/** The elements of each block, in order. */
function blocksIn(frame: Document): { id: string; elements: HTMLElement[] }[] {
  const walker = frame.createTreeWalker(frame.body, NodeFilter.SHOW_COMMENT);
  const begins: { id: string; comment: Node }[] = [];
  for (let comment = walker.nextNode(); comment; comment = walker.nextNode()) {
    const id = blockOfComment(comment.textContent ?? '');
    if (id !== null) begins.push({ id, comment });
  }
  return begins.map(({ id, comment }, index) => ({
    id,
    elements: elementsBetween(comment, begins[index + 1]?.comment),
  }));
}

/** What stands beside the comment until the next block begins, itself or within another element: the sheet around the inner blocks is no block's. */
function elementsBetween(comment: Node, end: Node | undefined): HTMLElement[] {
  const elements: HTMLElement[] = [];
  for (let next = comment.nextSibling; next && next !== end && !(end && next.contains(end)); next = next.nextSibling) {
    if (next.nodeType === Node.ELEMENT_NODE) elements.push(next as HTMLElement);
  }
  return elements;
}

function outline(frame: Document, selected: string | null, { reveal }: { reveal: boolean }): void {
  for (const { id, elements } of blocksIn(frame)) {
    for (const element of elements) {
      element.toggleAttribute('data-pickable', true);
      element.toggleAttribute('data-picked', id === selected);
    }
    if (reveal && id === selected) showInFrame(frame, elements[0]);
  }
}

/** Scrolls the frame alone: the page around it stays where it is. */
function showInFrame(frame: Document, element: HTMLElement | undefined): void {
  const view = frame.defaultView;
  const place = element?.getBoundingClientRect();
  if (!view || !place || (place.top >= 0 && place.bottom <= view.innerHeight)) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  view.scrollTo({ top: view.scrollY + place.top - 40, behavior: calm ? 'auto' : 'smooth' });
}

/** How often and how long a new page in the frame is waited for. */
const LOOK_EVERY_MS = 40;
const PATIENCE_MS = 10_000;

/**
 * Lets the blocks in a frame be picked; without `pick` the frame stays as it is.
 * @param html what the frame shows: each change is a new page in it
 * @returns where the frame is to be put down
 */
export function useBlockFrame(html: string, pick: BlockPick | undefined): React.RefObject<HTMLIFrameElement> {
  const ref = useRef<HTMLIFrameElement>(null);
  const latest = useRef(pick);
  latest.current = pick;
  const dressed = useRef<Document | null>(null);
  const scrolled = useRef(0);
  const selected = pick?.selected ?? null;
  const isPickable = pick !== undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is in the frame after each change of `html`
  useEffect(() => {
    if (!isPickable) return;
    const until = Date.now() + PATIENCE_MS;
    // The frame tells that it has loaded only once its pictures have: its blocks are there long before.
    const timer = setInterval(() => {
      const frame = ref.current?.contentDocument;
      const isNew = frame?.URL === 'about:srcdoc' && frame.readyState !== 'loading' && frame !== dressed.current;
      if (!isNew && Date.now() < until) return;
      clearInterval(timer);
      if (!isNew) return;
      dressed.current = frame;
      dress(frame, { pick: (block) => latest.current?.onPick(block), scrolled });
      outline(frame, latest.current?.selected ?? null, { reveal: false });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [html, isPickable]);

  useEffect(() => {
    const frame = ref.current?.contentDocument;
    if (frame?.body) outline(frame, selected, { reveal: true });
  }, [selected]);
  return ref;
}

/** Looks and listens into a new page of the frame, which goes on where the last one was. */
function dress(
  frame: Document,
  { pick, scrolled }: { pick(block: string): void; scrolled: { current: number } },
): void {
  const style = frame.createElement('style');
  style.textContent = STYLE;
  frame.head.append(style);
  frame.addEventListener('click', (event) => {
    event.preventDefault();
    const target = event.target as Node;
    const picked = blocksIn(frame).find(({ elements }) => elements.some((element) => element.contains(target)));
    if (picked) pick(picked.id);
  });
  frame.defaultView?.scrollTo({ top: scrolled.current, behavior: 'instant' });
  frame.addEventListener('scroll', () => {
    scrolled.current = frame.defaultView?.scrollY ?? 0;
  });
}
