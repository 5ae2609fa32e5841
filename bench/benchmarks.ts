/** Every benchmark there is, with what it promises. Read by `npm run bench`, which runs each in a process of its own. */

/** How a benchmark's `ratio` relates its two figures, and on which side of the target it must lie. */
export type Direction = 'at-least' | 'at-most';

export interface Benchmark {
  name: string;
  /** What is measured, against what. */
  title: string;
  unit: string;
  /** `ratio` is always `value / baseline`: for rates more is better (`at-least`), for times less is (`at-most`). */
  direction: Direction;
  target: number;
}

export const BENCHMARKS = [
  {
    name: 'ingest',
    title: 'Signed checkout webhooks accepted, against a bare server that checks the HMAC and inserts a row',
    unit: 'webhooks/s',
    direction: 'at-least',
    target: 1,
  },
  {
    name: 'fill',
    title: 'Finished e-mails (HTML and text), against render() of the same',
    unit: 'e-mails/s',
    direction: 'at-least',
    target: 50,
  },
  {
    name: 'send',
    title: 'Due messages accepted by the fake SendGrid, against a loop of render() and sg.send()',
    unit: 'e-mails/s',
    direction: 'at-least',
    target: 10,
  },
  {
    name: 'pending',
    title: 'Time for 10,000 due enrollments with 1,000,000 waiting, against the same with 10,000 waiting',
    unit: 's',
    direction: 'at-most',
    target: 1.3,
  },
  {
    name: 'scan',
    title: 'Time of a pass of birthdays and lapses over 1,000,000 customers, against INSERT … SELECT of the same rows',
    unit: 's',
    direction: 'at-most',
    target: 2,
  },
  {
    name: 'admin',
    title: 'Median server answer of the slowest page with 1,000,000 messages, against a loader that reads one row',
    unit: 'ms',
    direction: 'at-most',
    target: 3,
  },
] as const satisfies readonly Benchmark[];

export type BenchmarkName = (typeof BENCHMARKS)[number]['name'];

export function meetsTarget({ direction, target }: Benchmark, ratio: number): boolean {
  return direction === 'at-least' ? ratio >= target : ratio <= target;
}
