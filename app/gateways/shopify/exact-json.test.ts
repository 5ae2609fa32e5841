import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from './exact-json';

describe('reading JSON exactly', () => {
  it('keeps every digit of ids beyond 2^53, wherever they stand', () => {
    expect(parseExactJson('{"id":820982911946154508,"list":[9007199254740993],"n":12}')).toEqual({
      id: '820982911946154508',
      list: ['9007199254740993'],
      n: 12,
    });
  });

  it('leaves ordinary numbers numbers', () => {
    expect(parseExactJson('[1, -2, 0.5, 1e3, 1e300]')).toEqual([1, -2, 0.5, 1000, 1e300]);
  });

  it('makes text storable: no NUL, no half of a surrogate pair', () => {
    expect(parseExactJson('{"name":"a\\u0000b\\ud800c"}')).toEqual({ name: 'a\uFFFDb\uFFFDc' });
  });

  it('reads any digits as those digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }), (id) => {
        expect(parseExactJson(`{"id":${id}}`)).toEqual({ id: String(id) });
      }),
    );
  });
});
