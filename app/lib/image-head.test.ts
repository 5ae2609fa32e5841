import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageHead } from './image-head';

const bytes = (...parts: (number | string)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part, (sign) => sign.charCodeAt(0)))),
  );
const png = bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 2, 88, 0, 0, 1, 44, 8, 6);
const gif = bytes('GIF89a', 88, 2, 44, 1, 0, 0);
const jpeg = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 17, 8, 1, 44, 2, 88, 3);

describe('the head of an image file', () => {
  it.each([
    ['a PNG', png, { type: 'image/png', extension: 'png' }],
    ['a GIF', gif, { type: 'image/gif', extension: 'gif' }],
    ['a JPEG', jpeg, { type: 'image/jpeg', extension: 'jpg' }],
  ])('tells type and size of %s', (_what, file, kind) => {
    expect(readImageHead(file)).toEqual({ ...kind, width: 600, height: 300 });
  });

  it.each([
    ['nothing', bytes()],
    ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['HTML', bytes('<!doctype html><script>alert(1)</script>')],
    ['a PNG without size', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 0, 0, 0, 0, 0, 0, 8, 6)],
    ['a JPEG that ends', jpeg.slice(0, 14)],
  ])('is none of %s', (_what, file) => {
    expect(readImageHead(file)).toBe(null);
  });

  it('ends, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(png, gif, jpeg), (noise, start) => {
        readImageHead(Uint8Array.from([...start.slice(0, 8), ...noise]));
        readImageHead(noise);
      }),
    );
  });
});
