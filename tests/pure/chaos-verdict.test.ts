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

  it('adds rounds up, and keeps the longest recovery', () => {
    const one = { ...NOTHING, planned: 3, recoverySecondsMax: 4 };
    expect(add(one, { ...one, recoverySecondsMax: 2 })).toEqual({ ...NOTHING, planned: 6, recoverySecondsMax: 4 });
  });
});
