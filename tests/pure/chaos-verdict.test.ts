import { describe, expect, it } from 'vitest';
import { add, type Evidence, type Expected, judge, NOTHING, type Row } from '../../chaos/verdict';

const T = 1_000_000;
const person: Expected = { messageId: 'm', email: 'a@example.com', dueAt: T, toldAt: null, poisoned: false };
const sent: Row = { id: 'm', status: 'sent', reason: null, claimedAt: T + 500, handedOverAt: T + 600 };

function counted(change: {
  person?: Partial<Expected>;
  row?: Partial<Row>;
  accepted?: number[];
  evidence?: Partial<Evidence>;
}) {
  const accepted = change.accepted ?? [T + 1000];
  return judge({
    expected: [{ ...person, ...change.person }],
    rows: new Map([['m', { ...sent, ...change.row }]]),
    accepted: new Map(accepted.length > 0 ? [['m', accepted]] : []),
    untold: new Set(),
    muted: new Set(),
    disturbances: [],
    recoveredAt: T,
    recoverySeconds: 1,
    ...change.evidence,
  }).counts;
}

const CLEAN = { lost: 0, twice: 0, late: 0, unsettled: 0, unwanted: 0, unexplained: 0 };

describe('the verdict of a chaos run', () => {
  it('finds nothing in an e-mail that was sent once and in time', () => {
    expect(counted({})).toMatchObject({ ...CLEAN, planned: 1, received: 1 });
  });

  it('finds an e-mail that never went, one that went twice, and one that went late', () => {
    expect(counted({ accepted: [], row: { status: 'planned' } })).toMatchObject({ ...CLEAN, lost: 1 });
    expect(counted({ accepted: [T, T + 1] })).toMatchObject({ ...CLEAN, twice: 1, received: 2 });
    expect(counted({ accepted: [T + 60_001] })).toMatchObject({ ...CLEAN, late: 1 });
    expect(counted({ accepted: [T + 90_000], evidence: { recoveredAt: T + 40_000 } })).toMatchObject(CLEAN);
  });

  it('finds mail to somebody whose order was told before the claim, and none told after it', () => {
    expect(counted({ person: { toldAt: T + 499 } })).toMatchObject({ ...CLEAN, unwanted: 1 });
    expect(counted({ person: { toldAt: T + 501 } })).toMatchObject(CLEAN);
    expect(counted({ person: { toldAt: undefined } })).toMatchObject(CLEAN);
  });

  it('lets those go without who ordered, or whose address SendGrid refuses, when the row says so', () => {
    const withheld = { status: 'withheld', reason: 'order-placed', handedOverAt: null };
    expect(counted({ accepted: [], person: { toldAt: T }, row: withheld })).toMatchObject(CLEAN);
    expect(counted({ accepted: [], row: withheld })).toMatchObject({ ...CLEAN, lost: 1 });
    expect(counted({ accepted: [], person: { poisoned: true }, row: { status: 'refused' } })).toMatchObject(CLEAN);
    expect(counted({ accepted: [], row: { status: 'refused' } })).toMatchObject({ ...CLEAN, lost: 1 });
  });

  it('holds unsettled against what SendGrid never told', () => {
    const unsettled = { status: 'unsettled', reason: 'outcome-unknown' };
    const untold = { untold: new Set(['m']) };
    expect(counted({ accepted: [], row: unsettled, evidence: untold })).toMatchObject({ ...CLEAN, unsettled: 1 });
    expect(counted({ accepted: [], row: unsettled })).toMatchObject({ unsettled: 1, unexplained: 1 });
    expect(counted({ row: unsettled, evidence: untold })).toMatchObject({ unsettled: 1, unexplained: 1 });
    const muted = { ...untold, muted: new Set(['m']) };
    expect(counted({ row: unsettled, evidence: muted })).toMatchObject({ ...CLEAN, unsettled: 1 });
    expect(counted({ evidence: muted })).toMatchObject({ unexplained: 1 });
    const killed = { disturbances: [{ from: T, to: T + 2000 }] };
    expect(counted({ accepted: [], row: unsettled, evidence: killed })).toMatchObject({ ...CLEAN, unsettled: 1 });
  });

  it('finds rows that tell another story than SendGrid', () => {
    expect(counted({ accepted: [] })).toMatchObject({ unexplained: 1 });
    expect(counted({ row: { status: 'withheld', reason: 'expired' } })).toMatchObject({ unexplained: 1 });
    expect(counted({ accepted: [], row: { status: 'handed-over' } })).toMatchObject({ lost: 1, unexplained: 1 });
  });

  it('finds mail to somebody who ordered long before the claim, whatever no webhook told', () => {
    const claimed = (after: number) => ({ claimedAt: T + after });
    const buyer = { toldAt: undefined, orderedAt: T };
    expect(counted({ person: buyer, row: claimed(120_001), accepted: [T + 120_001] })).toMatchObject({ unwanted: 1 });
    expect(counted({ person: buyer, row: claimed(60_000) })).toMatchObject(CLEAN);
    const leaps = [{ from: T + 10, to: T + 3_600_000 }];
    const after = { person: buyer, row: claimed(3_600_500), accepted: [T + 3_600_500], evidence: { leaps } };
    expect(counted(after)).toMatchObject({ unwanted: 0 });
    expect(counted({ ...after, person: { ...buyer, dueAt: T + 3_600_100 } })).toMatchObject({ unwanted: 1 });
  });

  it('finds mail nobody asked for in quiet hours, and none that waited for their end', () => {
    const quiet = { isQuiet: (at: number) => at < T + 500_000, over: (at: number) => Math.max(at, T + 500_000) };
    const sleeper = { urgency: 'ordinary' as const };
    expect(counted({ person: sleeper, evidence: { quiet } })).toMatchObject({ ...CLEAN, unwanted: 1 });
    expect(counted({ evidence: { quiet } })).toMatchObject(CLEAN);
    const at = (time: number) => ({ person: sleeper, row: { claimedAt: time }, accepted: [time], evidence: { quiet } });
    expect(counted(at(T + 510_000))).toMatchObject(CLEAN);
    expect(counted(at(T + 570_000))).toMatchObject({ ...CLEAN, late: 1 });
  });

  it('finds two e-mails to one person within sixteen hours, unless the later was asked for', () => {
    const HOUR = 3_600_000;
    const two = (secondAt: number, urgency: Expected['urgency'], more: Partial<Row> = {}) =>
      judge({
        expected: [
          { ...person, person: 'p' },
          { ...person, messageId: 'n', person: 'p', urgency },
        ],
        rows: new Map([
          ['m', sent],
          ['n', { ...sent, id: 'n', claimedAt: secondAt, handedOverAt: secondAt, ...more }],
        ]),
        accepted: new Map([
          ['m', [T + 1000]],
          ['n', [secondAt]],
        ]),
        ...{
          untold: new Set<string>(),
          muted: new Set<string>(),
          disturbances: [],
          recoveredAt: T,
          recoverySeconds: 1,
        },
      }).counts;
    expect(two(T + HOUR, 'ordinary')).toMatchObject({ unwanted: 1, late: 0 });
    expect(two(T + 16 * HOUR + 1000, 'ordinary')).toMatchObject(CLEAN);
    expect(two(T + 16 * HOUR + 70_000, 'ordinary')).toMatchObject({ unwanted: 0, late: 1 });
    expect(two(T + 30_000, 'asked-for')).toMatchObject(CLEAN);
    // Looked at before the other had left, refused whole and claimed anew in parts: still the same look.
    expect(two(T + 2000, 'ordinary', { leftFirstAt: T })).toMatchObject({ unwanted: 0 });
    expect(two(T + 2000, 'ordinary', { leftFirstAt: T + 1999 })).toMatchObject({ unwanted: 1 });
  });

  it('counts what nobody was to get as unwanted, and a webhook nobody followed as lost', () => {
    const stray = { accepted: new Map([['x', [T]]]) };
    expect(counted({ evidence: stray })).toMatchObject({ unwanted: 1 });
    const nothing = { rows: new Map(), accepted: new Map() };
    expect(counted({ evidence: nothing })).toMatchObject({ lost: 1 });
    expect(counted({ person: { toldAt: T }, evidence: nothing })).toMatchObject(CLEAN);
  });

  it('takes from lateness what the machine gave to others, and what was skipped as nothing was to be done', () => {
    const accepted = [T + 90_000];
    expect(counted({ accepted })).toMatchObject({ late: 1 });
    expect(counted({ accepted, evidence: { takenBetween: () => 31_000 } })).toMatchObject(CLEAN);
    expect(counted({ accepted, evidence: { idle: [{ from: T + 5000, to: T + 40_000 }] } })).toMatchObject(CLEAN);
    expect(counted({ person: { arrivedAt: T + 31_000 }, accepted })).toMatchObject(CLEAN);
  });

  it('adds rounds up, and keeps the longest recovery', () => {
    const one = { ...NOTHING, planned: 3, recoverySecondsMax: 4 };
    expect(add(one, { ...one, recoverySecondsMax: 2 })).toEqual({ ...NOTHING, planned: 6, recoverySecondsMax: 4 });
  });
});
