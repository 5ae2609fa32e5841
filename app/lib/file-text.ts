/** Bytes of a file somebody saved, turned into text as they come: UTF-8, UTF-16 or what Western Windows wrote before it. Used for uploaded lists. */

export interface FileText {
  push(bytes: Uint8Array): string;
  /** What was held back: the beginning of a character that never came whole. */
  end(): string;
}

/**
 * Nothing in a file says how it was written but a mark at its beginning, which many leave out. Without one it is UTF-8 until a byte
 * cannot be: then it is Windows-1252, and whatever came before was plain ASCII, the same in both.
 */
export function makeFileText(): FileText {
  let held = new Uint8Array();
  let decoder: TextDecoder | null = null;
  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    if (decoder) return decoder.decode(bytes, { stream: !isLast });
    const whole = isLast ? bytes.length : wholeCharacters(bytes);
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, whole));
      held = bytes.slice(whole);
      return text;
    } catch {
      decoder = new TextDecoder('windows-1252');
      held = new Uint8Array();
      return decoder.decode(bytes, { stream: !isLast });
    }
  };
  let begun = false;
  const take = (bytes: Uint8Array, isLast: boolean): string => {
    const all = join(held, bytes);
    if (!begun && all.length < HEAD_BYTES && !isLast) {
      held = all;
      return '';
    }
    held = new Uint8Array();
    if (begun) return decode(all, isLast);
    begun = true;
    const utf16 = utf16Of(all);
    if (utf16) decoder = new TextDecoder(utf16);
    return decode(startsWith(all, [0xef, 0xbb, 0xbf]) ? all.subarray(3) : all, isLast);
  };
  return { push: (bytes) => take(bytes, false), end: () => take(new Uint8Array(), true) };
}

/** Enough to see a mark, or the zeros between Western letters. */
const HEAD_BYTES = 4;

function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
  if (head.length < 4) return null;
  if (head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0) return 'utf-16be';
  return null;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** Up to where these bytes hold whole UTF-8 characters: a character may be cut in two between chunks. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const wants = byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1;
    return wants > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
