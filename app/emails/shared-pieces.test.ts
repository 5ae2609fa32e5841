import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleValues } from './sample';
import { cutPiece, marksOf, type Piece, STAND_IN } from './shared-pieces';

const joined = (pieces: readonly Piece[], index: number) =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : (piece[index] ?? ''))).join('');

const token = (n: number) => `MTpj${n}23456789.abc-def_${n}`;
const recipients = [1, 2, 3].map((n) => ({
  ...sampleValues('fr', { withCode: false, pictures: '' }),
  linkQuery: `utm=a&rl=${token(n)}`,
}));

describe('what recipients share within a value', () => {
  it('leaves of a link to the same page only the token to differ', () => {
    const marks = marksOf(recipients);
    expect(marks).toEqual({ start: 'utm=a&rl=MTpj', own: [1, 2, 3].map((n) => token(n).slice(4)) });
    const pieces = cutPiece(`https://shop.example/products/throw?utm=a&amp;rl=MTpj${STAND_IN}#top`, marks);
    expect(pieces).toEqual(['https://shop.example/products/throw?utm=a&amp;rl=MTpj', marks?.own, '#top']);
  });

  it('leaves of links to different pages the page and the token', () => {
    const marks = marksOf(recipients);
    const pages = ['throw-1', 'cushion', 'throw-22'];
    const links = pages.map((page) => `https://shop.example/products/${page}?utm=a&amp;rl=MTpj${STAND_IN}`);
    const pieces = cutPiece(links, marks);
    expect(pieces.filter((piece) => typeof piece !== 'string')).toEqual([pages, marks?.own]);
  });

  it('has no mark where links have no token', () => {
    expect(marksOf(recipients.map((one) => ({ ...one, linkQuery: 'utm=a' })))).toBeNull();
  });

  it('puts together what was there, and never half a sign', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('🧵 Maison Tilleul, Lyon 🧵', '🧶 Maison Tilleul, Lyon 🪡'),
    );
    const marks = marksOf(recipients);
    if (!marks) throw new Error('These recipients have marks');
    const text = fc
      .array(fc.oneof(word, fc.constant(STAND_IN), fc.constant('https://shop.example/')), { maxLength: 5 })
      .map((all) => all.join('').toWellFormed());
    fc.assert(
      fc.property(fc.oneof(text, fc.tuple(text, text, text)), (piece) => {
        const pieces = cutPiece(piece, marks);
        const whole = [0, 1, 2].map((index) =>
          joined([piece], index).replaceAll(STAND_IN, () => marks.own[index] ?? ''),
        );
        expect(whole.map((_, index) => joined(pieces, index))).toEqual(whole);
        expect(pieces.flat().every((one) => one.isWellFormed())).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 30_000);
});
