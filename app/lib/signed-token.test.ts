import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToken, signToken } from './signed-token';

const SECRET = 's'.repeat(32);

describe('signed tokens', () => {
  it('give back what was signed, unless it is nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (payload) => {
        const token = signToken(SECRET, 'preferences', payload);
        expect(readToken(SECRET, 'preferences', token)).toBe(payload);
        expect(token).toMatch(/^[\w-]*\.[\w-]+$/);
      }),
    );
  });

  it('open no other door and no other secret’s', () => {
    const token = signToken(SECRET, 'click', '1:2');
    expect(readToken(SECRET, 'preferences', token)).toBeNull();
    expect(readToken('t'.repeat(32), 'click', token)).toBeNull();
  });

  it('are refused when a single character changed', () => {
    const token = signToken(SECRET, 'click', '12:abc');
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const forged = token.slice(0, index) + other + token.slice(index + 1);
      // The last character of base64url may carry unused bits; what it decodes to is what counts.
      if (
        Buffer.from(forged.split('.')[1] ?? '', 'base64url').equals(
          Buffer.from(token.split('.')[1] ?? '', 'base64url'),
        ) &&
        index > token.indexOf('.')
      )
        continue;
      expect(readToken(SECRET, 'click', forged)).toBeNull();
    }
  });

  it.each(['', '.', 'a', 'a.b.c', '💥.💥', `${'a'.repeat(10_000)}.b`])('refuse %j without throwing', (token) => {
    expect(readToken(SECRET, 'click', token)).toBeNull();
  });
});
