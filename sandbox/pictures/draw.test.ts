import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawPicture, PICTURE_SUBJECTS } from './draw';

interface Decoded {
  width: number;
  height: number;
  /** RGBA of the pixel. */
  at: (x: number, y: number) => number[];
}

/** Reads a PNG the way a viewer does: signature, checked chunks, inflated rows, filters undone. */
function decode(png: Buffer): Decoded {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const bodies = new Map<string, Buffer[]>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    expect(png.readUInt32BE(at + 8 + length), type).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    bodies.set(type, [...(bodies.get(type) ?? []), png.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  expect([...bodies.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = Buffer.concat(bodies.get('IHDR') ?? []);
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  expect([...header.subarray(8)]).toEqual([8, 6, 0, 0, 0]);
  const rows = inflateSync(Buffer.concat(bodies.get('IDAT') ?? []));
  const stride = width * 4;
  expect(rows.length).toBe((stride + 1) * height);
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const up = rows[y * (stride + 1)] === 2;
    for (let i = 0; i < stride; i++) {
      const above = up ? (pixels[(y - 1) * stride + i] ?? 0) : 0;
      pixels[y * stride + i] = (rows[y * (stride + 1) + 1 + i] ?? 0) + above;
    }
  }
  return { width, height, at: (x, y) => [...pixels.subarray(y * stride + x * 4, y * stride + x * 4 + 4)] };
}

const draw = (name: string, width?: number): Buffer => {
  const picture = drawPicture(name, width);
  if (!picture) throw new Error(`no picture ${name}`);
  return picture;
};

describe('the drawn pictures', () => {
  it.each(PICTURE_SUBJECTS)('draws %s as a sound, square, opaque PNG with more than a background on it', (subject) => {
    const picture = decode(draw(`${subject}-4`, 120));
    expect([picture.width, picture.height]).toEqual([120, 120]);
    const colors = new Set<string>();
    for (let x = 4; x < 120; x += 6) {
      expect(picture.at(x, 60)[3]).toBe(255);
      colors.add(picture.at(x, 72).join());
    }
    expect(colors.size).toBeGreaterThan(5);
  });

  it('draws the same name the same way every time, and other numbers in other colours', () => {
    expect(draw('candle-3', 80).equals(draw('candle-3', 80))).toBe(true);
    expect(draw('candle-3', 80).equals(draw('candle-4', 80))).toBe(false);
  });

  it('leaves the logo transparent around the words', () => {
    const logo = decode(draw('logo', 320));
    expect([logo.width, logo.height]).toEqual([320, 80]);
    expect(logo.at(2, 2)[3]).toBe(0);
    expect(logo.at(25, 40)[3]).toBe(255);
  });

  it('draws the hero picture twice as wide as high', () => {
    const hero = decode(draw('hero-1', 300));
    expect([hero.width, hero.height]).toEqual([300, 150]);
  });

  it('knows no other names', () => {
    for (const name of ['', 'constructor-1', 'toString', '../logo', 'candle-', 'candle-99999']) {
      expect(drawPicture(name), name).toBeUndefined();
    }
  });
});
