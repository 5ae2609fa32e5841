import { expect, it } from 'vitest';
import { sharedAnswer } from './shared-answer';

it('asks once for all who ask at the same time, and again only when the answer is old', async () => {
  let asked = 0;
  const ask = async () => (asked += 1);
  const kept = sharedAnswer({ ask, freshMs: 60_000, patienceMs: 1000, late: -1 });
  expect(await Promise.all([kept(), kept(), kept()])).toEqual([1, 1, 1]);
  expect(await kept()).toBe(1);
  const never = sharedAnswer({ ask, freshMs: 0, patienceMs: 1000, late: -1 });
  expect([await never(), await never()]).toEqual([2, 3]);
});

it('lets nobody wait for a question that hangs, nor asks it again beside it', async () => {
  const hanging = Promise.withResolvers<number>();
  let asked = 0;
  const question = sharedAnswer({
    ask: () => {
      asked += 1;
      return hanging.promise;
    },
    freshMs: 60_000,
    patienceMs: 1,
    late: -1,
  });
  expect([await question(), await question()]).toEqual([-1, -1]);
  expect(asked).toBe(1);
  hanging.resolve(7);
  await hanging.promise;
  expect(await question()).toBe(7);
});
