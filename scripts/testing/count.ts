/** How many checks passed and failed; what every part of `npm test` ends with. */
export interface Count {
  passed: number;
  failed: number;
}

export function sum(counts: readonly Count[]): Count {
  return counts.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** Nothing failed, and there was something to pass: an empty run proves nothing. */
export function allPass({ passed, failed }: Count): boolean {
  return failed === 0 && passed > 0;
}
