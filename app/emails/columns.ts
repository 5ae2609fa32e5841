/**
 * The slots of an e-mail filled for many recipients at once. A slot that is the same for all is one text; what differs becomes a column
 * of texts, made once however often it stands in the HTML, the text part and the subject. Called by batch.
 */
import { fillSlot, fillValue, isShown, layOutRows, type RowsSlot, rowCount } from './fill';
import type { ListSlot, OptionalSlot, Part, Slot, ValueSlot } from './parts';
import type { Lookup, Scope } from './scope';
import { cutPiece, type Marks, type Piece } from './shared-pieces';

/** Where names are looked up, and what was looked up already. */
interface View {
  /** One for each recipient, or a single one where it is the same for all. */
  lookups: readonly Lookup[];
  filled: Map<string, readonly Piece[]>;
}

function viewOf(lookups: readonly Lookup[]): View {
  const [first] = lookups;
  const isOne = first !== undefined && lookups.every((lookup) => lookup === first);
  return { lookups: isOne ? [first] : lookups, filled: new Map() };
}

/** The same places escape alike, so that what stands in several of them is one column. */
function nameOf({ name, detail = '', place, fallback }: ValueSlot): string {
  const kind = place === 'attribute' ? 'html' : place;
  return `${name}\n${detail}\n${kind}${fallback === undefined ? '' : `\n${fallback}`}`;
}

export class Columns {
  /** Everything that was filled in, before it was cut. */
  readonly uncut: Piece[] = [];
  private readonly scopes: readonly Scope[];
  private readonly marks: Marks | null;
  private readonly recipients: View;
  private readonly rows = new Map<string, View>();

  /** @param scopes of the recipients, their links with the stand-in where there are marks */
  constructor(scopes: readonly Scope[], marks: Marks | null) {
    this.scopes = scopes;
    this.marks = marks;
    this.recipients = viewOf(scopes.map(({ value }) => value));
  }

  /**
   * These parts for everybody. Optional parts and lists are opened as long as they have the same shape for all, so that their markup
   * is shared and only what differs travels per recipient.
   */
  pieces(parts: readonly Part[]): Piece[] {
    const out: Piece[] = [];
    this.addParts(parts, this.recipients, out);
    return out;
  }

  private addParts(parts: readonly Part[], view: View, out: Piece[]): void {
    for (const part of parts) {
      if (typeof part === 'string') out.push(part);
      else this.addSlot(part, view, out);
    }
  }

  private addSlot(slot: Slot, view: View, out: Piece[]): void {
    if (slot.kind === 'value') this.addValue(slot, view, out);
    else if (slot.kind === 'optional') this.addOptional(slot, view, out);
    else if (slot.kind === 'rows') this.addRows(slot, view, out);
    else this.addParts(slot.parts, view, out);
  }

  private addValue(slot: ValueSlot, view: View, out: Piece[]): void {
    const name = nameOf(slot);
    let pieces = view.filled.get(name);
    if (!pieces) {
      pieces = this.cut(view.lookups.map((lookup) => fillValue(slot, lookup)));
      view.filled.set(name, pieces);
    }
    for (const piece of pieces) out.push(piece);
  }

  private addOptional(slot: OptionalSlot<Part>, view: View, out: Piece[]): void {
    const times = view.lookups.filter((lookup) => isShown(slot, lookup)).length;
    if (times === 0) return;
    if (times === view.lookups.length) this.addParts(slot.parts, view, out);
    else this.addEach(slot, view, out);
  }

  private addRows(slot: RowsSlot, view: View, out: Piece[]): void {
    const counts = this.scopes.map((scope) => rowCount(slot, scope));
    const [count = 0] = counts;
    if (counts.some((one) => one !== count)) this.addEach(slot, view, out);
    else for (const { part, row } of layOutRows(slot, count)) this.addParts([part], this.rowView(slot, row), out);
  }

  private rowView({ source }: ListSlot<Part>, row: number): View {
    const key = `${source} ${row}`;
    const known = this.rows.get(key);
    if (known) return known;
    const made = viewOf(this.scopes.map((scope) => scope.rows(source)[row] ?? scope.value));
    this.rows.set(key, made);
    return made;
  }

  /** A slot of another shape for each recipient. */
  private addEach(slot: Slot, { lookups }: View, out: Piece[]): void {
    const [first] = lookups;
    const each = this.scopes.map((scope, index) =>
      fillSlot(slot, { scope, value: lookups[index] ?? first ?? scope.value }),
    );
    out.push(...this.cut(each));
  }

  private cut(values: readonly string[]): Piece[] {
    const [first = ''] = values;
    const piece = values.every((value) => value === first) ? first : values;
    this.uncut.push(piece);
    return cutPiece(piece, this.marks);
  }
}
