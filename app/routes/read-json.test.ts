import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MOST_BYTES, readJson } from './read-json';

const shape = z.object({ text: z.string() });

/** A body in pieces, as it comes without a length. */
function inPieces(pieces: Iterable<Uint8Array<ArrayBuffer>>): Request {
  const source = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { done, value } = source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Request('http://app.example/', { method: 'POST', body, duplex: 'half' });
}

const statusOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 200,
    (thrown: unknown) => (thrown instanceof Response ? thrown.status : thrown),
  );

describe('a body from a page', () => {
  it('is read whole, also when a letter is cut between two pieces', async () => {
    const bytes = new TextEncoder().encode('{"text":"Zoé 🎁"}');
    const pieces = Array.from(bytes, (byte) => new Uint8Array([byte]));
    expect(await readJson(inPieces(pieces), shape)).toEqual({ text: 'Zoé 🎁' });
  });

  it('comes out storable', async () => {
    const body = '{"text":"a\\u0000b\\ud800"}';
    expect(await readJson(new Request('http://app.example/', { method: 'POST', body }), shape)).toEqual({
      text: 'a\uFFFDb\uFFFD',
    });
  });

  it('without a length is left unread beyond the limit', async () => {
    let given = 0;
    function* endless() {
      for (;;) {
        given += 64 * 1024;
        yield new Uint8Array(64 * 1024).fill(0x20);
      }
    }
    expect(await statusOf(readJson(inPieces(endless()), shape))).toBe(413);
    expect(given).toBeLessThan(MOST_BYTES * 1.2);
  });

  it.each(['', 'nothing', '{"text":', '[]', '{"text":7}'])('that is %j is refused', async (body) => {
    expect(await statusOf(readJson(new Request('http://app.example/', { method: 'POST', body }), shape))).toBe(400);
  });
});
