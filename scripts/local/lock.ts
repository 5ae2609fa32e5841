/** Keeps two runs from using the same local data at once; held by whoever starts a stack for a person. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProfileDir } from './paths';
import { isAlive } from './postgres/pid-file';

export const LOCK_FILE = 'lock.json';

interface Holder {
  pid: number;
  /** Start time of that process, so that a reused process id is not taken for it. */
  started: string;
}

/** Field 22 of /proc/<pid>/stat; where there is no /proc the process id has to do. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Takes the profile for this process until it ends; throws when another one that still runs holds it. */
export function lockProfile(profile: string): void {
  const file = join(makeProfileDir(profile), LOCK_FILE);
  const holder = readHolder(file);
  if (holder && isAlive(holder.pid) && startTime(holder.pid) === holder.started) {
    throw new Error(`It runs already (process ${holder.pid}): end that one first.`);
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: startTime(process.pid) } satisfies Holder));
  process.once('exit', () => rmSync(file, { force: true }));
}
