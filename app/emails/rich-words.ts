/**
 * The longer texts of an e-mail, which may carry bold words and links beside variables, and their syntax. Used by the editor (both ways),
 * the content check and the compiler.
 *
 *   **bold**                    bold words
 *   [our shop](store)           a link: to the store, the checkout, the preferences or a complete web address
 *   Hello[ {first_name}],       as in `variables`: left out when the variable is missing
 *   \* \[ \] \\                 the sign itself, where it would else mean something
 *
 * A line break is a line, a blank line a new paragraph. Nothing reaches beyond its line. What does not read as one of these stands for itself.
 */
import { isVariable, type VariableName } from './variables';

/** The places of the store a text may lead to; any other target is an address. */
export const LINK_PLACES = ['store', 'checkout', 'preferences'] as const;
export type LinkPlace = (typeof LINK_PLACES)[number];

/** How a piece of text is set. */
export interface RunFormat {
  bold?: true;
  /** A `LinkPlace` or an address. */
  link?: string;
  /** Pieces of one line with the same number are left out together when a variable among them is missing. */
  optional?: number;
}

export type RunContent =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: VariableName; fallback: string | null };
export type Run = RunContent & RunFormat;
export type RichLine = Run[];
/** Paragraphs of lines. */
export type RichText = RichLine[][];

type Token =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: VariableName; fallback: string | null }
  | { kind: 'bold' }
  | { kind: 'open' }
  | { kind: 'close'; target: string | null; text: string };

// A target that begins like an address of any kind is one, so that the check can refuse it in words.
const TOKEN =
  /\\(?<sign>[\\*[\]])|(?<bold>\*\*)|\{(?<name>[^{}|\n]*)(?:\|(?<fallback>[^{}\n]*))?\}|(?<open>\[)|\](?:\((?<target>store|checkout|preferences|[a-z][a-z0-9+.-]*:[^\s()]*|\/\/[^\s()]*)\))?/gi;

function tokenOf(match: RegExpExecArray): Token {
  const { sign, bold, name, fallback, open, target } = match.groups ?? {};
  if (sign !== undefined) return { kind: 'text', text: sign };
  if (bold !== undefined) return { kind: 'bold' };
  if (open !== undefined) return { kind: 'open' };
  if (name === undefined) return { kind: 'close', target: target ?? null, text: match[0] };
  // An unknown name cannot come through the content's door; shown as typed it is at least visible.
  const known = name.trim();
  return isVariable(known)
    ? { kind: 'variable', name: known, fallback: fallback ?? null }
    : { kind: 'text', text: match[0] };
}

function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  const literal = (to: number) => {
    if (to > from) tokens.push({ kind: 'text', text: line.slice(from, to) });
  };
  for (const match of line.matchAll(TOKEN)) {
    literal(match.index);
    tokens.push(tokenOf(match));
    from = match.index + match[0].length;
  }
  literal(line.length);
  return tokens;
}

/** A pair of brackets that means something. */
interface Bracket {
  from: number;
  to: number;
  target: string | null;
}

/** A bracket that waits to be closed, and what stands within it so far. */
interface OpenBracket {
  from: number;
  variable: boolean;
  link: boolean;
  optional: boolean;
}

/**
 * The pairs of brackets that are links or optional parts; of two of a kind within each other the inner one counts. Each token is looked
 * at once: a text of nothing but brackets costs no more than another.
 */
function bracketsOf(tokens: readonly Token[]): Bracket[] {
  const open: OpenBracket[] = [];
  const found: Bracket[] = [];
  tokens.forEach((token, to) => {
    const around = open.at(-1);
    if (token.kind === 'variable' && around) around.variable = true;
    if (token.kind === 'open') open.push({ from: to, variable: false, link: false, optional: false });
    if (token.kind !== 'close') return;
    const bracket = open.pop();
    if (!bracket) return;
    const { from } = bracket;
    const { target } = token;
    const kind = target === null ? 'optional' : 'link';
    const hasContent = to > from + 1;
    if (!bracket[kind] && hasContent && (target !== null || bracket.variable)) {
      found.push({ from, to, target });
      bracket[kind] = true;
    }
    const outer = open.at(-1);
    if (!outer) return;
    outer.variable ||= bracket.variable;
    outer.link ||= bracket.link;
    outer.optional ||= bracket.optional;
  });
  return found;
}

/** The last sign for bold opens nothing when there is none to close it. */
function loneBold(tokens: readonly Token[]): number | null {
  const places = tokens.flatMap(({ kind }, at) => (kind === 'bold' ? [at] : []));
  return places.length % 2 === 0 ? null : (places.at(-1) ?? null);
}

/** One line as runs. */
export function parseRichLine(line: string): RichLine {
  const tokens = tokensOf(line);
  const brackets = bracketsOf(tokens);
  const opening = new Map(brackets.map((bracket) => [bracket.from, bracket]));
  const closing = new Map(brackets.map((bracket) => [bracket.to, bracket]));
  const lone = loneBold(tokens);
  const runs: Run[] = [];
  const format: RunFormat = {};
  let bold = false;
  tokens.forEach((token, at) => {
    const [opened, closed] = [opening.get(at), closing.get(at)];
    if (closed) delete format[closed.target === null ? 'optional' : 'link'];
    const here = { ...(bold ? { bold } : {}), ...format };
    if (token.kind === 'variable') runs.push({ ...token, ...here });
    else if (token.kind === 'bold' && at !== lone) bold = !bold;
    else if (!opened && !closed) runs.push({ kind: 'text', text: literalOf(token), ...here });
    if (opened?.target === null) format.optional = opened.from;
    else if (opened) format.link = opened.target;
  });
  return tidyLine(runs);
}

function literalOf(token: Exclude<Token, { kind: 'variable' }>): string {
  switch (token.kind) {
    case 'bold':
      return '**';
    case 'open':
      return '[';
    default:
      return token.text;
  }
}

function sameFormat(one: RunFormat, other: RunFormat): boolean {
  return one.bold === other.bold && one.link === other.link && one.optional === other.optional;
}

/** The line without empty pieces, equal neighbors joined, optional parts numbered from 0 and only those with a variable in them. */
export function tidyLine(runs: readonly Run[]): RichLine {
  const numbers = new Map<number, number>();
  const joined: Run[] = [];
  for (const run of withoutPointless(runs)) {
    if (run.kind === 'text' && run.text === '') continue;
    const { optional, ...rest } = run;
    if (optional !== undefined && !numbers.has(optional)) numbers.set(optional, numbers.size);
    const number = optional === undefined ? undefined : numbers.get(optional);
    const tidy: Run = { ...rest, ...(number === undefined ? {} : { optional: number }) };
    const last = joined.at(-1);
    if (tidy.kind === 'text' && last?.kind === 'text' && sameFormat(last, tidy)) last.text += tidy.text;
    else joined.push(tidy);
  }
  return joined;
}

/** Each stretch of an optional part becomes one of its own; one without a variable is always shown, so it is none. */
function withoutPointless(runs: readonly Run[]): Run[] {
  const stretches: Run[][] = [];
  for (const run of runs) {
    const last = stretches.at(-1);
    if (last && last[0]?.optional === run.optional) last.push(run);
    else stretches.push([run]);
  }
  return stretches.flatMap((stretch, number) => {
    const isPart = stretch[0]?.optional !== undefined && stretch.some(({ kind }) => kind === 'variable');
    return stretch.map(({ optional: _, ...run }): Run => ({ ...run, ...(isPart ? { optional: number } : {}) }));
  });
}

/** A text as paragraphs of lines. */
export function parseRichText(text: string): RichText {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) =>
      paragraph
        .trim()
        .split('\n')
        .map((line) => parseRichLine(line.trim())),
    );
}

/** Whether a link leads to a place of the store rather than to an address. */
export function isLinkPlace(target: string): target is LinkPlace {
  return (LINK_PLACES as readonly string[]).includes(target);
}
