/** When each e-mail of a scenario goes out, counted from the start, with the delays as typed. Used by the map. */
import { type Duration, durationMs, parseDuration } from '../lib/duration';
import { type DelayInput, type DraftStep, type DraftWait, delayText } from './draft-steps';

/** Milliseconds from the start, or before the end of the shopper's code. */
export type PlannedTime = { after: number } | { beforeCodeEnd: number };

/** When, by e-mail step id; null after a delay that is no duration now. */
export function plannedTimes(steps: readonly DraftStep[]): Record<string, PlannedTime | null> {
  const times: Record<string, PlannedTime | null> = {};
  walk(steps, { after: 0 }, times);
  return times;
}

function walk(steps: readonly DraftStep[], start: PlannedTime | null, times: Record<string, PlannedTime | null>): void {
  let at = start;
  for (const step of steps) {
    if (step.kind === 'wait') at = later(at, step, delayMs(step.delay));
    else if (step.kind === 'email') times[step.id] = at;
    else walk(step.otherwise, at, times);
  }
}

function later(at: PlannedTime | null, step: DraftWait, length: number | null): PlannedTime | null {
  if (length === null) return null;
  if (step.before) return { beforeCodeEnd: length };
  if (at === null) return null;
  return 'after' in at ? { after: at.after + length } : { beforeCodeEnd: at.beforeCodeEnd - length };
}

/** Null while it is no duration. */
export function delayMs(delay: DelayInput): number | null {
  const text = delayText(delay);
  return parseDuration(text) ? durationMs(text as Duration) : null;
}
