/** Durations as an owner writes them ("23 h", "2 d"): the unit every wait, expiry and window in a scenario is stated in. */

export type DurationUnit = 'min' | 'h' | 'd';

/** A whole number and its unit, e.g. `'1h'`, `'23h'`, `'2d'`, `'30min'`. */
export type Duration = `${number}${DurationUnit}`;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNIT_MS: Record<DurationUnit, number> = { min: MINUTE, h: HOUR, d: DAY };
const PATTERN = /^(\d{1,5})(min|h|d)$/;

/** Splits a duration into its amount and unit, or answers null when the text is not one. */
export function parseDuration(text: string): { amount: number; unit: DurationUnit } | null {
  const match = PATTERN.exec(text);
  if (!match?.[1] || !match[2]) return null;
  return { amount: Number(match[1]), unit: match[2] as DurationUnit };
}

/**
 * Length in milliseconds.
 * @throws RangeError when the text is not a duration; validated data never is.
 */
export function durationMs(duration: Duration): number {
  const parsed = parseDuration(duration);
  if (!parsed) throw new RangeError(`Not a duration: ${duration}`);
  return parsed.amount * UNIT_MS[parsed.unit];
}

/** The moment `duration` after `from`. */
export function addDuration(from: Date, duration: Duration): Date {
  return new Date(from.getTime() + durationMs(duration));
}
