/**
 * How fast a shop may send, by what became of its last e-mails: full speed, slowed or stopped. Judged when a bounce or a
 * complaint is told and by the sweep, obeyed by the last look. Why these figures: docs/decisions/0014.
 */
import { DAY, HOUR } from '../lib/duration';
import type { Facts } from './reason';

export const MAIL_PACES = ['full', 'slow', 'stopped'] as const;
export type MailPace = (typeof MAIL_PACES)[number];

/** How fast a shop may send now. */
export interface Pace {
  name: MailPace;
  since: Date | null;
  /** What it rests on, as its sentences want it. */
  facts: Facts;
}

export const FULL_PACE: Pace = { name: 'full', since: null, facts: {} };

/** What became of a shop's last e-mails. */
export interface MailFigures {
  /** The last e-mails whose delivery is known, `WINDOW_MAILS` at most, and the hard bounces among them. */
  mails: number;
  bounces: number;
  /** The same e-mails, or those of `COMPLAINT_SPAN_MS` where these are more, and the complaints about them. */
  complaintMails: number;
  complaints: number;
  /** How many people complained: one may mark every e-mail they got. */
  complainers: number;
  /** When the last of these bounces and complaints was told; null when there is none. */
  lastAt: Date | null;
}

/** How many e-mails are looked back on; fewer count as if they were as many, so that nobody is judged by a handful. */
export const WINDOW_MAILS = 1000;
/** Nothing older counts: a small shop takes months for a thousand e-mails. */
export const OLDEST_MS = 30 * DAY;
/** People complain hours or days later, when a large shop has long sent its next thousand. */
export const COMPLAINT_SPAN_MS = 7 * DAY;
/** Without a word for this long an e-mail is taken for delivered. */
export const SURELY_KNOWN_MS = HOUR;

/** Shares of the e-mails at which it acts; one person alone never stops a shop. */
const BOUNCES = { slow: 0.01, stop: 0.02 };
const COMPLAINTS = { slow: 0.0005, stop: 0.001, fewestToStop: 2 };

/** E-mails in any hour of a shop that is slowed. */
export const SLOW_PER_HOUR = 60;
/** A shop stays slowed at least this long, so that what it sends meanwhile can tell. */
const SLOW_AT_LEAST_MS = DAY;
/** A slowed shop that is told nothing bad for this long goes back to full speed, whatever lies behind. */
export const QUIET_MS = 7 * DAY;
/** A stopped shop goes on slowly by itself after this long; its owner may say so earlier. */
export const STOPPED_MS = 7 * DAY;

export interface Judgment {
  pace: MailPace;
  cause: 'bounces' | 'complaints' | null;
}

/** What the figures alone say. A complaint weighs more than a bounce: it is named first. */
export function judge({ bounces, complaints, complainers, complaintMails, mails }: MailFigures): Judgment {
  const bounced = bounces / Math.max(mails, WINDOW_MAILS);
  const complained = complaints / Math.max(complaintMails, WINDOW_MAILS);
  if (complained >= COMPLAINTS.stop && complainers >= COMPLAINTS.fewestToStop) {
    return { pace: 'stopped', cause: 'complaints' };
  }
  if (bounced >= BOUNCES.stop) return { pace: 'stopped', cause: 'bounces' };
  if (complained >= COMPLAINTS.slow) return { pace: 'slow', cause: 'complaints' };
  if (bounced >= BOUNCES.slow) return { pace: 'slow', cause: 'bounces' };
  return { pace: 'full', cause: null };
}

export interface NextPace extends Judgment {
  /** What lies behind counts no longer. */
  afresh: boolean;
}

/**
 * The pace from now on.
 * @param current.since when the shop came to it
 */
export function nextPace(current: { pace: MailPace; since: Date }, figures: MailFigures, now: Date): NextPace {
  const told = { ...judge(figures), afresh: false };
  const lasted = now.getTime() - current.since.getTime();
  switch (current.pace) {
    case 'full':
      return told;
    case 'stopped':
      return lasted >= STOPPED_MS ? { pace: 'slow', cause: null, afresh: true } : { ...told, pace: 'stopped' };
    case 'slow': {
      if (told.pace === 'stopped') return told;
      const quietSince = Math.max(current.since.getTime(), figures.lastAt?.getTime() ?? 0);
      if (now.getTime() - quietSince >= QUIET_MS) return { pace: 'full', cause: null, afresh: true };
      return told.pace === 'full' && lasted >= SLOW_AT_LEAST_MS ? told : { ...told, pace: 'slow' };
    }
  }
}
