/**
 * `npm run verify`: everything, however long it takes: all of `npm test`, the long checks in `tests/long`, the tests that
 * draw their cases at random with many more of them, the long chaos run, and the benchmarks. The last lines tell how each
 * part ended. `npm run verify -- chaos` runs one part; `--seeds 5-8` some of the chaos run, whose seeds are run once each.
 */
import { parseArgs } from 'node:util';
import { readSeeds, runChaosSeeds } from './testing/chaos-seeds';
import { allPass } from './testing/count';
import { runTool } from './testing/run-tool';
import { makeTestBed } from './testing/test-bed';
import { vitestPart } from './testing/vitest-part';

interface Part {
  name: string;
  title: string;
  run(): Promise<boolean>;
}

/** Files whose cases are drawn at random, and how many of them a full matrix has. */
const MATRICES = [
  { file: 'tests/database/mirror-order.test.ts', runs: 400 },
  { file: 'tests/database/ingest-fuzz.test.ts', runs: 800 },
  { file: 'tests/database/scans-model.test.ts', runs: 400 },
];

async function runMatrices(): Promise<boolean> {
  const bed = makeTestBed();
  try {
    const server = await bed.withServer();
    let passed = true;
    for (const { file, runs } of MATRICES) {
      const args = ['run', '--project', 'database', '--testTimeout', '900000', file];
      passed = (await runTool('vitest', args, { env: { ...server, PROPERTY_RUNS: String(runs) } })) && passed;
    }
    return passed;
  } finally {
    await bed.close();
  }
}

const { values, positionals: chosen } = parseArgs({ options: { seeds: { type: 'string' } }, allowPositionals: true });
const seeds = values.seeds === undefined ? null : readSeeds(values.seeds);
if (values.seeds !== undefined && !seeds) throw new Error('--seeds is one seed, or a range as 5-8.');

/** A deploy under load, a restore from a copy, and one shop's flood beside another's reminders. */
async function runScenes(): Promise<boolean> {
  let passed = true;
  for (const scene of ['deploy', 'restore', 'fairness'])
    passed = (await runTool('tsx', ['scripts/chaos.ts', '--scene', scene, '--json'])) && passed;
  return passed;
}

const PARTS: Part[] = [
  { name: 'test', title: 'npm test', run: () => runTool('tsx', ['scripts/test.ts']) },
  { name: 'long', title: 'Long checks', run: async () => allPass(await vitestPart('long', {})) },
  { name: 'matrices', title: 'Full matrices', run: runMatrices },
  { name: 'chaos', title: 'Chaos', run: () => runChaosSeeds(seeds) },
  { name: 'scenes', title: 'Deploy, restore, fairness', run: runScenes },
  { name: 'bench', title: 'Benchmarks', run: () => runTool('tsx', ['scripts/bench.ts']) },
];

const parts = chosen.length > 0 ? PARTS.filter(({ name }) => chosen.includes(name)) : PARTS;
const outcomes: { title: string; passed: boolean; minutes: number }[] = [];
for (const { title, run } of parts) {
  process.stdout.write(`\n── ${title}\n`);
  const started = performance.now();
  const passed = await run().catch((error: unknown) => {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  });
  outcomes.push({ title, passed, minutes: (performance.now() - started) / 60_000 });
}
process.stdout.write('\n');
for (const { title, passed, minutes } of outcomes) {
  process.stdout.write(`${title}: ${passed ? 'passed' : 'failed'} (${minutes.toFixed(1)} min)\n`);
}
process.exitCode = outcomes.length > 0 && outcomes.every(({ passed }) => passed) ? 0 : 1;
