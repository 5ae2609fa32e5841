/** The frequency cap: how soon a shopper may get another e-mail, in one place for every scenario. */
import { DAY, HOUR } from '../lib/duration';
import type { Customer } from './customer';
import type { Facts, Reason } from './reason';
import type { ShopSettings } from './shop';

export interface FrequencyRule {
  /** Hours at least between two e-mails. */
  gapHours: number;
  /** E-mails at most in any seven days. */
  maxIn7Days: number;
  /** The shopper asked for it, not the shop. */
  asked?: boolean;
}

const WEEK = 7 * DAY;

/** The shop's rule, or one e-mail a week for whoever asked for fewer. */
export function frequencyFor(
  { preferences }: Pick<Customer, 'preferences'>,
  { frequency }: Pick<ShopSettings, 'frequency'>,
): FrequencyRule {
  return preferences.fewer
    ? { gapHours: Math.max(frequency.gapHours, WEEK / HOUR), maxIn7Days: 1, asked: true }
    : frequency;
}

/** One e-mail that went out, or may have. */
export interface RecentSend {
  at: Date;
  /** Of its scenario; 1 is the most important. */
  priority: number;
}

/**
 * The first moment the rule allows another e-mail, with the reason for the wait, or null when it allows one now.
 * @param recent this shopper's e-mails of the last seven days, in any order
 * @param gapFrom only e-mails at least this important ask for the gap; all count towards the cap
 */
export function nextAllowed(
  recent: readonly RecentSend[],
  rule: FrequencyRule,
  now: Date,
  gapFrom = Number.POSITIVE_INFINITY,
): { until: Date; reason: Reason; facts: Facts } | null {
  const newestFirst = recent.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const inWeek = newestFirst.map(({ at }) => at.getTime()).filter((time) => time > now.getTime() - WEEK);
  const weekFull = inWeek[rule.maxIn7Days - 1];
  const last = newestFirst.find(({ priority }) => priority <= gapFrom)?.at.getTime();
  const capUntil = weekFull === undefined ? 0 : weekFull + WEEK;
  const gapUntil = last === undefined ? 0 : last + rule.gapHours * HOUR;
  const until = Math.max(capUntil, gapUntil);
  if (until <= now.getTime()) return null;
  const capped = capUntil >= gapUntil;
  return {
    until: new Date(until),
    reason: rule.asked ? 'fewer-asked' : capped ? 'frequency-cap' : 'too-soon',
    facts: capped
      ? { sentIn7Days: inWeek.length, most: rule.maxIn7Days }
      : { lastSentAt: new Date(last ?? 0).toISOString(), gapHours: rule.gapHours },
  };
}
