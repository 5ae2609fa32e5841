/**
 * Counts what SendGrid accepted against what should have been sent. Pure: from what the gate, the sandbox and the
 * database hold at the end of a round. All times are business times in milliseconds.
 */
import type { Disturbance } from './storm';

export interface Expected {
  messageId: string;
  email: string;
  dueAt: number;
  /** When the app had answered the webhook of their order or unsubscribing; null: they did neither, undefined: not told yet. */
  toldAt: number | undefined | null;
  poisoned: boolean;
}

export interface Row {
  id: string;
  status: string;
  reason: string | null;
  claimedAt: number | null;
  handedOverAt: number | null;
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
  /** When every fault was over and every process up again. */
  recoveredAt: number;
  /** From then until no e-mail waited for anything but a word of SendGrid's. */
  recoverySeconds: number;
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

/** A minute after recovery everything due must have gone. */
const LATE_AFTER_MS = 60_000;
/** A request under way may have been handed over this long before the line was cut. */
const UNDER_WAY_MS = 20_000;
const AFTERMATH_MS = 5000;

export function judge(evidence: Evidence): { counts: Counts; findings: Finding[] } {
  const findings = evidence.expected.flatMap((one) => judgeOne(evidence, one));
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
  };
}

function judgeOne(evidence: Evidence, one: Expected): Finding[] {
  const { messageId } = one;
  const row = evidence.rows.get(messageId);
  const found = (what: Finding['what'], why: string): Finding => ({ what, messageId, why });
  if (!row) return [found('lost', 'no row')];
  const taken = evidence.accepted.get(messageId) ?? [];
  return [
    ...(taken.length > 1 ? [found('twice', `accepted ${taken.length} times`)] : []),
    ...unwanted(one, row, taken).map((why) => found('unwanted', why)),
    ...(taken.length > 0 ? late(evidence, one, taken).map((why) => found('late', why)) : missing(one, row)),
    ...uncertain(evidence, row, taken),
  ];
}

function unwanted({ toldAt }: Expected, { claimedAt }: Row, taken: readonly number[]): string[] {
  if (taken.length === 0 || toldAt === null || toldAt === undefined || claimedAt === null) return [];
  return toldAt < claimedAt ? [`told ${claimedAt - toldAt} ms before the claim`] : [];
}

function late({ recoveredAt }: Evidence, { dueAt }: Expected, [first = 0]: readonly number[]): string[] {
  const by = first - Math.max(dueAt, recoveredAt);
  return by > LATE_AFTER_MS ? [`${Math.round(by / 1000)} s after it could go`] : [];
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
function uncertain(evidence: Evidence, row: Row, taken: readonly number[]): Finding[] {
  const { id: messageId } = row;
  const isOpen = row.status === 'unsettled' || row.status === 'unknown';
  const isInjected = taken.length > 0 ? evidence.muted.has(messageId) : mayBeUntold(evidence, row);
  const mustBe = taken.length > 0 ? isInjected && evidence.untold.has(messageId) : evidence.untold.has(messageId);
  const unexplained = (why: string): Finding => ({ what: 'unexplained', messageId, why });
  if (isOpen)
    return [
      { what: 'unsettled', messageId, why: row.reason ?? '' },
      ...(isInjected ? [] : [unexplained('unsettled, though SendGrid told its outcome')]),
    ];
  if (mustBe) return [unexplained(`${row.status}, though SendGrid never told its outcome`)];
  if (taken.length > 0 && row.status !== 'sent') return [unexplained(`${row.status}, though SendGrid took it`)];
  if (row.status === 'claimed' || row.status === 'handed-over') return [unexplained(`left ${row.status}`)];
  return [];
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
