import { describe, expect, it } from 'vitest';
import { FAULT_NAMES } from '../../chaos/faults/catalogue';
import { shareOfOthers } from '../../chaos/machine';
import { makeQuiet, placeOf } from '../../chaos/night';

const PARIS = 'Europe/Paris';
const iso = (at: number) => new Date(at).toISOString();

describe('the nights of a chaos run', () => {
  it.each([
    ['midnight-in-the-shop', '2026-11-22T10:00:00Z', ['2026-11-22T22:59:45.000Z']],
    ['midnight-in-the-shop', '2026-11-22T22:59:30Z', ['2026-11-23T22:59:45.000Z']],
    ['daylight-saving-night', '2026-11-22T10:00:00Z', ['2027-03-28T00:59:45.000Z', '2027-10-31T00:59:45.000Z']],
    ['daylight-saving-night', '2027-03-28T00:59:50Z', ['2027-10-31T00:59:45.000Z', '2028-03-26T00:59:45.000Z']],
    ['day', '2026-11-22T10:00:00Z', ['2026-11-22T10:00:00.000Z']],
    ['day', '2026-11-22T20:00:00Z', ['2026-11-23T09:00:00.000Z']],
  ] as const)('of %s after %s', (kind, now, [first, second]) => {
    const at = (random: number) => iso(placeOf(kind, { now: Date.parse(now), zone: PARIS, random: () => random }).at);
    expect(at(0)).toBe(first);
    expect(at(0.9)).toBe(second ?? first);
  });

  it('end when the wall clock says so, whatever was done to the clocks', () => {
    const over = (to: number, at: string) => iso(makeQuiet(PARIS, { from: 21 * 60, to }).over(Date.parse(at)));
    expect(over(480, '2026-11-22T20:00:30Z')).toBe('2026-11-23T07:00:00.000Z');
    expect(over(0, '2026-11-22T22:59:52Z')).toBe('2026-11-22T23:00:00.000Z');
    expect(over(480, '2026-11-23T12:00:30Z')).toBe('2026-11-23T12:00:30.000Z');
    expect(over(150, '2027-03-28T00:59:52Z')).toBe('2027-03-28T01:00:00.000Z');
    expect(over(150, '2027-10-31T00:15:00Z')).toBe('2027-10-31T00:30:00.000Z');
    expect(over(150, '2027-10-31T01:10:00Z')).toBe('2027-10-31T01:30:00.000Z');
  });
});

it('tells the time others took by what was busy and not ours', () => {
  const before = { all: 1000, busy: 400, own: new Map([[1, 100]]) };
  const after = {
    all: 1200,
    busy: 550,
    own: new Map([
      [1, 150],
      [2, 20],
    ]),
  };
  expect(shareOfOthers(before, after)).toBe(0.4);
  expect(shareOfOthers(before, before)).toBe(0);
});

it('has every fault that is asked for', () => {
  const worker = ['before-claim', 'after-claim', 'after-hand-over', 'after-202', 'before-commit'];
  const answers = [429, 503, 500, 502, 504, 413, 401].map((status) => `sendgrid-${status}`);
  const events = ['late', 'doubled', 'out-of-order', 'never'].map((how) => `sendgrid-events-${how}`);
  const rest = [
    ...['worker-killed', 'one-of-two-workers-killed', 'web-killed'],
    ...['postgres-crashed', 'backends-killed', 'connections-exhausted', 'transaction-left-open', 'postgres-frozen'],
    ...['sendgrid-refuses-connections', 'sendgrid-resets-before-the-answer', 'sendgrid-silent-after-accepting'],
    ...['sendgrid-poisoned-recipient', 'sendgrid-answers-after-a-minute'],
    ...['shopify-down', 'shopify-throttled', 'shopify-token-refresh-refused-once'],
    ...['webhooks-doubled', 'webhooks-reversed', 'webhooks-an-hour-late', 'one-order-in-three-topics-at-once'],
    ...['midnight-in-the-shop', 'daylight-saving-night'],
  ];
  const wanted = [...worker.map((when) => `worker-killed-${when}`), ...answers, ...events, ...rest];
  expect([...FAULT_NAMES].sort()).toEqual(wanted.sort());
});
