/** The one business clock: the composition root makes it and passes it on; nothing else reads the time for a decision. */
export interface Clock {
  /** The business time now. Security checks (tokens, OAuth, TLS) use the real time instead. */
  now(): Date;
}

/** The machine's own time, used wherever nobody injects another clock. */
export const systemClock: Clock = { now: () => new Date() };
