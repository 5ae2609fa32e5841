/** Puts one recipient's values into a compiled e-mail. Called by the preview, the test send and every single send; `columns` shares its parts. */
import { type Arm, armOfFacts } from './arm';
import type { CompiledEmail } from './compiled';
import { escapeFor } from './escape';
import type { ListSlot, OptionalSlot, Part, Slot, ValueSlot } from './parts';
import { type Lookup, makeScopes, type Scope } from './scope';
import type { EmailValues } from './values';

export interface FilledEmail {
  subject: string;
  html: string;
  text: string;
}

/** What slots are filled from: a recipient, and where names are looked up: the recipient, or one row of a list. */
export interface Filling {
  scope: Scope;
  value: Lookup;
}

export type RowsSlot = ListSlot<Part>;

/** How many rows of a list a recipient sees. */
export function rowCount(slot: RowsSlot, scope: Scope): number {
  return Math.min(slot.max, scope.rows(slot.source).length);
}

/** The same filling inside the list: names mean this row's product. */
function inRow(slot: RowsSlot, filling: Filling, row: number): Filling {
  return { scope: filling.scope, value: filling.scope.rows(slot.source)[row] ?? filling.value };
}

/** A list of `count` rows laid out: its parts in order, each with the row it speaks of. */
export function layOutRows(slot: RowsSlot, count: number): { part: Part; row: number }[] {
  const laidOut: { part: Part; row: number }[] = [];
  for (let first = 0; first < count; first += slot.columns) {
    const cells = Math.min(slot.columns, count - first);
    for (const part of slot.parts) {
      const kind = typeof part === 'string' ? 'text' : part.kind;
      const times = kind === 'cell' ? cells : kind === 'pad' ? slot.columns - cells : 1;
      for (let time = 0; time < times; time += 1) laidOut.push({ part, row: first + (kind === 'cell' ? time : 0) });
    }
  }
  return laidOut;
}

function fillRows(slot: RowsSlot, filling: Filling): string {
  let out = '';
  for (const { part, row } of layOutRows(slot, rowCount(slot, filling.scope))) {
    out += typeof part === 'string' ? part : fillSlot(part, inRow(slot, filling, row));
  }
  return out;
}

/** Whether an optional part is shown. */
export function isShown(slot: OptionalSlot<Part>, lookup: Lookup): boolean {
  return slot.needs.every((ref) => lookup(ref) !== null);
}

/** A value, or what stands in its place, escaped for where it stands. */
export function fillValue(slot: ValueSlot, lookup: Lookup): string {
  const value = lookup(slot) ?? slot.fallback;
  return value == null ? '' : escapeFor(slot.place, value);
}

/** One slot for one recipient, escaped for where it stands. */
export function fillSlot(slot: Slot, filling: Filling): string {
  switch (slot.kind) {
    case 'value':
      return fillValue(slot, filling.value);
    case 'optional':
      return isShown(slot, filling.value) ? fillParts(slot.parts, filling) : '';
    case 'rows':
      return fillRows(slot, filling);
    case 'cell':
    case 'pad':
      return fillParts(slot.parts, filling);
  }
}

function fillParts(parts: readonly Part[], filling: Filling): string {
  let out = '';
  for (const part of parts) out += typeof part === 'string' ? part : fillSlot(part, filling);
  return out;
}

/** Throws when the e-mail was compiled for another arm than these values need. */
export function checkArm({ key, facts, arm }: CompiledEmail, values: EmailValues): void {
  const needed: Arm = armOfFacts(facts, values);
  if (needed.length !== arm.length || needed.some((fact, index) => fact !== arm[index]))
    throw new Error(`E-mail ${key} was compiled for [${arm.join(', ')}], these values need [${needed.join(', ')}]`);
}

/** The e-mail as this recipient gets it. */
export function fillEmail(compiled: CompiledEmail, values: EmailValues): FilledEmail {
  checkArm(compiled, values);
  const scope = makeScopes(compiled.language, compiled)(values, values.linkQuery);
  const filling = { scope, value: scope.value };
  return {
    subject: fillParts(compiled.subject, filling),
    html: fillParts(compiled.html, filling),
    text: fillParts(compiled.text, filling),
  };
}
