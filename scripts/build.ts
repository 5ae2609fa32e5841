/** `npm run build`: builds the admin pages and both processes into `build/`, unless they are of these very sources. */
import { buildWhenNeeded } from './local/build';
import { showProgress } from './local/progress';
import { runCommand } from './local/until-asked';

await runCommand(() => buildWhenNeeded(showProgress(process.stderr)));
