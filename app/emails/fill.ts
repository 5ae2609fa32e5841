/** Puts one recipient's values into a compiled e-mail. Called by the preview, the test send and every single send; `toBatch` shares its parts. */
import { type Arm, armOfFacts } from './arm';
import type { CompiledEmail } from './compiled';
import { escapeFor } from './escape';
import type { ListSlot, OptionalSlot, Part, Slot } from './parts';
import { type Lookup, type Scope, scopeOf } from './scope';
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
export function rowCount(slot: RowsSlot, { scope }: Filling): number {
  return Math.min(slot.max, scope.rows(slot.source).length);
}

/** The same filling inside the list: names mean this row's product. */
export function inRow(slot: RowsSlot, filling: Filling, row: number): Filling {
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
  for (const { part, row } of layOutRows(slot, rowCount(slot, filling))) {
    out += typeof part === 'string' ? part : fillSlot(part, inRow(slot, filling, row));
  }
  return out;
}

/** Whether an optional part is shown. */
export function isShown(slot: OptionalSlot<Part>, filling: Filling): boolean {
  return slot.needs.every((ref) => filling.value(ref) !== null);
}

/** One slot for one recipient, escaped for where it stands. */
export function fillSlot(slot: Slot, filling: Filling): string {
  switch (slot.kind) {
    case 'value': {
      const value = filling.value(slot) ?? slot.fallback;
      return value == null ? '' : escapeFor(slot.place, value);
    }
    case 'optional':
      return isShown(slot, filling) ? fillParts(slot.parts, filling) : '';
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

/** A recipient is looked at several times on the way out; their values are never changed once made. */
const made = new WeakMap<EmailValues, { compiled: CompiledEmail; filling: Filling }>();

/** What a recipient's slots are filled from; throws when the e-mail was compiled for another arm than these values need. */
export function fillingOf(compiled: CompiledEmail, values: EmailValues): Filling {
  const known = made.get(values);
  if (known?.compiled === compiled) return known.filling;
  const needed: Arm = armOfFacts(compiled.facts, values);
  if (needed.join('+') !== compiled.arm.join('+')) {
    throw new Error(
      `E-mail ${compiled.key} was compiled for [${compiled.arm.join(', ')}], these values need [${needed.join(', ')}]`,
    );
  }
  const scope = scopeOf(values, compiled.language, compiled);
  const filling = { scope, value: scope.value };
  made.set(values, { compiled, filling });
  return filling;
}

/** The subject alone, for a row that records what was sent. */
export function fillSubject(compiled: CompiledEmail, values: EmailValues): string {
  return fillParts(compiled.subject, fillingOf(compiled, values));
}

/** The e-mail as this recipient gets it. */
export function fillEmail(compiled: CompiledEmail, values: EmailValues): FilledEmail {
  const filling = fillingOf(compiled, values);
  return {
    subject: fillParts(compiled.subject, filling),
    html: fillParts(compiled.html, filling),
    text: fillParts(compiled.text, filling),
  };
}
