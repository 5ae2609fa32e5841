/** What the real and the business clock showed when: the business clock is moved during a run, and webhooks are noted in real time. */
import type { SandboxClock } from '../sandbox/clock';
import type { Disturbance } from './storm';

export interface Timeline {
  /** Moves the business clock on at once. */
  leap(ms: number): Disturbance;
  /** Every leap, in business times. */
  leaps: readonly Disturbance[];
  /** The business time of a real moment of this run. */
  businessOf(real: number): number;
}

export function makeTimeline(clock: SandboxClock): Timeline {
  const marks = [{ real: Date.now(), offset: clock.offsetMs() }];
  const leaps: Disturbance[] = [];
  return {
    leaps,
    leap(ms) {
      const from = clock.now();
      clock.advance(ms);
      const leap = { from, to: clock.now() };
      leaps.push(leap);
      marks.push({ real: Date.now(), offset: clock.offsetMs() });
      return leap;
    },
    businessOf(real) {
      const mark = marks.findLast((one) => one.real <= real) ?? marks[0];
      return real + (mark?.offset ?? 0);
    },
  };
}
