import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import { afterLook, type DomainState, isProven, nextLook, type ProofRecord } from './domain-proof';

const NOW = new Date('2026-03-03T10:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const state = (status: DomainState['status'], failedAt: Date | null = null): DomainState => ({
  ...{ status, since: NOW, failedAt },
});

describe('a look at a domain’s records', () => {
  it('makes a pending one valid, and looks again a day later', () => {
    expect(afterLook(state('pending'), true, later(HOUR))).toEqual({
      ...{ status: 'valid', since: later(HOUR), failedAt: null, changed: true },
      lookDueAt: later(HOUR + DAY),
    });
  });

  it('changes nothing while it is as it was', () => {
    expect(afterLook(state('valid'), true, later(DAY))).toMatchObject({ status: 'valid', since: NOW, changed: false });
    expect(afterLook(state('pending'), false, later(MINUTE))).toMatchObject({ status: 'pending', changed: false });
  });

  it('breaks a valid one only when it fails twice, ten minutes apart', () => {
    const once = afterLook(state('valid'), false, later(DAY));
    expect(once).toMatchObject({ status: 'valid', failedAt: later(DAY), lookDueAt: later(DAY + 10 * MINUTE) });
    expect(afterLook(once, false, later(DAY + MINUTE))).toMatchObject({ status: 'valid', failedAt: later(DAY) });
    expect(afterLook(once, false, later(DAY + 10 * MINUTE))).toMatchObject({
      ...{ status: 'broken', since: later(DAY + 10 * MINUTE), failedAt: null, changed: true },
    });
    expect(afterLook(once, true, later(DAY + 10 * MINUTE))).toMatchObject({
      status: 'valid',
      since: NOW,
      failedAt: null,
    });
  });

  it('makes a broken one valid again', () => {
    expect(afterLook(state('broken'), true, later(DAY))).toMatchObject({ status: 'valid', changed: true });
  });

  it.each([
    [0, 2 * MINUTE],
    [2 * HOUR, 15 * MINUTE],
    [2 * DAY, 2 * HOUR],
    [8 * DAY, DAY],
  ])('comes back after %i ms of waiting in %i ms', (age, pause) => {
    for (const status of ['pending', 'broken'] as const)
      expect(nextLook(state(status), later(age))).toEqual(later(age + pause));
  });
});

it('tells per purpose whether all its records are right', () => {
  const record = (purpose: ProofRecord['purpose'], valid: boolean): ProofRecord => ({
    ...{ name: 'x', purpose, type: 'CNAME', host: 'a', value: 'b', valid, found: null },
  });
  const records = [record('spf', true), record('dkim', true), record('dkim', false)];
  expect([isProven(records, 'spf'), isProven(records, 'dkim'), isProven(records, 'links')]).toEqual([
    true,
    false,
    null,
  ]);
  expect(isProven(records, 'spf', 'dkim')).toBe(false);
});
