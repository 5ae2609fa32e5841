/** What a person needs of the output of a build that failed: the error, not what came before it nor the tool's own stack. */
import { stripVTControlCharacters } from 'node:util';

const MOST_LINES = 40;

/** @param output everything the tool printed */
export function tellingLines(output: string): string {
  const lines = stripVTControlCharacters(output).trimEnd().split('\n');
  const failed = lines.findLastIndex((line) => line.includes('Build failed'));
  if (failed === -1) return lines.slice(-MOST_LINES).join('\n');
  const told = lines.slice(failed + 1);
  const stack = told.findIndex((line) => /^ {4}at /.test(line));
  return told
    .slice(0, stack === -1 ? MOST_LINES : Math.min(stack, MOST_LINES))
    .join('\n')
    .trimEnd();
}
