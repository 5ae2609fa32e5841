/** A compiled text: fixed strings and the slots between them. Made by compile from marked text, dressed in a look, walked by fill and batch. */
import { findMarks, type LookName, type Mark, type RowSource, type ValueName } from './marks';

/** Where a slot stands decides how its value is escaped; `url` and `text-url` are checked as web addresses too. */
export type Place = 'html' | 'attribute' | 'url' | 'text' | 'text-url' | 'subject';

export interface ValueRef {
  name: ValueName;
  detail?: string;
}

export interface ValueSlot extends ValueRef {
  kind: 'value';
  place: Place;
  fallback?: string;
}

export interface OptionalSlot<P> {
  kind: 'optional';
  needs: readonly ValueRef[];
  parts: P[];
}

export interface ListSlot<P> {
  kind: 'rows';
  source: RowSource;
  max: number;
  columns: number;
  parts: P[];
}

export interface CellSlot<P> {
  kind: 'cell' | 'pad';
  parts: P[];
}

export type Slot = ValueSlot | OptionalSlot<Part> | ListSlot<Part> | CellSlot<Part>;
export type Part = string | Slot;

/** Where something of the shop's look will stand. */
export interface LookSlot {
  kind: 'look';
  name: LookName;
  place: Place;
}

/** What only looks that have something wear. */
export interface WornSlot {
  kind: 'worn';
  name: LookName;
  parts: BarePart[];
}

/** A part of a text that belongs to no shop yet. */
export type BarePart =
  | string
  | LookSlot
  | WornSlot
  | ValueSlot
  | OptionalSlot<BarePart>
  | ListSlot<BarePart>
  | CellSlot<BarePart>;

/** The place of the slot `name` that stands at a position of the text. */
export type PlaceFinder = (at: number, name: ValueName | LookName) => Place;

type GroupMark = Exclude<Mark, { kind: 'value' | 'look' | 'close' }>;

function openedSlot(mark: GroupMark): WornSlot | OptionalSlot<BarePart> | ListSlot<BarePart> | CellSlot<BarePart> {
  return { ...mark, parts: [] };
}

/** Marked text as parts. `placeAt` tells where each slot stands. */
export function parseMarks(text: string, placeAt: PlaceFinder): BarePart[] {
  const root: BarePart[] = [];
  const open: BarePart[][] = [root];
  const add = (part: BarePart) => {
    if (part !== '') open.at(-1)?.push(part);
  };
  let from = 0;
  for (const { at, length, mark } of findMarks(text)) {
    add(text.slice(from, at));
    from = at + length;
    if (mark.kind === 'close') open.pop();
    else if (mark.kind === 'value' || mark.kind === 'look') add({ ...mark, place: placeAt(at, mark.name) });
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
