/**
 * `npm run bench`: the speed of the app against bare baselines on the same Postgres. `-- NAME [NAME]` runs some,
 * `--json` prints a line for each and nothing else on standard output, `--size N` makes them smaller for a quick look,
 * `--write` puts the figures into `bench/RESULTS.md`.
 */
import { parseArgs } from 'node:util';
import { BENCHMARKS, type Benchmark, meetsTarget } from '../bench/benchmarks';
import { PROFILE } from '../bench/database';
import { short } from '../bench/measured';
import { machine, type Result, writeResults } from '../bench/results-file';
import { runBenchmark } from '../bench/run-benchmark';
import { lockProfile } from './local/lock';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    size: { type: 'string' },
  },
});

function chosen(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.filter((name) => !BENCHMARKS.some((one) => one.name === name));
  if (unknown.length === 0) return names.length ? BENCHMARKS.filter(({ name }) => names.includes(name)) : BENCHMARKS;
  throw new Error(`No benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}.`);
}

async function run(benchmark: Benchmark, size: number | undefined): Promise<Result> {
  process.stderr.write(`\n── ${benchmark.name}: ${benchmark.title}\n`);
  const measured = await runBenchmark(benchmark, size);
  return { benchmark, measured, ratio: measured.value / measured.baseline };
}

function print({ benchmark, measured, ratio }: Result): void {
  const { name, unit, target, direction } = benchmark;
  const { value, baseline } = measured;
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ name, value, baseline, ratio, target, unit })}\n`);
    return;
  }
  const wanted = `${direction === 'at-least' ? 'at least' : 'at most'} ${target}`;
  const met = meetsTarget(benchmark, ratio) ? 'met' : 'NOT met';
  process.stdout.write(
    `${name}: ${short(value)} ${unit}, baseline ${short(baseline)} ${unit}, ratio ${short(ratio)} (${wanted}: ${met})\n`,
  );
}

async function main(): Promise<void> {
  const size = values.size === undefined ? undefined : Number(values.size);
  const benchmarks = chosen(positionals);
  lockProfile(PROFILE);
  process.stderr.write(`${machine()}\n`);
  const results: Result[] = [];
  let failed = false;
  for (const benchmark of benchmarks) {
    try {
      const result = await run(benchmark, size);
      print(result);
      results.push(result);
    } catch (error) {
      failed = true;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  if (values.write) writeResults(results, `npm run bench -- ${process.argv.slice(2).join(' ')}`.trim());
  const missed = results.some(({ benchmark, ratio }) => !meetsTarget(benchmark, ratio));
  process.exitCode = failed || missed ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
