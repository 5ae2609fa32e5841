/** `npm run db:generate`: writes the migration from the last one to the schema in `app/store`. Review it, then commit it. */
import { runTool } from './testing/run-tool';

process.exitCode = (await runTool('drizzle-kit', ['generate', ...process.argv.slice(2)])) ? 0 : 1;
