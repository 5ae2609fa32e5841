/**
 * How much of the time the machine worked for others: on a busy one an e-mail is late by the clock and not by the app.
 * Read from Linux' /proc; elsewhere the machine counts as ours alone.
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface Machine {
  /** Milliseconds between two business times in which others had the processors. */
  takenBetween(from: number, to: number): number;
  stop(): void;
}

const EVERY_MS = 500;

/** @param now business time; what passes in a leap of it was taken by nobody */
export function watchMachine(now: () => number): Machine {
  /** Business time, and all that had been taken by then; in order. */
  const marks: { at: number; taken: number }[] = [{ at: now(), taken: 0 }];
  let last = look();
  let lastReal = Date.now();
  const timer = setInterval(() => {
    const next = look();
    const real = Date.now();
    const taken = (marks.at(-1)?.taken ?? 0) + (real - lastReal) * shareOfOthers(last, next);
    marks.push({ at: now(), taken });
    [last, lastReal] = [next, real];
  }, EVERY_MS);
  timer.unref();
  const takenBy = (at: number) => marks[Math.max(0, firstAfter(marks, at) - 1)]?.taken ?? 0;
  return {
    takenBetween: (from, to) => Math.max(0, takenBy(to) - takenBy(from)),
    stop: () => clearInterval(timer),
  };
}

function firstAfter(marks: readonly { at: number }[], at: number): number {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ticks of the processors since the machine started. */
interface Look {
  all: number;
  busy: number;
  /** Of each process that is ours. */
  own: Map<number, number>;
}

export function shareOfOthers(before: Look, after: Look): number {
  const all = after.all - before.all;
  if (all <= 0) return 0;
  let own = 0;
  for (const [pid, ticks] of after.own) own += ticks - (before.own.get(pid) ?? 0);
  return Math.min(1, Math.max(0, (after.busy - before.busy - own) / all));
}

function look(): Look {
  try {
    const [, ...ticks] = (readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '').split(/\s+/).map(Number);
    // The last two are counted in the first already.
    const counted = ticks.slice(0, 8);
    const idle = (counted[3] ?? 0) + (counted[4] ?? 0);
    const all = counted.reduce((sum, one) => sum + one, 0);
    return { all, busy: all - idle, own: ownTicks() };
  } catch {
    return { all: 0, busy: 0, own: new Map() };
  }
}

/** This process and all that descend from it. */
function ownTicks(): Map<number, number> {
  const table = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const children = Map.groupBy(table, ({ parent }) => parent);
  const own = new Map<number, number>();
  const add = (pid: number) => {
    for (const child of children.get(pid) ?? []) {
      own.set(child.pid, child.ticks);
      add(child.pid);
    }
  };
  const self = table.find(({ pid }) => pid === process.pid);
  if (self) own.set(self.pid, self.ticks);
  add(process.pid);
  return own;
}

function readProcess(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [{ pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    // It ended meanwhile.
    return [];
  }
}
