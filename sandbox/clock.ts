// The business clock shared by the sandbox, the app and the worker: an offset in one small file. The sandbox alone moves it.
import { closeSync, existsSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { SandboxRefusal } from './http/refusal';

export interface SandboxClock {
  /** Business time in milliseconds since 1970. */
  now(): number;
  /** Business time as ISO 8601 with milliseconds, UTC. */
  iso(): string;
  offsetMs(): number;
  advance(ms: number): void;
  moveTo(when: string | number | Date): void;
  close(): void;
}

/** Opens (or makes) the clock file: 8 bytes, little-endian float64, milliseconds added to the real time. Without a file the offset lives in memory. */
export function openClock(file?: string): SandboxClock {
  const bytes = Buffer.alloc(8);
  let fd: number | undefined;
  if (file !== undefined) {
    const fresh = !existsSync(file);
    mkdirSync(dirname(file), { recursive: true });
    fd = openSync(file, fresh ? 'w+' : 'r+');
    if (fresh) writeSync(fd, bytes, 0, 8, 0);
  }
  const read = (): number => {
    if (fd !== undefined) readSync(fd, bytes, 0, 8, 0);
    return bytes.readDoubleLE(0);
  };
  const advance = (ms: number): void => {
    if (!Number.isFinite(ms) || ms < 0) throw new SandboxRefusal('The clock moves only forward.');
    bytes.writeDoubleLE(read() + ms, 0);
    if (fd !== undefined) writeSync(fd, bytes, 0, 8, 0);
  };
  const now = (): number => Math.round(Date.now() + read());
  return {
    now,
    iso: () => new Date(now()).toISOString(),
    offsetMs: read,
    advance,
    moveTo: (when) => advance(millis(when) - now()),
    close: () => {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
    },
  };
}

function millis(when: string | number | Date): number {
  const value = new Date(when).getTime();
  if (Number.isNaN(value)) throw new SandboxRefusal(`"${String(when)}" is not a date.`);
  return value;
}
