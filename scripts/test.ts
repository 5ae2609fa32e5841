/**
 * `npm test`: runs every kind of check in order, prints the time each takes and, as the last line, how many checks
 * passed and failed. `npm test -- pure database` runs some of the parts.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from './local/paths';
import { allPass, type Count, sum } from './testing/count';
import { STANDARD_OUTPUT } from './testing/run-tool';
import { formatAndLint, types } from './testing/static-checks';
import { makeTestBed } from './testing/test-bed';
import { vitestPart } from './testing/vitest-part';

interface TestPart {
  name: string;
  title: string;
  /** @param output the open file its tools print into */
  run(output: number): Promise<Count>;
}

const bed = makeTestBed();

/**
 * Parts of a round run side by side. Stories and browser tests wait most of the time, for a clock, a page or a crashed process, and each
 * part has an app of its own; the others keep all processors busy by themselves.
 */
const ROUNDS: TestPart[][] = [
  [{ name: 'lint', title: 'Format, lint and import rules', run: formatAndLint }],
  [{ name: 'types', title: 'Types', run: types }],
  [{ name: 'pure', title: 'Pure tests', run: (output) => vitestPart('pure', { output }) }],
  [
    {
      name: 'database',
      title: 'Database tests',
      run: async (output) => vitestPart('database', { output, env: await bed.withServer() }),
    },
  ],
  [
    {
      name: 'stories',
      title: 'Stories',
      run: async (output) => vitestPart('stories', { output, env: await bed.withStack('stories') }),
    },
    {
      name: 'browser',
      title: 'Browser tests',
      run: async (output) => vitestPart('browser', { output, env: await bed.withStack('browser') }),
    },
  ],
];

function chosenRounds(names: string[]): TestPart[][] {
  const all = ROUNDS.flat().map((part) => part.name);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    process.stdout.write(`No part ${unknown.join(', ')}; there are ${all.join(', ')}.\n`);
    process.exit(1);
  }
  if (names.length === 0) return ROUNDS;
  return ROUNDS.map((round) => round.filter((part) => names.includes(part.name))).filter((round) => round.length > 0);
}

/** Runs a part and says how it went; one that breaks counts as one failure. */
async function runPart(part: TestPart, output: number): Promise<Count> {
  const started = performance.now();
  writeSync(output, `\n── ${part.title}\n`);
  let count: Count;
  try {
    count = await part.run(output);
  } catch (error) {
    writeSync(output, `${error instanceof Error ? error.message : String(error)}\n`);
    count = { passed: 0, failed: 1 };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  writeSync(output, `── ${part.title}: ${count.passed} passed, ${count.failed} failed (${seconds} s)\n`);
  return count;
}

/** The first part prints as it goes; what the others print follows in one piece. */
async function runRound([first, ...others]: TestPart[]): Promise<Count[]> {
  if (!first) return [];
  const beside = others.map((part) => {
    const file = join(cacheDir, `part-${part.name}-${process.pid}.log`);
    return { part, file, output: openSync(file, 'w') };
  });
  try {
    const parts = beside.map(({ part, output }) => runPart(part, output));
    return await Promise.all([runPart(first, STANDARD_OUTPUT), ...parts]);
  } finally {
    for (const { file, output } of beside) {
      closeSync(output);
      writeSync(STANDARD_OUTPUT, readFileSync(file));
      rmSync(file);
    }
  }
}

async function main(): Promise<void> {
  const rounds = chosenRounds(process.argv.slice(2));
  const counts: Count[] = [];
  try {
    for (const round of rounds) counts.push(...(await runRound(round)));
  } finally {
    await bed.close();
  }
  const total = sum(counts);
  process.exitCode = allPass(total) ? 0 : 1;
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void bed.close().finally(() => process.exit(130)));
}
await main();
