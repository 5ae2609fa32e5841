/** What `observe.js` noted in a document, and the figures it comes to. */

export interface Observed {
  /** Milliseconds after the navigation of the document; 0 when nothing was painted. */
  lcp: number;
  largest: string;
  /** What happened when, in milliseconds, in words. */
  moments: string;
  shifts: { at: number; value: number; what: string }[];
  /** The slowest event of each interaction, by its number. */
  interactions: Record<string, { ms: number; what: string }>;
}

const GAP_MS = 1000;
const WINDOW_MS = 5000;

/** Cumulative layout shift: the worst burst of shifts less than a second apart, five seconds long at most. */
export function layoutShift(shifts: readonly { at: number; value: number }[]): number {
  let worst = 0;
  let sum = 0;
  let first = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, value } of shifts) {
    const goesOn = at - last < GAP_MS && at - first < WINDOW_MS;
    sum = goesOn ? sum + value : value;
    first = goesOn ? first : at;
    last = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** Interaction to next paint. Of fewer than fifty interactions it is the slowest; those below 16 ms are not told. */
export function slowestInteraction({ interactions }: Pick<Observed, 'interactions'>): { ms: number; what: string } {
  return Object.values(interactions).reduce((slow, one) => (one.ms > slow.ms ? one : slow), { ms: 0, what: '' });
}
