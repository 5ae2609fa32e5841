/** Reads a bulk result of any size line by line: one object per line, children right behind their parent. */
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { AdminError } from './admin-error';
import { parseExactJson } from './exact-json';

export interface BulkParent {
  root: unknown;
  children: unknown[];
  /** Lines of the file up to and with this parent and its children. */
  linesRead: number;
}

/** Shopify's files come fast; one that stands still this long will not go on. */
const FIRST_BYTE_MS = 60_000;

/**
 * Streams the parents of a result.
 * @param options.skipLines read before a crash; always up to a parent's last child
 * @throws AdminError `refused` when the address is no longer good, `unavailable` when the stream breaks off
 */
export async function* readBulkResult(options: {
  url: string;
  skipLines: number;
  fetch?: typeof fetch;
}): AsyncGenerator<BulkParent> {
  let parent: BulkParent | null = null;
  let lineNumber = 0;
  for await (const line of linesOf(options)) {
    lineNumber += 1;
    if (lineNumber <= options.skipLines || line === '') continue;
    const value = parseLine(line);
    if (parent && typeof value === 'object' && value !== null && '__parentId' in value) {
      parent.children.push(value);
      parent.linesRead = lineNumber;
      continue;
    }
    if (parent) yield parent;
    parent = { root: value, children: [], linesRead: lineNumber };
  }
  if (parent) yield parent;
}

function parseLine(line: string): unknown {
  try {
    return parseExactJson(line);
  } catch {
    throw new AdminError('unavailable', 'The bulk result breaks off in the middle of a line');
  }
}

async function* linesOf(options: { url: string; fetch?: typeof fetch }): AsyncGenerator<string> {
  const body = await open(options.url, options.fetch ?? fetch);
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (error instanceof AdminError) throw error;
    throw new AdminError('unavailable', 'The bulk result broke off');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

async function open(url: string, call: typeof fetch): Promise<AsyncIterable<Uint8Array>> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), FIRST_BYTE_MS);
  try {
    const response = await call(url, { signal: patience.signal });
    if (response.status >= 500) throw new AdminError('unavailable', `The bulk result answered ${response.status}`);
    if (!response.ok || !response.body) throw new AdminError('refused', `The bulk result answered ${response.status}`);
    return Readable.fromWeb(response.body as WebStream<Uint8Array>);
  } catch (error) {
    if (error instanceof AdminError) throw error;
    throw new AdminError('unavailable', 'The bulk result was not reached');
  } finally {
    clearTimeout(timer);
  }
}
