// When people shop: more in November and December and before Mother's Day, less in August; in the evening rather than at night.

/** January first. The year's average is 1. */
const MONTHS = [0.8, 0.75, 0.85, 0.85, 1.2, 1, 0.75, 0.55, 0.9, 1, 1.5, 1.85] as const;
/** By hour of the day, local. */
const HOURS = [2, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 10, 9, 8, 8, 8, 9, 10, 12, 14, 14, 10, 5] as const;

const DAY = 86_400_000;

/** 0.55 to 1.85. */
export function seasonWeight(moment: number): number {
  return MONTHS[new Date(moment).getUTCMonth()] ?? 1;
}

/** The same day at an hour people shop; `share` (0 to 1) chooses the hour, `rest` the minute within it. Hours are UTC+1. */
export function shoppingHour(moment: number, share: number, rest: number): number {
  const midnight = Math.floor(moment / DAY) * DAY;
  let left = share * HOURS.reduce<number>((sum, weight) => sum + weight, 0);
  for (const [hour, weight] of HOURS.entries()) {
    left -= weight;
    if (left < 0) return midnight + (hour - 1 + rest) * 3_600_000;
  }
  return moment;
}
