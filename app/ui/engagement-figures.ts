/** What the overview's chart says, as figures: totals, the best day, round tops of the scales. Used by the chart, its table and its tests. */

export interface EmailDay {
  /** `YYYY-MM-DD`. */
  day: string;
  sent: number;
  clicked: number;
  orders: number;
}

export const SERIES = ['sent', 'clicked', 'orders'] as const;
export type Series = (typeof SERIES)[number];

export type Totals = Record<Series, number>;

export function totalsOf(days: readonly EmailDay[]): Totals {
  const sum = (series: Series) => days.reduce((total, day) => total + day[series], 0);
  return { sent: sum('sent'), clicked: sum('clicked'), orders: sum('orders') };
}

export function isEmpty(days: readonly EmailDay[]): boolean {
  const { sent, clicked, orders } = totalsOf(days);
  return sent + clicked + orders === 0;
}

/** The day most e-mails were sent on, the latest of several; null where none was. */
export function busiestDay(days: readonly EmailDay[]): EmailDay | null {
  const most = days.reduce<EmailDay | null>((best, day) => (best === null || day.sent >= best.sent ? day : best), null);
  return most && most.sent > 0 ? most : null;
}

/** In tenths of a power of ten. */
const TIMES = [10, 15, 20, 25, 30, 40, 50, 60, 80, 100];

/** The top of a scale that counts things: a short number, at least the largest and never a fraction of a thing. */
export function roundTop(days: readonly EmailDay[], series: Series): number {
  const largest = Math.max(1, ...days.map((day) => day[series]));
  const power = 10 ** Math.floor(Math.log10(largest));
  const tops = TIMES.map((times) => (times * power) / 10).filter(Number.isInteger);
  return tops.find((top) => top >= largest) ?? 10 * power;
}

/** The days written under the chart: one a week, today among them; fewer where there is little room. */
export function markedDays(days: readonly EmailDay[], width: number): string[] {
  const every = width < 420 ? 14 : 7;
  return days.filter((_, index) => (days.length - 1 - index) % every === 0).map(({ day }) => day);
}
