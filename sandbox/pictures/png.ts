// Turns raw pixels into a PNG file; used by the picture routes, which draw everything the demo store shows.
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BYTES_PER_PIXEL = 4;

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}

/** Each row is stored as its difference from the row above ("Up"): smooth gradients then deflate to very little. */
function filterRows(width: number, height: number, rgba: Uint8ClampedArray): Buffer {
  const stride = width * BYTES_PER_PIXEL;
  const out = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const row = y * (stride + 1);
    out[row] = y === 0 ? 0 : 2;
    for (let i = 0; i < stride; i++) {
      const here = rgba[y * stride + i] ?? 0;
      const above = y === 0 ? 0 : (rgba[(y - 1) * stride + i] ?? 0);
      out[row + 1 + i] = (here - above) & 0xff;
    }
  }
  return out;
}

/** Encodes 8-bit RGBA pixels (row by row, 4 bytes each) as a PNG file. */
export function encodePng(width: number, height: number, rgba: Uint8ClampedArray): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, RGBA, deflate, adaptive filters, not interlaced
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filterRows(width, height, rgba), { level: 7 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
