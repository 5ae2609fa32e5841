/** How much script a document loaded: ours, compressed as every browser may ask for it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { projectRoot } from '../local/paths';

const sizes = new Map<string, number>();

/** A local browser may be given Brotli, and the kept size of the transfer would be that: the file itself is compressed. */
function gzipped(path: string): number {
  const known = sizes.get(path);
  if (known !== undefined) return known;
  const file = join(projectRoot, 'build', 'client', path);
  const size = existsSync(file) ? gzipSync(readFileSync(file)).byteLength : 0;
  sizes.set(path, size);
  return size;
}

const LOADED = `performance.getEntriesByType('resource').map(({ name }) => new URL(name))
  .filter(({ origin, pathname }) => origin === location.origin && pathname.endsWith('.js')).map(({ pathname }) => pathname)`;

export async function scriptBytes(frame: Frame): Promise<number> {
  const paths = (await frame.evaluate(LOADED)) as string[];
  return [...new Set(paths)].reduce((sum, path) => sum + gzipped(path), 0);
}
