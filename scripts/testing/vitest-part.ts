/** Runs one vitest project as a part of `npm test` and counts its tests exactly. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../local/paths';
import type { Count } from './count';
import { runTool, type ToolPlace } from './run-tool';

/** What we read of vitest's JSON report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/**
 * Tests that passed and failed. A file that broke before its tests could run (an import, a hook) counts as one failure,
 * and so does a run that ended badly with nothing else to show for it.
 */
export function countReport(report: Report, endedWell: boolean): Count {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return { passed: report.numPassedTests, failed: failed === 0 && !endedWell ? 1 : failed };
}

/** @param place its `env` is handed to the tests: where a running server or stack is */
export async function vitestPart(project: string, place: ToolPlace): Promise<Count> {
  const file = join(cacheDir, `report-${project}-${process.pid}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const endedWell = await runTool('vitest', ['run', '--project', project, ...reporters], place);
  if (!existsSync(file)) throw new Error(`The ${project} tests ended without a report.`);
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  rmSync(file);
  const count = countReport(report, endedWell);
  if (count.passed + count.failed === 0) throw new Error(`The ${project} part ran no test at all.`);
  return count;
}
