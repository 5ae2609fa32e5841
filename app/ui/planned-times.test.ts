import { expect, test } from 'vitest';
import type { DurationUnit } from '../lib/duration';
import type { DraftStep } from './draft-steps';
import { plannedTimes } from './planned-times';

const HOUR = 3_600_000;
const email = (id: string): DraftStep => ({ kind: 'email', id, email: id, expires: 'end-of-day' });
const wait = (id: string, amount: string, unit: DurationUnit = 'h'): DraftStep => ({
  ...{ kind: 'wait', id },
  delay: { amount, unit },
});

test('counts each e-mail from the start, with the delays as the owner typed them', () => {
  const steps = [wait('first', '2'), email('one'), wait('second', '1', 'd'), email('two')];
  expect(plannedTimes(steps)).toEqual({ one: { after: 2 * HOUR }, two: { after: 26 * HOUR } });
});

test('says nothing of what follows a delay that is not a number', () => {
  const steps = [wait('first', '1'), email('one'), wait('second', 'soon'), email('two')];
  expect(plannedTimes(steps)).toEqual({ one: { after: HOUR }, two: null });
});

test('counts a branch from its check', () => {
  const otherwise = [wait('inside', '3'), email('two')];
  const steps: DraftStep[] = [
    wait('first', '1'),
    { kind: 'check', id: 'check', condition: 'first-time', otherwise },
    email('one'),
  ];
  expect(plannedTimes(steps)).toEqual({ one: { after: HOUR }, two: { after: 4 * HOUR } });
});

test('counts back from the end of the code what waits for it', () => {
  const steps: DraftStep[] = [
    email('one'),
    { kind: 'wait', id: 'first', delay: { amount: '3', unit: 'd' }, before: { event: 'code-end', at: 540 } },
    email('two'),
    wait('second', '1', 'd'),
    email('three'),
  ];
  expect(plannedTimes(steps)).toEqual({
    one: { after: 0 },
    two: { beforeCodeEnd: 72 * HOUR },
    three: { beforeCodeEnd: 48 * HOUR },
  });
});
