import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { lateScripts } from './late-scripts';

const SENT =
  '<p>a < b, é</p><link rel="modulepreload" href="/a.js"/><script>1</script><script type="module" async="">import "/a.js";</script></body>';
const WANTED =
  '<p>a < b, é</p><link rel="late-modulepreload" href="/a.js"/><script>1</script><script type="text/late-module">import "/a.js";</script></body>';

test('scripts wait for the picture, wherever the pieces of the document are cut', async () => {
  const bytes = Buffer.from(SENT);
  for (let size = 1; size <= bytes.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, turn) =>
      bytes.subarray(turn * size, (turn + 1) * size),
    );
    expect(await text(Readable.from(pieces).pipe(lateScripts()))).toBe(WANTED);
  }
});
