/** An owner's text as marked text: variables become slots, brackets become optional parts, typography is mended. Called by compile for subjects and by every block. */

import type { Language, Words } from '../lib/language';
import type { Brand } from './brand';
import { mark, withoutMarks } from './marks';
import { parseRichText, type RichLine, type Run } from './rich-words';
import { typeset } from './typeset';
import { parseTemplate, type TemplatePiece } from './variables';

export interface WordsContext {
  brand: Brand;
  language: Language;
}

function fixed(text: string, { language }: WordsContext): string {
  return withoutMarks(typeset(text, language));
}

function markedPiece(piece: TemplatePiece, context: WordsContext): string {
  switch (piece.kind) {
    case 'text':
      return fixed(piece.text, context);
    case 'variable':
      if (piece.name === 'shop_name') return context.brand.shopName;
      return mark({
        kind: 'value',
        name: piece.name,
        ...(piece.fallback === null ? {} : { fallback: fixed(piece.fallback, context) }),
      });
    case 'optional': {
      const needs = piece.pieces.flatMap((inner) =>
        inner.kind === 'variable' && inner.name !== 'shop_name' && !inner.fallback ? [{ name: inner.name }] : [],
      );
      const inside = piece.pieces.map((inner) => markedPiece(inner, context)).join('');
      return mark({ kind: 'optional', needs }) + inside + mark({ kind: 'close' });
    }
  }
}

/** The text in the e-mail's language, marked. */
export function markedWords(words: Words, context: WordsContext): string {
  return parseTemplate(words[context.language])
    .map((piece) => markedPiece(piece, context))
    .join('');
}

/** A piece of a longer text, marked, and how it is set. */
export interface MarkedRun {
  text: string;
  bold?: true;
  /** A place of the store or an address. */
  link?: string;
}

function markedRun(run: Run, next: Run | undefined, context: WordsContext): MarkedRun {
  const format = { ...(run.bold ? { bold: run.bold } : {}), ...(run.link === undefined ? {} : { link: run.link }) };
  if (run.kind === 'variable') return { text: markedPiece(run, context), ...format };
  // The space before a sign that stands in the next piece must not break either.
  const sign = next?.kind === 'text' ? next.text.slice(0, 1) : '';
  const text = fixed(run.text + sign, context);
  return { text: sign === '' ? text : text.slice(0, -1), ...format };
}

/** The marks around an optional part, as runs of their own: what stands between them may be set in several ways. */
function optionalMarks(line: RichLine, number: number): { opens: MarkedRun; closes: MarkedRun } {
  const needs = line.flatMap((run) =>
    run.optional === number && run.kind === 'variable' && run.name !== 'shop_name' && !run.fallback
      ? [{ name: run.name }]
      : [],
  );
  return { opens: { text: mark({ kind: 'optional', needs }) }, closes: { text: mark({ kind: 'close' }) } };
}

function markedLine(line: RichLine, context: WordsContext): MarkedRun[] {
  return line.flatMap((run, index) => {
    const marked = markedRun(run, line[index + 1], context);
    if (run.optional === undefined) return [marked];
    const { opens, closes } = optionalMarks(line, run.optional);
    return [
      ...(line[index - 1]?.optional === run.optional ? [] : [opens]),
      marked,
      ...(line[index + 1]?.optional === run.optional ? [] : [closes]),
    ];
  });
}

/** A longer text in the e-mail's language: paragraphs of lines of pieces. */
export function markedParagraphs(words: Words, context: WordsContext): MarkedRun[][][] {
  return parseRichText(words[context.language]).map((lines) => lines.map((line) => markedLine(line, context)));
}
