import { describe, expect, it } from 'vitest';
import type { ChaosResult } from '../../chaos/run';
import { NOTHING } from '../../chaos/verdict';
import { readSeeds, shortcomings } from '../../scripts/testing/chaos-seeds';

const seeds = (change: Partial<ChaosResult> = {}, count = 22): ChaosResult[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ ...NOTHING, rounds: 3, seed: index + 1, planned: 15_000, received: 14_000, faults: { a: 1, b: 2 } },
    ...(index === 0 ? change : {}),
  }));

describe('the long chaos run', () => {
  it('passes when nothing was found and enough was tried', () => {
    expect(shortcomings(seeds())).toEqual([]);
    expect(shortcomings(seeds({ unsettled: 40 }))).toEqual([]);
  });

  it('fails by whatever was found', () => {
    expect(shortcomings(seeds({ lost: 1, unexplained: 2 }))).toEqual(['lost: 1', 'unexplained: 2']);
  });

  it('fails by what was not tried often enough', () => {
    expect(shortcomings(seeds({ faults: { a: 0, b: 2, c: 19 } }))).toEqual(['c: hit 19 times of at least 20']);
    expect(shortcomings(seeds({ planned: 100 }, 20))).toEqual(['285100 e-mails planned of at least 300000']);
    expect(shortcomings(seeds({}, 19))[0]).toBe('19 seeds of at least 20');
  });

  it('runs all seeds or some', () => {
    expect(readSeeds('5')).toEqual({ from: 5, to: 5 });
    expect(readSeeds('5-8')).toEqual({ from: 5, to: 8 });
    expect(readSeeds('some')).toBeNull();
  });
});
