/** Reads `postmaster.pid`, in which a running Postgres says who it is and whether it accepts connections. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PidFile {
  pid: number;
  ready: boolean;
}

/** Line 1 is the process id, line 8 the state (src/include/utils/pidfile.h); undefined when there is no such file. */
export function readPidFile(dataDir: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process with that id exists, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Ends a server that an earlier start left behind and waits until it is gone. After a power cut the id in the file may
 * belong to another program: that one is left alone.
 */
export async function stopLeftover(dataDir: string): Promise<void> {
  const found = readPidFile(dataDir);
  if (!found || !isAlive(found.pid) || !runsPostgres(found.pid)) return;
  process.kill(found.pid, 'SIGINT');
  for (let tries = 0; tries < 1000 && isAlive(found.pid); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** On Linux the process table tells; elsewhere the server's own check has to do. */
function runsPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}
