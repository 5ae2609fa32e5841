/**
 * A shop's domain on its way to being proven at SendGrid, and back: what its DNS records are for, what a look at them changes,
 * and when to look again. Used by the stages in `pipeline/sender-domain`.
 */
import { DAY, HOUR, MINUTE } from '../lib/duration';

/** What a record is for: who may send (SPF), the signature (DKIM), or links in the domain's name. */
export type ProofPurpose = 'spf' | 'dkim' | 'links';

export interface ProofRecord {
  /** As SendGrid calls it: `mail_cname`, `dkim1` … */
  name: string;
  purpose: ProofPurpose;
  type: string;
  host: string;
  value: string;
  valid: boolean;
  /** What stands there instead; null where nothing does, or it is right. */
  found: string | null;
}

/** `pending`: never proven yet; `broken`: it was, and a record is gone or changed since. */
export type DomainStatus = 'pending' | 'valid' | 'broken';

/** Why SendGrid could not be asked how it stands. */
export type DomainTrouble = 'unreachable' | 'key-refused' | 'not-allowed' | 'not-found';

export interface DomainState {
  status: DomainStatus;
  since: Date;
  /** A proven domain's first look that failed: one more decides, as DNS may just have been away. */
  failedAt: Date | null;
}

export interface Looked extends DomainState {
  lookDueAt: Date;
  /** Whether it became another than it was. */
  changed: boolean;
}

/** A failure is believed when it lasts this long. */
export const CONFIRM_AFTER_MS = 10 * MINUTE;

/**
 * What a look found makes of a domain.
 * @param proven whether every record stands as it should
 */
export function afterLook(before: DomainState, proven: boolean, now: Date): Looked {
  const next = proven ? proved(before, now) : failed(before, now);
  return { ...next, lookDueAt: nextLook(next, now), changed: next.status !== before.status };
}

function proved({ status, since }: DomainState, now: Date): DomainState {
  return { status: 'valid', since: status === 'valid' ? since : now, failedAt: null };
}

function failed(before: DomainState, now: Date): DomainState {
  if (before.status !== 'valid') return before;
  const failedAt = before.failedAt ?? now;
  const lasts = now.getTime() - failedAt.getTime() >= CONFIRM_AFTER_MS;
  return lasts ? { status: 'broken', since: now, failedAt: null } : { ...before, failedAt };
}

/** Often while somebody sits before it, less when nobody seems to; a proven one daily, so that a removed record is noticed. */
export function nextLook({ status, since, failedAt }: DomainState, now: Date): Date {
  return new Date(now.getTime() + pause());

  function pause(): number {
    if (status === 'valid') return failedAt ? CONFIRM_AFTER_MS : DAY;
    const age = now.getTime() - since.getTime();
    if (age < HOUR) return 2 * MINUTE;
    if (age < DAY) return 15 * MINUTE;
    return age < 7 * DAY ? 2 * HOUR : DAY;
  }
}

/** Whether every record of these purposes is right; null where there is none. */
export function isProven(records: readonly ProofRecord[], ...purposes: ProofPurpose[]): boolean | null {
  const asked = records.filter((one) => purposes.includes(one.purpose));
  return asked.length === 0 ? null : asked.every((one) => one.valid);
}

/** The mend is worth trying again this soon when SendGrid cannot be asked. */
export const ASK_AGAIN_MS = 15 * MINUTE;
