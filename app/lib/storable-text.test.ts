import { describe, expect, it } from 'vitest';
import { parseStorableJson, storableText } from './storable-text';

describe('text for Postgres', () => {
  it('loses NUL and halves of surrogate pairs, nothing else', () => {
    expect(storableText('a\0b\ud800c\udc00')).toBe('a\uFFFDb\uFFFDc\uFFFD');
    expect(storableText('🎁 Zoé\n\t')).toBe('🎁 Zoé\n\t');
  });

  it('comes out of JSON storable at any depth, in values and in names', () => {
    expect(parseStorableJson('{"a":["\\u0000",{"b\\ud800":"x\\udfff","n":1}],"c":null}')).toEqual({
      a: ['\uFFFD', { 'b\uFFFD': 'x\uFFFD', n: 1 }],
      c: null,
    });
  });

  it('keeps a field that is named like a prototype an ordinary field', () => {
    const read = parseStorableJson('{"__proto__":{"on":true},"\\u0000":1}');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});
