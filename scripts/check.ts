/** `npm run check`: what to run before a commit. Format, lint, import rules, types and the pure tests; no database. */
import { allPass, sum } from './testing/count';
import { formatAndLint, types } from './testing/static-checks';
import { vitestPart } from './testing/vitest-part';

const total = sum([await formatAndLint(), await types(), await vitestPart('pure', {})]);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = allPass(total) ? 0 : 1;
