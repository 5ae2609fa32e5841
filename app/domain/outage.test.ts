import { expect, it } from 'vitest';
import { outageSince, tryAgainIn } from './outage';

const NOW = new Date('2026-03-04T08:00:00Z');

it('an outage counts from its own beginning, not from what held the e-mail before', () => {
  expect(outageSince({ reason: 'quiet-hours', facts: { since: '2026-03-03T20:00:00Z' } }, NOW)).toEqual(NOW);
  expect(outageSince({ reason: null, facts: null }, NOW)).toEqual(NOW);
  expect(outageSince({ reason: 'provider-paused', facts: {} }, NOW)).toEqual(NOW);
});

it('an outage goes on while the e-mail waits for one or another', () => {
  const since = new Date('2026-03-04T07:00:00Z');
  const facts = { since: since.toISOString() };
  expect(outageSince({ reason: 'provider-unavailable', facts }, NOW)).toEqual(since);
  expect(outageSince({ reason: 'orders-not-confirmed', facts }, NOW)).toEqual(since);
  expect(tryAgainIn(since, NOW)).toBe(7.5 * 60_000);
  expect(tryAgainIn(NOW, NOW)).toBe(0);
});
