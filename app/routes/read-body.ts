/** Reads a request's body as it came, up to a limit. Used by doors that stand before Express. */
import type { IncomingMessage } from 'node:http';

export type Body = { ok: true; bytes: Buffer } | { ok: false; status: 400 | 413 | 415; reason: string };

const TOO_LARGE: Body = { ok: false, status: 413, reason: 'The body is too large.' };
const COMPRESSED: Body = { ok: false, status: 415, reason: 'The body cannot be read.' };
const CUT_OFF: Body = { ok: false, status: 400, reason: 'The body cannot be read.' };

/** Never rejects. Of a body that is refused nothing is kept; what still arrives of it is passed by. */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<Body> {
  const { 'content-encoding': encoding, 'content-length': announced } = request.headers;
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return Promise.resolve(COMPRESSED);
  if (Number(announced ?? 0) > mostBytes) return Promise.resolve(TOO_LARGE);
  return new Promise((resolve) => {
    let parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= mostBytes) {
        parts.push(part);
        return;
      }
      parts = [];
      resolve(TOO_LARGE);
    });
    request.on('end', () => {
      const [only] = parts;
      resolve({ ok: true, bytes: only && parts.length === 1 ? only : Buffer.concat(parts) });
    });
    request.on('error', () => resolve(CUT_OFF));
  });
}
