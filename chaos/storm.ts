/** What a fault works with: the system, the people whose e-mails are on their way, and a place to say what it did. */
import type { Person, Store } from './crowd';
import type { Treatment } from './gate';
import { type System, until } from './system';

export interface Storm {
  system: System;
  store: Store;
  /** Seeded: 0 to 1. */
  random(): number;
  /** The people whose e-mails fall due while the fault happens. */
  people: readonly Person[];
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
  /** @returns whether it happened: a moment that did not come is no hit */
  run(storm: Storm): Promise<boolean>;
}

/** How long a fault waits for its moment. */
const PATIENCE_MS = 12_000;

export const patiently = (isSo: () => Promise<boolean> | boolean, everyMs = 20) =>
  until(isSo, { patienceMs: PATIENCE_MS, everyMs });

/** Does something that may leave hand-overs nobody saw. */
export async function disturb<T>({ system, disturbances }: Storm, act: () => Promise<T>): Promise<T> {
  const mine = { from: system.now(), to: Number.POSITIVE_INFINITY };
  disturbances.push(mine);
  try {
    return await act();
  } finally {
    mine.to = system.now();
  }
}

/** Treats the next hand-over; false when none came in time. */
export async function treatNext({ system }: Storm, treatment: Treatment): Promise<boolean> {
  const { done, takeBack } = system.gate.next(treatment);
  const timer = setTimeout(takeBack, PATIENCE_MS);
  const treated = await done;
  clearTimeout(timer);
  return treated;
}

/** An integer from `from` to `to`. */
export const between = ({ random }: Pick<Storm, 'random'>, from: number, to: number) =>
  from + Math.floor(random() * (to - from + 1));

export const chance = ({ random }: Pick<Storm, 'random'>, share: number) => random() < share;
