/** A compiled text: fixed strings and the slots between them. Made by compile from marked text, walked by fill and batch. */
import { findMarks, type Mark, type RowSource, type ValueName } from './marks';

/** Where a slot stands decides how its value is escaped; `url` and `text-url` are checked as web addresses too. */
export type Place = 'html' | 'attribute' | 'url' | 'text' | 'text-url' | 'subject';

export interface ValueRef {
  name: ValueName;
  detail?: string;
}

export type Slot =
  | ({ kind: 'value'; place: Place; fallback?: string } & ValueRef)
  | { kind: 'optional'; needs: readonly ValueRef[]; parts: Part[] }
  | { kind: 'rows'; source: RowSource; max: number; columns: number; parts: Part[] }
  | { kind: 'cell'; parts: Part[] }
  | { kind: 'pad'; parts: Part[] };
export type Part = string | Slot;

/** The place of the slot `name` that stands at a position of the text. */
export type PlaceFinder = (at: number, name: ValueName) => Place;

function openedSlot(mark: Exclude<Mark, { kind: 'value' } | { kind: 'close' }>): Slot & { parts: Part[] } {
  return { ...mark, parts: [] };
}

/** Marked text as parts. `placeAt` tells where each slot stands. */
export function parseMarks(text: string, placeAt: PlaceFinder): Part[] {
  const root: Part[] = [];
  const open: Part[][] = [root];
  const add = (part: Part) => {
    if (part !== '') open.at(-1)?.push(part);
  };
  let from = 0;
  for (const { at, length, mark } of findMarks(text)) {
    add(text.slice(from, at));
    from = at + length;
    if (mark.kind === 'close') open.pop();
    else if (mark.kind === 'value') add({ ...mark, place: placeAt(at, mark.name) });
    else {
      const slot = openedSlot(mark);
      add(slot);
      open.push(slot.parts);
    }
  }
  add(text.slice(from));
  if (open.length !== 1) throw new Error('A block opened a mark and did not close it');
  return root;
}
