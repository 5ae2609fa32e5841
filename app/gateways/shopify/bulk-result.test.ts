import { describe, expect, it } from 'vitest';
import { type BulkParent, readBulkResult } from './bulk-result';

const LINES = [
  { id: 'gid://shopify/Order/1', name: 'A' },
  { id: 'gid://shopify/LineItem/11', __parentId: 'gid://shopify/Order/1' },
  { id: 'gid://shopify/LineItem/12', __parentId: 'gid://shopify/Order/1' },
  { id: 'gid://shopify/Order/2', name: 'Zoé 🎁' },
  { id: 'gid://shopify/Order/3' },
  { id: 'gid://shopify/LineItem/31', __parentId: 'gid://shopify/Order/3' },
];
const TEXT = LINES.map((line) => `${JSON.stringify(line)}\n`).join('');

/** Answers `text` in pieces of `size` bytes, so that lines and letters are torn apart. */
const inPieces = (text: string, size: number) => async () => {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.slice(n * size, (n + 1) * size),
  );
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  return new Response(body);
};

async function readAll(answer: () => Promise<Response>, skipLines = 0): Promise<BulkParent[]> {
  const parents: BulkParent[] = [];
  for await (const parent of readBulkResult({ url: 'https://example.com/', skipLines, fetch: answer })) {
    parents.push(structuredClone(parent));
  }
  return parents;
}

describe('a bulk result', () => {
  it.each([1, 7, 64, 100_000])('reads parents with their children, however it is torn (%i bytes)', async (size) => {
    const parents = await readAll(inPieces(TEXT, size));
    expect(parents).toEqual([
      { root: LINES[0], children: [LINES[1], LINES[2]], linesRead: 3 },
      { root: LINES[3], children: [], linesRead: 4 },
      { root: LINES[4], children: [LINES[5]], linesRead: 6 },
    ]);
  });

  it('goes on behind any parent it stopped at', async () => {
    const all = await readAll(inPieces(TEXT, 50));
    for (const [index, { linesRead }] of all.entries()) {
      expect(await readAll(inPieces(TEXT, 50), linesRead)).toEqual(all.slice(index + 1));
    }
  });

  it('reads a last line without its end', async () => {
    expect(await readAll(inPieces(TEXT.trimEnd(), 9))).toHaveLength(3);
  });

  it('says what is wrong: gone, failing, broken off', async () => {
    await expect(readAll(async () => new Response('gone', { status: 403 }))).rejects.toMatchObject({ kind: 'refused' });
    await expect(readAll(async () => new Response('', { status: 503 }))).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(readAll(inPieces(TEXT.slice(0, -9), 9))).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(readAll(() => Promise.reject(new TypeError('fetch failed')))).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });
});
