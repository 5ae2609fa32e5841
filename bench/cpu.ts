/** CPU time of processes, so that a benchmark can tell who had the machine. Read from Linux's own books; elsewhere nothing is told. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;

/** User and system ticks of a process, and of its children that ended. */
function ticksOf(pid: number | string): { parent: number; own: number; ended: number } {
  // The name in brackets may hold anything; the fields after it are numbers.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0] = [fields[1]];
  return { parent, own: (fields[11] ?? 0) + (fields[12] ?? 0), ended: (fields[13] ?? 0) + (fields[14] ?? 0) };
}

/** CPU seconds a process took so far. */
export function cpuSeconds(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return Number.NaN;
  return ticksOf(pid).own / TICKS_PER_SECOND;
}

/** CPU seconds of a process and of all its children, running or ended: a Postgres server with its connections. */
export function cpuSecondsWithChildren(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const { own, ended } = ticksOf(pid);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return children.reduce((sum, child) => sum + ticksOfChild(child, pid), own + ended) / TICKS_PER_SECOND;
}

function ticksOfChild(child: string, parent: number): number {
  try {
    const ticks = ticksOf(child);
    return ticks.parent === parent ? ticks.own + ticks.ended : 0;
  } catch {
    // It ended between two looks.
    return 0;
  }
}
