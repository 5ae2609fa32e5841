/** What a fault works with: the system, the people whose e-mails are on their way, and a place to say what it did. */
import type { Gathering, Person, Store } from './crowd';
import type { Treatment } from './gate';
import { type System, until } from './system';

export interface Storm {
  system: System;
  store: Store;
  /** Seeded: 0 to 1. */
  random(): number;
  /** The people whose e-mails fall due while the fault happens. */
  people: readonly Person[];
  /** Plans e-mails for more people. */
  invite(wish: Omit<Gathering, 'round'>): Promise<Person[]>;
  /** Moves the business clock on at once. */
  leap(ms: number): void;
  /** What must be over before the system counts as whole again. */
  afterwards: Promise<unknown>[];
  /** Messages SendGrid took and will never speak of. */
  muted: Set<string>;
  /** While a process or the database was down or cut: what was handed over then, nobody may ever have seen. */
  disturbances: Disturbance[];
  /** Real milliseconds for what lasts a minute; a short run shortens it. */
  longMs: number;
}

/** Business times. */
export interface Disturbance {
  from: number;
  to: number;
}

export interface Fault {
  name: string;
  /** It goes on behind the others for a minute, so it comes first in its round. */
  isLong?: boolean;
  /** @returns whether it happened: a moment that did not come is no hit */
  run(storm: Storm): Promise<boolean>;
}

/** How long a fault waits for its moment; another may be holding everything up meanwhile. */
const PATIENCE_MS = 25_000;

/** Waits for a moment; while the database cannot be asked, it has not come. */
export const patiently = (isSo: () => Promise<boolean> | boolean, everyMs = 20, patienceMs = PATIENCE_MS) =>
  until(
    async () => {
      try {
        return await isSo();
      } catch {
        return false;
      }
    },
    { patienceMs, everyMs },
  );

/** What another fault had put off is looked at again after half a minute of business time: nobody need sit it out. */
const NUDGE_AFTER_MS = 5000;
const NUDGE_MS = 32_000;

/** Waits for a moment, and moves the clock on while it does not come. */
export async function nudging<T>({ leap }: Pick<Storm, 'leap'>, wait: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => leap(NUDGE_MS), NUDGE_AFTER_MS);
  try {
    return await wait();
  } finally {
    clearInterval(timer);
  }
}

/** Does something that may leave hand-overs nobody saw. */
export async function disturb<T>(
  { system, disturbances }: Pick<Storm, 'system' | 'disturbances'>,
  act: () => Promise<T> | T,
): Promise<T> {
  const mine = { from: system.now(), to: Number.POSITIVE_INFINITY };
  disturbances.push(mine);
  try {
    return await act();
  } finally {
    mine.to = system.now();
  }
}

/** Treats the next hand-over; false when none came in time. */
export async function treatNext(storm: Storm, treatment: Treatment): Promise<boolean> {
  const come = Promise.withResolvers<void>();
  const { done, takeBack } = storm.system.gate.next((handover, line) => {
    come.resolve();
    return treatment(handover, line);
  });
  const timer = setTimeout(takeBack, PATIENCE_MS);
  await nudging(storm, () => Promise.race([come.promise, done]));
  clearTimeout(timer);
  return done;
}

/** An integer from `from` to `to`. */
export const between = ({ random }: Pick<Storm, 'random'>, from: number, to: number) =>
  from + Math.floor(random() * (to - from + 1));

export const chance = ({ random }: Pick<Storm, 'random'>, share: number) => random() < share;
