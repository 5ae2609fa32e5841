/** What an image file says of itself: its type and its size in pixels. Asked before a picture is stored. */

export interface ImageHead {
  type: 'image/jpeg' | 'image/png' | 'image/gif';
  /** How its name should end. */
  extension: 'jpg' | 'png' | 'gif';
  width: number;
  height: number;
}

type Size = Pick<ImageHead, 'width' | 'height'>;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const startsWith = (bytes: Uint8Array, signs: readonly number[]) => signs.every((sign, at) => bytes[at] === sign);
const isText = (bytes: Uint8Array, at: number, text: string) =>
  Array.from(text).every((sign, index) => bytes[at + index] === sign.charCodeAt(0));

/** Markers of a JPEG that carry its size: all starts of a frame, between which stand three others. */
const carriesSize = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (carriesSize(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

/** Null for anything but a JPEG, PNG or GIF, whatever its name says. */
export function readImageHead(bytes: Uint8Array): ImageHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const known = (kind: Pick<ImageHead, 'type' | 'extension'>, size: Size | null): ImageHead | null =>
    size && size.width > 0 && size.height > 0 ? { ...kind, ...size } : null;
  if (bytes.length >= 24 && startsWith(bytes, PNG) && isText(bytes, 12, 'IHDR')) {
    return known({ type: 'image/png', extension: 'png' }, { width: view.getUint32(16), height: view.getUint32(20) });
  }
  if (bytes.length >= 10 && (isText(bytes, 0, 'GIF87a') || isText(bytes, 0, 'GIF89a'))) {
    const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    return known({ type: 'image/gif', extension: 'gif' }, size);
  }
  if (!startsWith(bytes, [0xff, 0xd8, 0xff])) return null;
  return known({ type: 'image/jpeg', extension: 'jpg' }, jpegSize(view));
}
