/**
 * Compresses a document at once. The web process compresses what it sends as a stream, in turns on other threads: for a document that is
 * all there, the turns take longer than the work, some 0.3 ms (decision 0025). Used by `entry.server`.
 */
import { brotliCompressSync, constants } from 'node:zlib';

/** Brotli without a weight: what every browser of today asks for. */
const ASKS_FOR_BROTLI = /(^|,)\s*br\s*(,|$)/;

/** A document is 15 to 60 kB: a larger window only takes longer to clear. A better quality takes twice as long for a thirtieth less. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_LGWIN]: 16 };

/**
 * @param accepted the request's `Accept-Encoding`
 * @param headers of the answer; told what was done
 * @returns the document as it goes out; as it came for who does not ask for Brotli, which the web process answers as all else
 */
export function compressed(html: string, accepted: string | null, headers: Headers): string | Uint8Array<ArrayBuffer> {
  headers.append('Vary', 'Accept-Encoding');
  if (!ASKS_FOR_BROTLI.test(accepted ?? '')) return html;
  headers.set('Content-Encoding', 'br');
  return new Uint8Array(brotliCompressSync(html, { params }));
}
