import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { lateScripts } from './late-scripts';

const SENT =
  '<p>a < b, é</p><link rel="modulepreload" href="/a.js"/><script>1</script><script type="module" async="">import "/a.js";</script></body>';
const WANTED =
  '<p>a < b, é</p><link rel="late-modulepreload" href="/a.js"/><script>1</script><script type="text/late-module">import "/a.js";</script></body>';

/** Each after the last has gone on: those of one turn would be gathered. */
async function* inTurns(pieces: Buffer[]) {
  for (const piece of pieces) {
    yield piece;
    await setImmediate();
    await setImmediate();
  }
}

test('scripts wait for the picture, wherever the pieces of the document are cut', async () => {
  const bytes = Buffer.from(SENT);
  for (let size = 1; size <= bytes.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, turn) =>
      bytes.subarray(turn * size, (turn + 1) * size),
    );
    expect(await text(Readable.from(inTurns(pieces)).pipe(lateScripts()))).toBe(WANTED);
  }
});

test('what React writes in one turn goes on in one piece', async () => {
  const late = lateScripts();
  const pieces: string[] = [];
  late.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  // Longer than any tag it looks for: nothing of it has to wait for what follows.
  const words = 'é'.repeat(60);
  for (const piece of ['<html>', '<p>', words]) late.write(piece);
  await vi.waitUntil(() => pieces.length > 0);
  for (const piece of ['</p>', '</html>']) late.write(piece);
  late.end();
  await finished(late);
  expect(pieces).toEqual([`<html><p>${words}`, '</p></html>']);
});
