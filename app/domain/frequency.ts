/** The frequency cap: how soon a shopper may get another e-mail, in one place for every scenario. */
import { DAY, HOUR } from '../lib/duration';
import type { Facts, Reason } from './reason';

export interface FrequencyRule {
  /** Hours at least between two e-mails. */
  gapHours: number;
  /** E-mails at most in any seven days. */
  maxIn7Days: number;
}

const WEEK = 7 * DAY;

/**
 * The first moment the rule allows another e-mail, with the reason for the wait, or null when it allows one now.
 * @param recent when this shopper's e-mails of the last seven days went out, in any order
 */
export function nextAllowed(
  recent: readonly Date[],
  rule: FrequencyRule,
  now: Date,
): { until: Date; reason: Reason; facts: Facts } | null {
  const times = recent.map((at) => at.getTime()).sort((a, b) => b - a);
  const inWeek = times.filter((time) => time > now.getTime() - WEEK);
  const weekFull = inWeek[rule.maxIn7Days - 1];
  const last = times[0];
  const capUntil = weekFull === undefined ? 0 : weekFull + WEEK;
  const gapUntil = last === undefined ? 0 : last + rule.gapHours * HOUR;
  const until = Math.max(capUntil, gapUntil);
  if (until <= now.getTime()) return null;
  const capped = capUntil >= gapUntil;
  return {
    until: new Date(until),
    reason: capped ? 'frequency-cap' : 'too-soon',
    facts: capped
      ? { sentIn7Days: inWeek.length, most: rule.maxIn7Days }
      : { lastSentAt: new Date(last ?? 0).toISOString(), gapHours: rule.gapHours },
  };
}
