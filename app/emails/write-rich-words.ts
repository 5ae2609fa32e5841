/** Longer texts written back in their syntax: what `rich-words` reads from it is what was written. Used by the editor. */
import {
  parseRichLine,
  type RichLine,
  type RichText,
  type Run,
  type RunContent,
  type RunFormat,
  tidyLine,
} from './rich-words';

function variableText({ name, fallback }: Extract<RunContent, { kind: 'variable' }>): string {
  return fallback === null ? `{${name}}` : `{${name}|${fallback}}`;
}

function writeLine(runs: readonly Run[], literal: (text: string) => string): string {
  let out = '';
  let now: RunFormat = {};
  const turnTo = (next: RunFormat) => {
    const leavesOptional = now.optional !== undefined && now.optional !== next.optional;
    const leavesLink = now.link !== undefined && (now.link !== next.link || now.optional !== next.optional);
    if (leavesLink) out += `](${now.link})`;
    if (leavesOptional) out += ']';
    if (now.bold !== next.bold) out += '**';
    if (next.optional !== undefined && now.optional !== next.optional) out += '[';
    if (next.link !== undefined && (leavesLink || now.link === undefined || now.optional !== next.optional)) out += '[';
    now = next;
  };
  for (const run of runs) {
    turnTo(run);
    out += run.kind === 'text' ? literal(run.text) : variableText(run);
  }
  turnTo({});
  return out;
}

/** Within braces that name nothing known every sign stands for itself, so none is escaped there. */
const escaped = (text: string) =>
  text.replace(/\{[^{}|\n]*(?:\|[^{}\n]*)?\}|[\\*[\]]/g, (found) => (found.startsWith('{') ? found : `\\${found}`));

/** One line as text; signs are escaped only where they would be read as something else. */
export function writeRichLine(runs: readonly Run[]): string {
  const tidy = tidyLine(runs);
  const plain = writeLine(tidy, (text) => text);
  return sameLine(parseRichLine(plain), tidy) ? plain : writeLine(tidy, escaped);
}

function sameLine(one: RichLine, other: RichLine): boolean {
  return JSON.stringify(one.map(inOrder)) === JSON.stringify(other.map(inOrder));
}

function inOrder(run: Run) {
  const content = run.kind === 'text' ? [run.text] : [run.name, run.fallback];
  return [run.kind, ...content, run.bold, run.link, run.optional];
}

/** The text whose paragraphs these are. */
export function writeRichText(paragraphs: RichText): string {
  return paragraphs
    .map((lines) =>
      lines
        .map((line) => writeRichLine(line).trim())
        .filter((line) => line !== '')
        .join('\n'),
    )
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}
