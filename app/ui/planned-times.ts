/** When each e-mail of a scenario goes out, counted from the start, with the delays as typed. Used by the map. */
import type { ScenarioDefinition, Step, WaitStep } from '../domain/scenario';
import { type Duration, durationMs, parseDuration } from '../lib/duration';
import type { DelayInput } from './scenario-draft';

/** Milliseconds from the start, or before the end of the shopper's code. */
export type PlannedTime = { after: number } | { beforeCodeEnd: number };

/** When, by e-mail step id; null after a delay that is no duration now. */
export function plannedTimes(
  definition: ScenarioDefinition,
  delays: Record<string, DelayInput>,
): Record<string, PlannedTime | null> {
  const times: Record<string, PlannedTime | null> = {};
  walk(definition.steps, { after: 0 }, { delays, times });
  return times;
}

interface Notes {
  delays: Record<string, DelayInput>;
  times: Record<string, PlannedTime | null>;
}

function walk(steps: readonly Step[], start: PlannedTime | null, notes: Notes): void {
  let at = start;
  for (const step of steps) {
    if (step.kind === 'wait') at = later(at, step, lengthOf(notes.delays[step.id]));
    else if (step.kind === 'email') notes.times[step.id] = at;
    else if (step.otherwise) walk(step.otherwise, at, notes);
  }
}

function later(at: PlannedTime | null, step: WaitStep, length: number | null): PlannedTime | null {
  if (length === null) return null;
  if (step.before) return { beforeCodeEnd: length };
  if (at === null) return null;
  return 'after' in at ? { after: at.after + length } : { beforeCodeEnd: at.beforeCodeEnd - length };
}

function lengthOf(delay: DelayInput | undefined): number | null {
  const text = delay ? `${delay.amount.trim()}${delay.unit}` : '';
  return parseDuration(text) ? durationMs(text as Duration) : null;
}
