/** The tags of one SendGrid request: what stands in its shared texts where recipients differ. Called by batch. */
import type { Piece } from './shared-pieces';

/**
 * The tags of a request: the same values have one tag, wherever they stand. A tag ends with a hyphen, so none is the beginning of
 * another.
 */
export class Tags {
  private readonly byColumn = new Map<readonly string[], string>();
  /** By the first recipient's value, which parts most of them. */
  private readonly byFirst = new Map<string, { tag: string; values: readonly string[] }[]>();
  readonly values: { tag: string; values: readonly string[] }[] = [];
  private readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  of(values: readonly string[]): string {
    const known = this.byColumn.get(values);
    if (known) return known;
    const tag = this.ofSame(values);
    this.byColumn.set(values, tag);
    return tag;
  }

  private ofSame(values: readonly string[]): string {
    const first = values[0] ?? '';
    const alike = this.byFirst.get(first) ?? [];
    const known = alike.find((one) => one.values.every((value, index) => value === values[index]));
    if (known) return known.tag;
    const made = { tag: `-${this.prefix}.${this.values.length}-`, values };
    this.byFirst.set(first, [...alike, made]);
    this.values.push(made);
    return made.tag;
  }

  /** The pieces as one text, with tags where recipients differ. */
  join(pieces: readonly Piece[]): string {
    return pieces.map((piece) => (typeof piece === 'string' ? piece : this.of(piece))).join('');
  }
}
