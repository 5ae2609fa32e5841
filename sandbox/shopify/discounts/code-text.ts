// What is wrong with the text of a new code, in the words Shopify gives per code. Used by the discount verbs and mutations.
import type { DiscountBook } from './book';

const longest = 255;

export function codeProblem(book: DiscountBook, code: string): string | null {
  if (code.trim() === '') return 'is too short (minimum is 1 character)';
  if (/[\r\n]/.test(code)) return 'cannot contain newline characters.';
  if (code.length > longest) return `is too long (maximum is ${longest} characters)`;
  return book.findCode(code) ? 'must be unique. Please try a different code.' : null;
}
