/**
 * The long chaos run: seed after seed, each a run of its own whose result is kept, so that a run that was broken off goes on
 * where it stopped and its parts may run at different times. Part of `npm run verify`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChaosResult } from '../../chaos/run';
import { buildWhenNeeded } from '../local/build';
import { profileDir, projectRoot } from '../local/paths';
import { showProgress } from '../local/progress';

/** More than the twenty hits that each fault needs: some moments do not come. So many plan some 320,000 e-mails. */
export const SEEDS = { from: 1, to: 24 };
/** Three rounds see every fault once. */
const PLANNED_PER_ROUND = 4200;
const LEAST = { planned: 300_000, hits: 20, seeds: 20 };

export interface SeedRange {
  from: number;
  to: number;
}

/** @param text `5`, or `5-8` @returns null when it is neither */
export function readSeeds(text: string): SeedRange | null {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
}

/** What the long run must not have found, each in words; none: it passes. */
export function shortcomings(results: readonly ChaosResult[]): string[] {
  const sum = (read: (result: ChaosResult) => number) => results.reduce((total, result) => total + read(result), 0);
  const faults = [...new Set(results.flatMap((result) => Object.keys(result.faults)))];
  const hits = (name: string) => sum((result) => result.faults[name] ?? 0);
  const bad = (['lost', 'twice', 'late', 'unwanted', 'unexplained'] as const).map(
    (name) => [name, sum((result) => result[name])] as const,
  );
  const planned = sum((result) => result.planned);
  return [
    ...bad.flatMap(([name, count]) => (count > 0 ? [`${name}: ${count}`] : [])),
    ...(results.length < LEAST.seeds ? [`${results.length} seeds of at least ${LEAST.seeds}`] : []),
    ...(planned < LEAST.planned ? [`${planned} e-mails planned of at least ${LEAST.planned}`] : []),
    ...faults.flatMap((name) => (hits(name) < LEAST.hits ? [`${name}: hit ${hits(name)} times of at least 20`] : [])),
  ];
}

/** Runs the seeds that have no result yet, and sums up all there are. @returns whether those asked for passed */
export async function runChaosSeeds(wanted: SeedRange | null): Promise<boolean> {
  await buildWhenNeeded(showProgress(process.stderr));
  const dir = join(profileDir('verify-chaos'), stamp());
  mkdirSync(dir, { recursive: true });
  const { from, to } = wanted ?? SEEDS;
  const results: ChaosResult[] = [];
  for (let seed = from; seed <= to; seed += 1) {
    const started = performance.now();
    const kept = readResult(dir, seed);
    const result = kept ?? (await runSeed(seed));
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    process.stdout.write(`seed ${seed}, ${kept ? 'kept' : `${minutes} min`}: ${JSON.stringify(result)}\n`);
    if (!result) continue;
    results.push(result);
    // One that failed is looked into, mended, and run again.
    if (isClean(result)) writeFileSync(join(dir, fileOf(seed)), JSON.stringify(result));
  }
  // A part of the seeds cannot have enough of everything.
  const missing = results.length < to - from + 1 ? ['a seed ended without a result'] : [];
  const found = [...missing, ...(wanted ? results.flatMap(dirtOf) : shortcomings(results))];
  for (const one of found) process.stdout.write(`  ${one}\n`);
  return found.length === 0;
}

const isClean = (result: ChaosResult) => dirtOf(result).length === 0;
const dirtOf = ({ lost, twice, late, unwanted, unexplained }: ChaosResult) =>
  Object.entries({ lost, twice, late, unwanted, unexplained }).flatMap(([name, count]) =>
    count > 0 ? [`${name}: ${count}`] : [],
  );

const fileOf = (seed: number) => `seed-${seed}.json`;

function readResult(dir: string, seed: number): ChaosResult | null {
  try {
    return JSON.parse(readFileSync(join(dir, fileOf(seed)), 'utf8')) as ChaosResult;
  } catch {
    return null;
  }
}

/** Results hold for one build and one set of faults: either changed, and they begin anew. */
function stamp(): string {
  const hash = createHash('sha256');
  for (const folder of ['build/server', 'build/worker', 'chaos', 'sandbox']) {
    const files = readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    for (const path of paths.sort()) hash.update(path.slice(projectRoot.length)).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}

/** @returns null when it ended without a result; what it says meanwhile stands on standard error */
function runSeed(seed: number): Promise<ChaosResult | null> {
  const tsx = join(projectRoot, 'node_modules', '.bin', 'tsx');
  const size = ['--rounds', '3', '--planned', String(PLANNED_PER_ROUND)];
  const args = [tsx, 'scripts/chaos.ts', '--seed', String(seed), ...size, '--json'];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (part: Buffer) => {
    told += part.toString('utf8');
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', () => {
      try {
        resolve(JSON.parse(told.trim().split('\n').at(-1) ?? '') as ChaosResult);
      } catch {
        resolve(null);
      }
    });
  });
}
