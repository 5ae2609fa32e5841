import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleValues } from './sample';
import { marksOf, type Piece, shareWithin } from './shared-pieces';

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
    const html = [1, 2, 3].map((n) => `https://shop.example/products/throw?utm=a&amp;rl=${token(n)}#top`);
    const text = [1, 2, 3].map((n) => `https://shop.example/?utm=a&rl=${token(n)}`);
    const pieces = shareWithin([html, text], marks);
    const own = pieces.filter((piece) => typeof piece !== 'string');
    expect(own).toEqual([marks, marks]);
    expect(pieces[0]).toBe('https://shop.example/products/throw?utm=a&amp;rl=MTpj');
    for (const index of [0, 1, 2]) expect(joined(pieces, index)).toBe(`${html[index]}${text[index]}`);
  });

  it('leaves of links to different pages the page and the token', () => {
    const pages = ['throw-1', 'cushion', 'throw-22'];
    const links = pages.map((page, n) => `https://shop.example/products/${page}?utm=a&amp;rl=${token(n + 1)}`);
    const pieces = shareWithin([links], marksOf(recipients));
    expect(pieces.filter((piece) => typeof piece !== 'string')).toEqual([pages, marksOf(recipients)]);
  });

  it('has no mark where links have no token', () => {
    expect(marksOf(recipients.map((one) => ({ ...one, linkQuery: 'utm=a' })))).toBeNull();
  });

  it('puts together what was there, and never half a sign', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('🧵 Maison Tilleul, Lyon 🧵', '🧶 Maison Tilleul, Lyon 🪡'),
    );
    const marks = marksOf(recipients) ?? [];
    const value = (index: number) =>
      fc
        .array(fc.oneof(word, fc.constant(marks[index] ?? ''), fc.constant('https://shop.example/')), { maxLength: 5 })
        .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.tuple(value(0), value(1), value(2)), (values) => {
        const wellFormed = values.map((one) => one.toWellFormed());
        const pieces = shareWithin([wellFormed], marks);
        expect(wellFormed.map((_, index) => joined(pieces, index))).toEqual(wellFormed);
        expect(pieces.flat().every((piece) => piece.isWellFormed())).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 30_000);
});
