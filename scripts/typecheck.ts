/** `npm run typecheck`: the types of the whole project. */
import { runTool } from './testing/run-tool';

process.exitCode = (await runTool('tsc', ['--noEmit'])) ? 0 : 1;
