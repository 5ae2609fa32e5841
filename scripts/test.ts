/**
 * `npm test`: runs every kind of check in order, prints the time each takes and, as the last line, how many checks
 * passed and failed. `npm test -- pure database` runs some of the parts.
 */
import { allPass, type Count, sum } from './testing/count';
import { formatAndLint, types } from './testing/static-checks';
import { makeTestBed } from './testing/test-bed';
import { vitestPart } from './testing/vitest-part';

interface TestPart {
  name: string;
  title: string;
  run(): Promise<Count>;
}

const bed = makeTestBed();

const PARTS: TestPart[] = [
  { name: 'lint', title: 'Format, lint and import rules', run: formatAndLint },
  { name: 'types', title: 'Types', run: types },
  { name: 'pure', title: 'Pure tests', run: () => vitestPart('pure', {}) },
  { name: 'database', title: 'Database tests', run: async () => vitestPart('database', await bed.withServer()) },
  { name: 'stories', title: 'Stories', run: async () => vitestPart('stories', await bed.withStack()) },
  { name: 'browser', title: 'Browser tests', run: async () => vitestPart('browser', await bed.withStack()) },
];

function chosenParts(names: string[]): TestPart[] {
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length === 0) return names.length ? PARTS.filter((part) => names.includes(part.name)) : PARTS;
  process.stdout.write(`No part ${unknown.join(', ')}; there are ${PARTS.map((part) => part.name).join(', ')}.\n`);
  process.exit(1);
}

/** Runs a part and says how it went; one that breaks counts as one failure. */
async function runPart(part: TestPart): Promise<Count> {
  const started = performance.now();
  process.stdout.write(`\n── ${part.title}\n`);
  let count: Count;
  try {
    count = await part.run();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    count = { passed: 0, failed: 1 };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`── ${part.title}: ${count.passed} passed, ${count.failed} failed (${seconds} s)\n`);
  return count;
}

async function main(): Promise<void> {
  const parts = chosenParts(process.argv.slice(2));
  const counts: Count[] = [];
  try {
    for (const part of parts) counts.push(await runPart(part));
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
