import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressed } from './compressed';

const HTML = `<p>${'Déjà vu. '.repeat(200)}</p>`;

test.each(['br', 'gzip, deflate, br, zstd', 'gzip,br'])('sends Brotli to who accepts “%s”', (accepted) => {
  const headers = new Headers();
  const body = compressed(HTML, accepted, headers);
  expect(headers.get('content-encoding')).toBe('br');
  expect(headers.get('vary')).toBe('Accept-Encoding');
  expect(brotliDecompressSync(body as Uint8Array).toString()).toBe(HTML);
});

test.each([null, '', 'gzip', 'br;q=0', 'gzip, br;q=0.5', 'brx'])(
  'leaves a document to the web process where “%s” is accepted',
  (accepted) => {
    const headers = new Headers();
    expect(compressed(HTML, accepted, headers)).toBe(HTML);
    expect(headers.get('content-encoding')).toBeNull();
    expect(headers.get('vary')).toBe('Accept-Encoding');
  },
);
