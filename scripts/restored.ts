/**
 * `npm run restored -- --copy-from 2026-11-22T09:00:00Z`: after the database was restored from a copy and before the workers
 * are started, holds what may have been sent since. `--stopped-at` says when the last worker stopped, `--env-file FILE`
 * reads the settings from a file.
 */
import { runRestoredWith } from '../app/restored';

await runRestoredWith(process.argv.slice(2));
