/** An owner's text as marked text: variables become slots, brackets become optional parts, typography is mended. Called by compile for subjects and by every block. */

import type { Language, Words } from '../lib/language';
import type { Brand } from './brand';
import { mark, withoutMarks } from './marks';
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

/** The same as paragraphs of lines: a blank line parts paragraphs. */
export function markedParagraphs(words: Words, context: WordsContext): string[][] {
  const paragraphs = words[context.language].split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs.map((paragraph) =>
    paragraph
      .trim()
      .split('\n')
      .map((line) => markedWords({ ...words, [context.language]: line.trim() }, context)),
  );
}
