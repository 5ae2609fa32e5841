/** Starts one benchmark in a process of its own and waits for its figures; called by `scripts/bench.ts`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../scripts/local/paths';
import type { Benchmark } from './benchmarks';
import type { Measured } from './measured';

/** @param size smaller than the full one, for a quick look; absent: as the benchmark is defined */
export function runBenchmark(benchmark: Benchmark, size: number | undefined): Promise<Measured> {
  const main = join(projectRoot, 'bench', benchmark.name, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    cwd: projectRoot,
    // React is three times slower outside production, which would flatter every comparison with render().
    env: { ...process.env, NODE_ENV: 'production', TZ: 'UTC', ...(size ? { BENCH_SIZE: String(size) } : {}) },
    // What it prints is for people: standard output belongs to `--json`.
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  });
  const endWithUs = () => child.kill();
  process.once('exit', endWithUs);
  return new Promise((resolve, reject) => {
    let measured: Measured | undefined;
    child.on('message', (message) => {
      measured = message as Measured;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', endWithUs);
      if (measured && code === 0) resolve(measured);
      else reject(new Error(`The benchmark ${benchmark.name} ended with code ${code} and no figures.`));
    });
  });
}
