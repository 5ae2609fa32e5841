import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimForFile, readOrdersFile } from './orders-file';
import { profileDir } from './paths';

const PROFILE = `orders-file-test-${process.pid}`;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'orders-file-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
  rmSync(profileDir(PROFILE), { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

test('a good file is read whole', () => {
  const path = write('good.txt', '1 1 19970101 2 29.33\r\n1 1 19970118 1 0.00\r\n');
  expect(readOrdersFile(path)).toMatchObject({ path, orders: 2 });
});

test.each([
  ['one that is not there', () => join(dir, 'gone.txt'), /There is no file .*gone\.txt\. Give the path of a file/],
  ['a folder', () => dir, /is not a file\. Give the path of the file itself/],
  ['none at all', () => ' ', /“--orders” wants a file/],
  ['an empty one', () => write('empty.txt', ''), /empty\.txt cannot be used\. There is no purchase in it/],
  [
    'a bad line',
    () => write('bad.txt', '1 19970101 1 5\n1 19971301 1 5\n'),
    /bad\.txt cannot be used\. Line 2: “19971301”/,
  ],
])('%s is refused in words a person can act on', (_, path, message) => {
  expect(() => readOrdersFile(path())).toThrow(message);
});

test('a store stays with the file it is filled from, wherever that lies, until it is reset', () => {
  const [one, same, other] = ['1 19970101 1 5', '1 19970101 1 5', '1 19970101 1 6'].map((text, i) =>
    readOrdersFile(write(`store-${i}.txt`, text)),
  );
  if (!one || !same || !other) throw new Error('three files were read');
  claimForFile(PROFILE, one);
  claimForFile(PROFILE, same);
  expect(() => claimForFile(PROFILE, other)).toThrow(/filled from another file \(.*store-0\.txt\)\. Add --reset/);
});
