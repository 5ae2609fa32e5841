/** Runs an installed tool with its output on our standard output or in a file, which alone keeps the order of the lines. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../local/paths';

/** Control characters only where a person reads them. */
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };

/** The number of the open file a process prints into. */
export const STANDARD_OUTPUT = 1;

export interface ToolPlace {
  env?: Record<string, string>;
  /** The open file that takes what it prints; our standard output when absent. */
  output?: number;
}

/** @returns whether the tool ended with exit code 0 */
export function runTool(
  tool: string,
  args: string[],
  { env = {}, output = STANDARD_OUTPUT }: ToolPlace = {},
): Promise<boolean> {
  const file = join(projectRoot, 'node_modules', '.bin', tool);
  const child = spawn(process.execPath, [file, ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...plain, ...env },
    stdio: ['ignore', output, output],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
