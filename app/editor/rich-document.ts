/** A longer text as the document the visual editor holds, and back. Nothing is lost either way. Used by the field for longer texts. */
import type { JSONContent } from '@tiptap/core';
import { parseRichText, type RichLine, type RunFormat } from '../emails/rich-words';
import { isVariable } from '../emails/variables';
import { writeRichText } from '../emails/write-rich-words';

type Mark = NonNullable<JSONContent['marks']>[number];

function marksOf({ bold, link, optional }: RunFormat): Mark[] {
  return [
    ...(optional === undefined ? [] : [{ type: 'optional', attrs: { part: optional } }]),
    ...(link === undefined ? [] : [{ type: 'link', attrs: { target: link } }]),
    ...(bold ? [{ type: 'bold' }] : []),
  ];
}

/** The text as a document. Each optional part of it has a number of its own, so that neighbors stay two. */
export function documentOf(text: string): JSONContent {
  let parts = 0;
  const inlines = (line: RichLine): JSONContent[] => {
    const first = parts;
    return line.map((run) => {
      const optional = run.optional === undefined ? undefined : first + run.optional;
      if (optional !== undefined) parts = Math.max(parts, optional + 1);
      const marks = marksOf({ ...run, ...(optional === undefined ? {} : { optional }) });
      return run.kind === 'text'
        ? { type: 'text', text: run.text, marks }
        : { type: 'variable', attrs: { name: run.name, fallback: run.fallback }, marks };
    });
  };
  const paragraphs = parseRichText(text).map((lines) => ({
    type: 'paragraph',
    content: lines.flatMap((line, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...inlines(line)]),
  }));
  return { type: 'doc', content: paragraphs.length > 0 ? paragraphs : [{ type: 'paragraph' }] };
}

function formatOf(marks: readonly Mark[] = []): RunFormat {
  const attribute = (type: string, name: string): unknown => marks.find((mark) => mark.type === type)?.attrs?.[name];
  const [target, part] = [attribute('link', 'target'), attribute('optional', 'part')];
  return {
    ...(marks.some(({ type }) => type === 'bold') ? { bold: true as const } : {}),
    ...(typeof target === 'string' ? { link: target } : {}),
    ...(typeof part === 'number' ? { optional: part } : {}),
  };
}

function linesOf(paragraph: JSONContent): RichLine[] {
  const lines: RichLine[] = [[]];
  for (const node of paragraph.content ?? []) {
    const format = formatOf(node.marks);
    const name = String(node.attrs?.name ?? '');
    const fallback: unknown = node.attrs?.fallback;
    if (node.type === 'hardBreak') lines.push([]);
    else if (node.type === 'text') lines.at(-1)?.push({ kind: 'text', text: node.text ?? '', ...format });
    else if (node.type === 'variable' && isVariable(name))
      lines
        .at(-1)
        ?.push({ kind: 'variable', name, fallback: typeof fallback === 'string' ? fallback : null, ...format });
  }
  return lines;
}

/** The document as text. */
export function textOf(document: JSONContent): string {
  return writeRichText((document.content ?? []).map(linesOf));
}

/** What may stand for a value that is missing: signs that would end the variable are left out. */
export function cleanFallback(text: string): string | null {
  const clean = text.replace(/[{}|\n\r]/g, '');
  return clean === '' ? null : clean;
}
