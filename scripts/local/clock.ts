/** The business clock of local runs: the real time plus an offset in a file that the sandbox moves on. */
import { closeSync, existsSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../app/lib/clock';

/** Makes the file with the offset 0 when it does not exist. */
export function makeClockFile(file: string): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(8));
}

/**
 * A clock on that file: 8 bytes, little-endian float64, milliseconds to add. It is opened once and read at every call,
 * so a move shows at once in every process.
 */
export function openClock(file: string): Clock & { close(): void } {
  const fd = openSync(file, 'r');
  const bytes = Buffer.alloc(8);
  return {
    now() {
      readSync(fd, bytes, 0, 8, 0);
      return new Date(Math.round(Date.now() + bytes.readDoubleLE(0)));
    },
    close: () => closeSync(fd),
  };
}
