/** Runs an installed tool with its output on our standard output, which alone keeps the order of the lines. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../local/paths';

/** Control characters only where a person reads them. */
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };

/** @returns whether the tool ended with exit code 0 */
export function runTool(tool: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const file = join(projectRoot, 'node_modules', '.bin', tool);
  const child = spawn(process.execPath, [file, ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...plain, ...env },
    stdio: ['ignore', 1, 1],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
