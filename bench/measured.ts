/** What a benchmark hands back, and the frame its process runs in. */

export interface Measured {
  /** The app's figure, in the benchmark's unit. */
  value: number;
  /** The baseline's figure, in the same unit. */
  baseline: number;
  /** What stands beside the figures in words: variants, percentiles, sizes. */
  notes: string[];
}

/** The size asked for, or the full one the benchmark is defined with. */
export function sizeOr(full: number): number {
  const asked = Number(process.env.BENCH_SIZE);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, full) : full;
}

/** A line for whoever watches. */
export function say(text: string): void {
  process.stderr.write(`  ${text}\n`);
}

/** Runs a benchmark and hands its figures to the process that asked; whatever fails ends it with a message. */
export async function measure(run: () => Promise<Measured>): Promise<never> {
  try {
    const measured = await run();
    for (const note of measured.notes) say(note);
    await new Promise((resolve) => (process.send ? process.send(measured, resolve) : resolve(null)));
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** @param percent from 0 to 100; the nearest value that lies at or above that share */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = Math.min(sorted.length - 1, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1));
  const found = sorted[place];
  if (found === undefined) throw new Error('There is no percentile of nothing');
  return found;
}

/** How long `work` takes, in seconds. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** A figure with three telling digits. */
export function short(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
