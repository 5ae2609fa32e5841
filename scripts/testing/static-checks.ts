/** The checks that only read the code; parts of `npm test` and `npm run check`. Each tool counts as one check. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../local/paths';
import type { Count } from './count';
import { runTool, STANDARD_OUTPUT } from './run-tool';

const CODE = ['app', 'sandbox', 'scripts', 'tests', 'bench', 'chaos', 'extensions'];

const counted = (results: boolean[]): Count => ({
  passed: results.filter(Boolean).length,
  failed: results.filter((ok) => !ok).length,
});

export async function formatAndLint(output = STANDARD_OUTPUT): Promise<Count> {
  const folders = CODE.filter((folder) => existsSync(join(projectRoot, folder)));
  const style = await runTool('biome', ['ci', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.'], { output });
  const imports = await runTool('depcruise', [...folders, '--config', '.dependency-cruiser.cjs'], { output });
  return counted([style, imports]);
}

export async function types(output = STANDARD_OUTPUT): Promise<Count> {
  return counted([await runTool('tsc', ['--noEmit'], { output })]);
}
