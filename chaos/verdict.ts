/**
 * Counts what SendGrid accepted against what should have been sent. Pure: from what the gate, the sandbox and the
 * database hold at the end of a round. All times are business times in milliseconds.
 */
import { NEVER_QUIET, type Quiet } from './night';
import type { Disturbance } from './storm';

export interface Expected {
  messageId: string;
  email: string;
  dueAt: number;
  /** When the app had answered the webhook of their order or unsubscribing; null: they did neither, undefined: not told yet. */
  toldAt: number | undefined | null;
  poisoned: boolean;
  /** When their order was placed in Shopify, whether or not a webhook told it. */
  orderedAt?: number | undefined;
  /** When the webhook that starts it was answered; absent where the app knows from the beginning. */
  arrivedAt?: number | undefined;
  /** What they asked for goes at once; the rest keeps to quiet hours and to the gap between two e-mails. Absent: asked for. */
  urgency?: 'asked-for' | 'first-reminder' | 'ordinary' | undefined;
  /** Whoever gets two e-mails of a round is one person in both. Absent: nobody else. */
  person?: string | undefined;
}

export interface Row {
  id: string;
  status: string;
  reason: string | null;
  claimedAt: number | null;
  /** Of the look that let it go; those of one look share it. */
  claimId?: string | null;
  /** When it was first handed over under this claim: a request SendGrid refuses whole is taken back and handed over in parts, claimed anew each time. */
  leftFirstAt?: number | null;
  handedOverAt: number | null;
  sentAt?: number | null;
}

export interface Evidence {
  expected: readonly Expected[];
  rows: ReadonlyMap<string, Row>;
  /** When SendGrid took each message, as often as it did. */
  accepted: ReadonlyMap<string, readonly number[]>;
  /** Messages whose last hand-over left the worker without a word of its outcome. */
  untold: ReadonlySet<string>;
  /** Messages SendGrid took and never spoke of. */
  muted: ReadonlySet<string>;
  disturbances: readonly Disturbance[];
  /** The business clock was moved from one moment to another at once. */
  leaps?: readonly Disturbance[] | undefined;
  /** Those in which nobody could do anything, as nothing was to be done: no e-mail grows late in them. */
  idle?: readonly Disturbance[] | undefined;
  /** When every fault was over and every process up again. */
  recoveredAt: number;
  /** From then until no e-mail waited for anything but a word of SendGrid's. */
  recoverySeconds: number;
  quiet?: Quiet | undefined;
  /** Milliseconds between two times in which the machine worked for others. */
  takenBetween?: ((from: number, to: number) => number) | undefined;
}

export interface Counts {
  planned: number;
  received: number;
  lost: number;
  twice: number;
  late: number;
  unsettled: number;
  unwanted: number;
  unexplained: number;
  recoverySecondsMax: number;
}

export const NOTHING: Counts = {
  planned: 0,
  received: 0,
  lost: 0,
  twice: 0,
  late: 0,
  unsettled: 0,
  unwanted: 0,
  unexplained: 0,
  recoverySecondsMax: 0,
};

export type Finding = {
  what: Exclude<keyof Counts, 'planned' | 'received' | 'recoverySecondsMax'>;
  messageId: string;
  why: string;
};

export interface Verdict {
  counts: Counts;
  findings: Finding[];
  /** Hand-overs whose outcome SendGrid never told, as seen from outside the app: what `unsettled` must be. */
  untold: number;
}

/** A minute after recovery everything due must have gone. */
const LATE_AFTER_MS = 60_000;
/** A request under way may have been handed over this long before the line was cut. */
const UNDER_WAY_MS = 20_000;
const AFTERMATH_MS = 5000;
/** Orders are known up to a minute before an e-mail is looked at; claiming it takes its time while Postgres hangs. */
const ORDER_KNOWN_WITHIN_MS = 120_000;
const GAP_MS = 16 * 3_600_000;

export function judge(evidence: Evidence): Verdict {
  const gaps = gapsOf(evidence);
  const judged = evidence.expected.map((one) => judgeOne(evidence, gaps, one));
  const findings = [...judged.flatMap((one) => one.findings), ...unplanned(evidence)];
  const times = evidence.expected.map(({ messageId }) => evidence.accepted.get(messageId) ?? []);
  const count = (what: Finding['what']) => findings.filter((finding) => finding.what === what).length;
  return {
    counts: {
      planned: evidence.expected.length,
      received: times.reduce((sum, list) => sum + list.length, 0),
      lost: count('lost'),
      twice: times.reduce((sum, list) => sum + Math.max(0, list.length - 1), 0),
      late: count('late'),
      unsettled: count('unsettled'),
      unwanted: count('unwanted'),
      unexplained: count('unexplained'),
      recoverySecondsMax: evidence.recoverySeconds,
    },
    findings,
    untold: judged.filter((one) => one.isUntold).length,
  };
}

/** Whatever SendGrid took beyond what was to be sent. */
function unplanned({ expected, accepted }: Evidence): Finding[] {
  const known = new Set(expected.map(({ messageId }) => messageId));
  return [...accepted.keys()].flatMap((messageId) =>
    known.has(messageId) ? [] : [{ what: 'unwanted' as const, messageId, why: 'nobody was to get it' }],
  );
}

interface Judged {
  findings: Finding[];
  isUntold: boolean;
}

function judgeOne(evidence: Evidence, gaps: Gaps, one: Expected): Judged {
  const { messageId } = one;
  const row = evidence.rows.get(messageId);
  const found = (what: Finding['what'], why: string): Finding => ({ what, messageId, why });
  // A checkout paid before its reminder was planned leaves nothing behind.
  if (!row) return { findings: one.toldAt === null ? [found('lost', 'no row')] : [], isUntold: false };
  const taken = evidence.accepted.get(messageId) ?? [];
  const uncertainty = uncertain(evidence, row, taken);
  return {
    findings: [
      ...(taken.length > 1 ? [found('twice', `accepted ${taken.length} times`)] : []),
      ...(taken.length > 0 ? unwanted(evidence, gaps, one, row).map((why) => found('unwanted', why)) : []),
      ...(taken.length > 0 ? late(evidence, gaps, one, taken).map((why) => found('late', why)) : missing(one, row)),
      ...uncertainty.findings,
    ],
    isUntold: uncertainty.isUntold,
  };
}

function unwanted(evidence: Evidence, gaps: Gaps, one: Expected, row: Row): string[] {
  const { claimedAt } = row;
  if (claimedAt === null) return [];
  const { toldAt, orderedAt, urgency = 'asked-for' } = one;
  const isKept = urgency !== 'asked-for';
  const since = gaps.lastKnown(one, row);
  return [
    ...(typeof toldAt === 'number' && toldAt < claimedAt ? [`told ${claimedAt - toldAt} ms before the claim`] : []),
    ...(orderedAt !== undefined &&
    claimedAt - orderedAt > ORDER_KNOWN_WITHIN_MS &&
    !isLookedAtBefore(evidence, one, claimedAt)
      ? [`ordered ${Math.round((claimedAt - orderedAt) / 1000)} s before the claim`]
      : []),
    ...(isKept && evidence.quiet?.isQuiet(claimedAt) ? ['claimed in quiet hours'] : []),
    ...(isKept && since !== null && claimedAt < since + GAP_MS
      ? [`${Math.round((claimedAt - since) / 60_000)} min after another to the same person`]
      : []),
  ];
}

/** Whether the look at the orders may have been before a leap of the clock, and the claim just after it. */
function isLookedAtBefore({ leaps = [] }: Evidence, { dueAt }: Expected, claimedAt: number): boolean {
  return leaps.some(({ to }) => dueAt <= to && claimedAt >= to && claimedAt <= to + LATE_AFTER_MS);
}

function late(evidence: Evidence, gaps: Gaps, one: Expected, [first = 0]: readonly number[]): string[] {
  const allowedAt = allowedFrom(evidence, gaps, one, first);
  const by = first - allowedAt - idleBetween(evidence, allowedAt, first);
  if (by <= LATE_AFTER_MS) return [];
  const taken = evidence.takenBetween?.(allowedAt, first) ?? 0;
  return by - taken > LATE_AFTER_MS
    ? [`${Math.round(by / 1000)} s after it could go, ${Math.round(taken / 1000)} s of them taken by others`]
    : [];
}

function idleBetween({ idle = [] }: Evidence, from: number, to: number): number {
  return idle.reduce((sum, leap) => sum + Math.max(0, Math.min(to, leap.to) - Math.max(from, leap.from)), 0);
}

/** When everything that may hold this e-mail was over. */
function allowedFrom({ recoveredAt, quiet = NEVER_QUIET }: Evidence, gaps: Gaps, one: Expected, first: number): number {
  const ready = Math.max(one.dueAt, one.arrivedAt ?? 0, recoveredAt);
  if ((one.urgency ?? 'asked-for') === 'asked-for') return ready;
  const since = gaps.lastBefore(one, first);
  return quiet.over(since === null ? ready : Math.max(ready, since + GAP_MS));
}

/** The e-mails each person got, for the gap between two. */
interface Gaps {
  /** When the last other e-mail went to the same person, if it was claimed by that moment; null: none. */
  lastBefore(one: Expected, at: number): number | null;
  /** When the last other one went that whoever claimed this row must have known of: it had left, or was claimed in the same look. */
  lastKnown(one: Expected, row: Row): number | null;
}

function gapsOf({ expected, rows, accepted }: Evidence): Gaps {
  const byPerson = Map.groupBy(
    expected.filter(({ person }) => person !== undefined),
    ({ person }) => person,
  );
  const othersOf = (one: Expected): Row[] => {
    const all = one.person === undefined ? [] : (byPerson.get(one.person) ?? []);
    return all.flatMap((other) => {
      const row = rows.get(other.messageId);
      const isCounted = accepted.has(other.messageId) || row?.status === 'unsettled' || row?.status === 'unknown';
      return other !== one && isCounted && row ? [row] : [];
    });
  };
  const lastOf = (others: readonly Row[]) => {
    const times = others.map((row) => Math.max(row.claimedAt ?? 0, row.handedOverAt ?? 0, row.sentAt ?? 0));
    return times.length === 0 ? null : Math.max(...times);
  };
  return {
    lastBefore: (one, at) => lastOf(othersOf(one).filter(({ claimedAt }) => claimedAt !== null && claimedAt <= at)),
    lastKnown: (one, { claimId = null, claimedAt, leftFirstAt = null }) => {
      const lookedBy = Math.min(claimedAt ?? 0, leftFirstAt ?? Number.POSITIVE_INFINITY);
      return lastOf(
        othersOf(one).filter(
          (other) =>
            (claimId !== null && other.claimId === claimId) ||
            (other.handedOverAt !== null && other.handedOverAt < lookedBy),
        ),
      );
    },
  };
}

/** SendGrid never took it: that needs a reason. */
function missing(one: Expected, row: Row): Finding[] {
  const { messageId } = one;
  if (row.status === 'unsettled' || row.status === 'unknown') return [];
  if (row.status === 'sent') return [{ what: 'unexplained', messageId, why: 'sent, though SendGrid never took it' }];
  if (one.poisoned && row.status === 'refused') return [];
  if (one.toldAt !== null && row.status === 'withheld' && row.reason !== null) return [];
  return [{ what: 'lost', messageId, why: `${row.status}, ${row.reason ?? 'no reason'}` }];
}

/** Unsettled is what SendGrid never told, no more and no less; nothing stays between two states. */
function uncertain(evidence: Evidence, row: Row, taken: readonly number[]): Judged {
  const { id: messageId } = row;
  const isOpen = row.status === 'unsettled' || row.status === 'unknown';
  const isInjected = taken.length > 0 ? evidence.muted.has(messageId) : mayBeUntold(evidence, row);
  const mustBe = taken.length > 0 ? isInjected && evidence.untold.has(messageId) : evidence.untold.has(messageId);
  const isUntold = mustBe || (isOpen && isInjected);
  const unexplained = (why: string): Judged => ({ findings: [{ what: 'unexplained', messageId, why }], isUntold });
  if (isOpen) {
    const found: Finding = { what: 'unsettled', messageId, why: row.reason ?? '' };
    const more = isInjected ? [] : unexplained('unsettled, though SendGrid told its outcome').findings;
    return { findings: [found, ...more], isUntold };
  }
  if (mustBe) return unexplained(`${row.status}, though SendGrid never told its outcome`);
  if (taken.length > 0 && row.status !== 'sent') return unexplained(`${row.status}, though SendGrid took it`);
  if (row.status === 'claimed' || row.status === 'handed-over') return unexplained(`left ${row.status}`);
  return { findings: [], isUntold };
}

function mayBeUntold({ untold, disturbances }: Evidence, { id, handedOverAt }: Row): boolean {
  if (untold.has(id)) return true;
  if (handedOverAt === null) return false;
  return disturbances.some(({ from, to }) => handedOverAt >= from - UNDER_WAY_MS && handedOverAt <= to + AFTERMATH_MS);
}

export function add(a: Counts, b: Counts): Counts {
  const sum = { ...NOTHING };
  for (const key of Object.keys(NOTHING) as (keyof Counts)[]) sum[key] = a[key] + b[key];
  return { ...sum, recoverySecondsMax: Math.max(a.recoverySecondsMax, b.recoverySecondsMax) };
}
