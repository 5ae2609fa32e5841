/**
 * The text part, read from the same rendered and still marked HTML. Called by compile.
 * Blocks steer it with `data-text`: `skip` (leave out), `line` (no blank line around), `inline` (same line; a link's address in brackets behind its words), `block` (blank line around),
 * `rule` (a line of dashes in its place).
 */
import { findMarks } from './marks';

const TOKEN = /<!--[\s\S]*?-->|<![^>]*>|<\/?[a-zA-Z][^>"]*(?:"[^"]*"[^>"]*)*>/g;
const MARK = /(\ue000[\w-]+\ue001)/;
const BREAKS: Record<string, number> = { h1: 2, h2: 2, h3: 2, p: 2, table: 2, tr: 1, td: 1, div: 1, br: 1 };
const STEERED: Record<string, number> = { line: 1, inline: 0, block: 2 };
const VOID = new Set(['img', 'br', 'meta', 'link']);
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return NAMED[name] ?? whole;
  });
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? decode(found[1] ?? '') : null;
}

/** Collects text and keeps count of the line breaks that must stand before the next word. */
class TextWriter {
  private out = '';
  private pending = 0;
  private trailing = 2;
  private space = false;

  break(lines: number) {
    this.pending = Math.max(this.pending, lines - this.trailing);
    if (lines > 0) this.space = false;
  }

  flush() {
    if (this.pending > 0) {
      this.out += '\n'.repeat(this.pending);
      this.trailing += this.pending;
      this.pending = 0;
    } else if (this.space && this.trailing === 0) {
      this.out += ' ';
    }
    this.space = false;
  }

  /** A group of marks opens or closes: what is due must lie on this side of it, since its inside may be repeated or left out. */
  group(mark: string) {
    this.flush();
    this.out += mark;
  }

  word(text: string) {
    this.flush();
    this.out += text;
    this.trailing = 0;
  }

  text(text: string) {
    const words = text.replace(/[ \t\r\n\f]+/g, ' ');
    if (words.startsWith(' ')) this.space = this.pending === 0;
    const bare = words.trim() === '' ? words.replaceAll(' ', '') : words.replace(/^ | $/g, '');
    if (bare === '') return;
    this.word(bare);
    this.space = words.endsWith(' ');
  }

  finish() {
    return `${this.out.trimEnd()}\n`;
  }
}

interface Open {
  tag: string;
  breaks: number;
  href: string | null;
  inline: boolean;
  /** How much had been written when it opened: a link around nothing but a picture is left out. */
  before: number;
}

function isGroup(mark: string): boolean {
  const kind = findMarks(mark)[0]?.mark.kind;
  return kind !== 'value' && kind !== 'look';
}

/** Walks the tags of a page and writes what a reader of the text part needs. */
class PageReader {
  readonly writer = new TextWriter();
  private readonly open: Open[] = [];
  private skipping: { tag: string; depth: number } | null = null;
  private written = 0;

  text(raw: string) {
    if (this.skipping) return;
    for (const piece of raw.split(MARK)) {
      if (piece.startsWith('\ue000') && isGroup(piece)) {
        this.writer.group(piece);
        continue;
      }
      if (piece.startsWith('\ue000')) this.writer.word(piece);
      else this.writer.text(decode(piece));
      if (piece.trim() !== '') this.written += 1;
    }
  }

  tag(tag: string) {
    const name = /^<\/?([a-zA-Z][\w:]*)/.exec(tag)?.[1]?.toLowerCase();
    if (!name) return;
    const closing = tag.startsWith('</');
    if (this.skipping) {
      if (name === this.skipping.tag) this.skipping.depth += closing ? -1 : 1;
      if (this.skipping.depth === 0) this.skipping = null;
    } else if (closing) this.closed(name);
    else this.opened(tag, name);
  }

  private opened(tag: string, name: string) {
    const steer = attribute(tag, 'data-text');
    if (steer === 'rule') {
      this.writer.break(2);
      this.writer.word('--------');
      this.writer.break(2);
    }
    if (steer === 'skip' || steer === 'rule' || name === 'head') {
      if (!VOID.has(name)) this.skipping = { tag: name, depth: 1 };
      return;
    }
    const breaks = STEERED[steer ?? ''] ?? BREAKS[name] ?? 0;
    if (breaks > 0) this.writer.break(breaks);
    if (name === 'img') this.text(attribute(tag, 'alt') ?? '');
    if (VOID.has(name)) return;
    const href = name === 'a' ? attribute(tag, 'href') : null;
    this.open.push({ tag: name, breaks, href, inline: steer === 'inline', before: this.written });
  }

  private closed(name: string) {
    const closed = this.open.at(-1)?.tag === name ? this.open.pop() : undefined;
    if (!closed) return;
    if (closed.href !== null && closed.inline) {
      this.writer.text(' ');
      this.writer.word(`(${closed.href})`);
    } else if (closed.href !== null && this.written > closed.before) {
      this.writer.break(1);
      this.writer.word(closed.href);
      this.writer.break(1);
    }
    if (closed.breaks > 0) this.writer.break(closed.breaks);
    else if (closed.tag === 'td') this.writer.text(' ');
  }
}

/** Marked HTML as marked text. */
export function plainTextOf(html: string): string {
  const reader = new PageReader();
  let from = 0;
  for (const match of html.matchAll(TOKEN)) {
    reader.text(html.slice(from, match.index));
    reader.tag(match[0]);
    from = match.index + match[0].length;
  }
  return reader.writer.finish();
}
