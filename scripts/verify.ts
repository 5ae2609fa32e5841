/** `npm run verify`: everything, however long it takes: all of `npm test`, then the long checks in `tests/long`. */
import { allPass } from './testing/count';
import { runTool } from './testing/run-tool';
import { vitestPart } from './testing/vitest-part';

const tested = await runTool('tsx', ['scripts/test.ts']);
process.stdout.write('\n── Long checks\n');
const long = await vitestPart('long', {});
process.stdout.write(
  `\nnpm test: ${tested ? 'passed' : 'failed'}. Long checks: ${long.passed} passed, ${long.failed} failed\n`,
);
process.exitCode = tested && allPass(long) ? 0 : 1;
