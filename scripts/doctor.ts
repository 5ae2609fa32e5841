/**
 * `npm run doctor`: checks settings, database, queue, SendGrid and the Shopify app, and tells what to mend; ends with 1 when
 * something has to be. `-- --env-file FILE` reads the settings from a file, `-- --toml FILE` another app configuration.
 */
import { parseArgs } from 'node:util';
import { runDoctor } from '../app/doctor';

const { values } = parseArgs({ options: { 'env-file': { type: 'string' }, toml: { type: 'string' } } });
if (values['env-file'] !== undefined) process.loadEnvFile(values['env-file']);
await runDoctor({ env: process.env, ...(values.toml === undefined ? {} : { toml: values.toml }) });
