/** Puts one recipient's values into a compiled e-mail. Called by the preview, the test send and every single send; `toBatch` shares its parts. */
import { type Arm, armOfFacts } from './arm';
import type { CompiledEmail } from './compiled';
import { escapeFor } from './escape';
import type { Part, Slot } from './parts';
import { type Lookup, type Scope, scopeOf } from './scope';
import type { EmailValues } from './values';

export interface FilledEmail {
  subject: string;
  html: string;
  text: string;
}

interface Filling {
  scope: Scope;
  /** Where names are looked up: the recipient, or one row of a list. */
  value: Lookup;
}

function fillRows(slot: Extract<Slot, { kind: 'rows' }>, filling: Filling): string {
  const rows = filling.scope.rows(slot.source).slice(0, slot.max);
  let out = '';
  for (let first = 0; first < rows.length; first += slot.columns) {
    const cells = rows.slice(first, first + slot.columns);
    for (const part of slot.parts) {
      if (typeof part === 'string') out += part;
      else if (part.kind === 'cell') {
        for (const value of cells) out += fillParts(part.parts, { scope: filling.scope, value });
      } else if (part.kind === 'pad') {
        for (let missing = cells.length; missing < slot.columns; missing += 1) out += fillParts(part.parts, filling);
      } else out += fillSlot(part, { scope: filling.scope, value: cells[0] ?? filling.value });
    }
  }
  return out;
}

/** One slot for one recipient, escaped for where it stands. */
export function fillSlot(slot: Slot, filling: Filling): string {
  switch (slot.kind) {
    case 'value': {
      const value = filling.value(slot) ?? slot.fallback;
      return value == null ? '' : escapeFor(slot.place, value);
    }
    case 'optional':
      return slot.needs.every((ref) => filling.value(ref) !== null) ? fillParts(slot.parts, filling) : '';
    case 'rows':
      return fillRows(slot, filling);
    case 'cell':
    case 'pad':
      return fillParts(slot.parts, filling);
  }
}

export function fillParts(parts: readonly Part[], filling: Filling): string {
  let out = '';
  for (const part of parts) out += typeof part === 'string' ? part : fillSlot(part, filling);
  return out;
}

/** What a recipient's slots are filled from; throws when the e-mail was compiled for another arm than these values need. */
export function fillingOf(compiled: CompiledEmail, values: EmailValues): Filling {
  const needed: Arm = armOfFacts(compiled.facts, values);
  if (needed.join('+') !== compiled.arm.join('+')) {
    throw new Error(
      `E-mail ${compiled.key} was compiled for [${compiled.arm.join(', ')}], these values need [${needed.join(', ')}]`,
    );
  }
  const scope = scopeOf(values, compiled.language, compiled);
  return { scope, value: scope.value };
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
