/** A text as somebody who has everything would read it: variables as their examples, no syntax. For lists and the inbox preview, while it is typed. */
import { parseRichText, type Run } from '../emails/rich-words';
import { parseTemplate, type TemplatePiece, VARIABLES, type VariableName } from '../emails/variables';
import type { Language } from '../lib/language';

export interface SampleReader {
  language: Language;
  shopName: string;
}

function exampleOf(name: VariableName, { language, shopName }: SampleReader): string {
  return name === 'shop_name' ? shopName : VARIABLES[name].example[language];
}

/** One line, as subjects and labels are. */
export function sampleLine(template: string, reader: SampleReader): string {
  const say = (piece: TemplatePiece): string => {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'optional') return piece.pieces.map(say).join('');
    return exampleOf(piece.name, reader);
  };
  return parseTemplate(template).map(say).join('').replace(/\s+/g, ' ').trim();
}

/** The beginning of a longer text. */
export function sampleWords(text: string, reader: SampleReader): string {
  const say = (run: Run) => (run.kind === 'text' ? run.text : exampleOf(run.name, reader));
  const lines = parseRichText(text).flat();
  return lines
    .map((line) => line.map(say).join(''))
    .join(' ')
    .slice(0, 120);
}

/** How many characters a person sees of it; an accent or a face counts as one. */
export function lengthOf(text: string): number {
  return Array.from(new Intl.Segmenter().segment(text)).length;
}
