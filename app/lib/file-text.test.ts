import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFileText } from './file-text';

function read(bytes: Uint8Array, size = bytes.length || 1): string {
  const text = makeFileText();
  let all = '';
  for (let at = 0; at < bytes.length; at += size) all += text.push(bytes.subarray(at, at + size));
  return all + text.end();
}

const WORDS = 'Adresse;désinscrit le\nzoé@example.com;1er août';
const utf16 = (order: 'le' | 'be', mark: boolean) => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${WORDS}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const WRITTEN = {
  'UTF-8': Buffer.from(WORDS),
  'UTF-8 with its mark': Buffer.from(`\uFEFF${WORDS}`),
  'Latin-1': Buffer.from(WORDS, 'latin1'),
  'UTF-16 little-endian': utf16('le', true),
  'UTF-16 big-endian': utf16('be', true),
  'UTF-16 little-endian without its mark': utf16('le', false),
  'UTF-16 big-endian without its mark': utf16('be', false),
};

describe.each(Object.entries(WRITTEN))('a file in %s', (_name, bytes) => {
  it.each([1, 2, 3, 7, 1000])('reads as it was written, told in pieces of %d bytes', (size) => {
    expect(read(bytes, size)).toBe(WORDS);
  });
});

it('whatever is UTF-8 reads as such, cut anywhere', () => {
  fc.assert(
    // Zeros would make a short file look like UTF-16.
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
      fc.pre(text.isWellFormed() && !text.includes('\0') && !/^[\uFEFF]/.test(text));
      expect(read(Buffer.from(text), size)).toBe(text);
    }),
  );
});

it('a character that is cut off at the end is taken for Latin-1', () => {
  expect(read(Buffer.from([0x61, 0x62, 0x63, 0x64, 0xe9]))).toBe('abcdé');
});

it('a file without anything in it is empty', () => {
  expect(read(new Uint8Array())).toBe('');
});
