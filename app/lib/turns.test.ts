import { describe, expect, it } from 'vitest';
import { makeTurns } from './turns';

describe('turns', () => {
  it('let so much be under way and no more, in the order it came, failures or not', async () => {
    const inTurn = makeTurns(2);
    let underWay = 0;
    let most = 0;
    const begun: number[] = [];
    const work = (n: number) => async () => {
      begun.push(n);
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      if (n % 2 === 0) throw new Error(`no ${n}`);
      return n;
    };
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => inTurn(work(n))));
    expect(most).toBe(2);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await inTurn(async () => 'again')).toBe('again');
  });
});
