/** How long an outage has held an e-mail back: looked at less and less often, but never by what held it before the outage. Asked by claim and record-outcome. */
import type { Facts, Reason } from './reason';

/** Nobody tells when these end, so the e-mail itself tries again. */
const OUTAGES: readonly Reason[] = ['orders-not-confirmed', 'provider-paused', 'provider-unavailable'];

/** Since when outages, one after the other, have held this e-mail: noted in its facts by whoever put it off. */
export function outageSince({ reason, facts }: { reason: Reason | null; facts: Facts | null }, now: Date): Date {
  const since = reason !== null && OUTAGES.includes(reason) ? facts?.since : null;
  return typeof since === 'string' ? new Date(since) : now;
}

/** An outage of a minute costs no minute more; one of hours is not asked about every half minute. */
export function tryAgainIn(since: Date, now: Date): number {
  return (now.getTime() - since.getTime()) / 8;
}
