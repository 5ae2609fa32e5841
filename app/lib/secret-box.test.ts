import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSecretBox } from './secret-box';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

describe('the secret box', () => {
  it('gives a secret back, and never writes it readably', () => {
    const box = makeSecretBox(key('a'));
    const sealed = box.seal('shpat_secret', 'shop');
    expect(sealed).not.toContain('shpat_secret');
    expect(box.open(sealed, 'shop')).toBe('shpat_secret');
  });

  it('seals the same secret differently each time', () => {
    const box = makeSecretBox(key('a'));
    expect(box.seal('same', 'shop')).not.toBe(box.seal('same', 'shop'));
  });

  it('opens what an older key sealed, seals with the newest, and says which are stale', () => {
    const [old, fresh] = [key('old'), key('new')];
    const sealed = makeSecretBox(old).seal('token', 'shop');
    const both = makeSecretBox(`${fresh},${old}`);
    expect(both.open(sealed, 'shop')).toBe('token');
    expect(both.isStale(sealed)).toBe(true);
    expect(both.isStale(both.seal('token', 'shop'))).toBe(false);
  });

  it('refuses what a forgotten key sealed, what was tampered with, and what belongs to something else', () => {
    const box = makeSecretBox(key('a'));
    const sealed = box.seal('token', 'shop-1');
    expect(makeSecretBox(key('b')).open(sealed, 'shop-1')).toBeNull();
    expect(makeSecretBox(key('a')).open(sealed, 'shop-1')).toBeNull();
    expect(box.open(sealed, 'shop-2')).toBeNull();
    const [version, id, body = ''] = sealed.split(':');
    const bytes = Buffer.from(body, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(box.open(`${version}:${id}:${bytes.toString('base64')}`, 'shop-1')).toBeNull();
    expect(box.open('plain text', 'shop-1')).toBeNull();
  });

  it('names a malformed key instead of using it', () => {
    expect(() => makeSecretBox('a:short')).toThrow(RangeError);
  });
});
