import { expect, test } from 'vitest';
import type { ScenarioDefinition } from '../domain/scenario';
import { plannedTimes } from './planned-times';

const HOUR = 3_600_000;
const definition: ScenarioDefinition = {
  key: 'abandoned-checkout',
  version: 1,
  trigger: { on: 'checkout-left', occurrence: 'checkout' },
  exits: [],
  priority: 1,
  consent: 'left-checkout',
  steps: [
    { kind: 'wait', id: 'first', duration: '1h' },
    { kind: 'email', id: 'one', email: 'cart-1', expiresAfter: '12h' },
    { kind: 'wait', id: 'second', duration: '23h' },
    { kind: 'email', id: 'two', email: 'cart-2', expiresAfter: '12h' },
  ],
};

test('counts each e-mail from the start, with the delays as the owner typed them', () => {
  const delays = { first: { amount: '2', unit: 'h' as const }, second: { amount: '1', unit: 'd' as const } };
  expect(plannedTimes(definition, delays)).toEqual({ one: { after: 2 * HOUR }, two: { after: 26 * HOUR } });
});

test('says nothing of what follows a delay that is not a number', () => {
  const delays = { first: { amount: '1', unit: 'h' as const }, second: { amount: 'soon', unit: 'd' as const } };
  expect(plannedTimes(definition, delays)).toEqual({ one: { after: HOUR }, two: null });
});

test('counts back from the end of the code what waits for it', () => {
  const birthday: ScenarioDefinition = {
    ...definition,
    key: 'birthday',
    steps: [
      { kind: 'email', id: 'one', email: 'birthday-1', expiresAfter: 'end-of-day' },
      { kind: 'wait', id: 'first', duration: '3d', before: { event: 'code-end', at: 540 } },
      { kind: 'email', id: 'two', email: 'birthday-2', expiresAfter: 'end-of-day' },
      { kind: 'wait', id: 'second', duration: '1d' },
      { kind: 'email', id: 'three', email: 'birthday-3', expiresAfter: 'end-of-day' },
    ],
  };
  const delays = { first: { amount: '3', unit: 'd' as const }, second: { amount: '1', unit: 'd' as const } };
  expect(plannedTimes(birthday, delays)).toEqual({
    one: { after: 0 },
    two: { beforeCodeEnd: 72 * HOUR },
    three: { beforeCodeEnd: 48 * HOUR },
  });
});
