/** Lets one process build at a time: `npm test` and `npm run demo` may start together in one clone. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDir } from './paths';
import { isAlive } from './postgres/pid-file';

const file = join(cacheDir, 'build.lock');
const LOOK_AGAIN_MS = 200;

/** Takes the lock unless a living process holds it. */
function take(): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** A process that was killed while building cannot give its lock back. */
function removeIfAbandoned(): void {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
  } catch {
    // Given back in the meantime.
  }
}

/** Runs `work` while no other process of this clone is in here. */
export async function withBuildLock<T>(work: () => Promise<T>): Promise<T> {
  while (!take()) {
    removeIfAbandoned();
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  const giveBack = () => rmSync(file, { force: true });
  process.once('exit', giveBack);
  try {
    return await work();
  } finally {
    process.off('exit', giveBack);
    giveBack();
  }
}
