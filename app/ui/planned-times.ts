/** When each e-mail of a scenario goes out, counted from the start, with the delays as typed. Used by the map. */
import type { ScenarioDefinition, Step } from '../domain/scenario';
import { type Duration, durationMs, parseDuration } from '../lib/duration';
import type { DelayInput } from './scenario-draft';

/** Milliseconds from the start by e-mail step id; null after a delay that is no duration now. */
export function plannedTimes(
  definition: ScenarioDefinition,
  delays: Record<string, DelayInput>,
): Record<string, number | null> {
  const times: Record<string, number | null> = {};
  walk(definition.steps, 0, delays, times);
  return times;
}

function walk(
  steps: readonly Step[],
  start: number | null,
  delays: Record<string, DelayInput>,
  times: Record<string, number | null>,
): void {
  let at = start;
  for (const step of steps) {
    if (step.kind === 'wait') {
      const length = lengthOf(delays[step.id]);
      at = at === null || length === null ? null : at + length;
    } else if (step.kind === 'email') times[step.id] = at;
    else if (step.otherwise) walk(step.otherwise, at, delays, times);
  }
}

function lengthOf(delay: DelayInput | undefined): number | null {
  const text = delay ? `${delay.amount.trim()}${delay.unit}` : '';
  return parseDuration(text) ? durationMs(text as Duration) : null;
}
