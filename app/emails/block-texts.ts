/** The longer texts of a block, which may carry links. Asked by `dress`, and by whoever checks links. */
import type { Words } from '../lib/language';
import type { Block } from './content';
import { parseRichText } from './rich-words';

function longWords(block: Block): Words[] {
  switch (block.type) {
    case 'text':
    case 'code':
    case 'note':
    case 'preferences':
      return [block.text];
    case 'footer':
      return block.text ? [block.text] : [];
    case 'columns':
      return block.columns.map(({ text }) => text);
    default:
      return [];
  }
}

/** Where the links within a block's texts lead, in every language: places of the store and addresses. */
export function linksInTexts(block: Block): string[] {
  const lines = longWords(block).flatMap((words) => Object.values(words).flatMap((text) => parseRichText(text).flat()));
  return [...new Set(lines.flatMap((line) => line.flatMap(({ link }) => (link === undefined ? [] : [link]))))];
}
