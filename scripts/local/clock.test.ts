import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeClockFile, openClock } from './clock';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'relance-clock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function offset(ms: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(ms);
  return bytes;
}

test('a new clock file shows the real time', () => {
  const file = join(dir, 'deep', 'clock');
  makeClockFile(file);
  const clock = openClock(file);
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1000);
  clock.close();
});

test('a move of the file shows in a clock that is already open, and survives making the file again', () => {
  const file = join(dir, 'clock');
  makeClockFile(file);
  const clock = openClock(file);
  const week = 7 * 24 * 3600 * 1000;
  writeFileSync(file, offset(week));
  makeClockFile(file);
  expect(Math.abs(clock.now().getTime() - Date.now() - week)).toBeLessThan(1000);
  clock.close();
});
