/** Numbers drawn from seeds, so that every run of a benchmark sees the same shops and people. */

/** Mulberry32: small, and good enough to spread load. @returns numbers in [0, 1) */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Shares of `count` by Zipf's law: the second has half of the first, the third a third. They sum to 1. */
export function zipfShares(count: number): number[] {
  const weights = Array.from({ length: count }, (_, index) => 1 / (index + 1));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Draws a place from 0 to `count - 1`, the first most often. */
export function zipfPicker(count: number, seed: number): () => number {
  const random = seeded(seed);
  const shares = zipfShares(count);
  return () => {
    let left = random();
    const place = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return place < 0 ? count - 1 : place;
  };
}

/** Shares of a total as whole numbers that sum to it. */
export function zipfCounts(count: number, total: number): number[] {
  const counts = zipfShares(count).map((share) => Math.floor(share * total));
  const missing = total - counts.reduce((all, one) => all + one, 0);
  return counts.map((one, index) => (index === 0 ? one + missing : one));
}
