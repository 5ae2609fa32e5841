/** `npm run build`: builds the admin pages and both processes into `build/`, unless they are of these very sources. */
import { buildWhenNeeded } from './local/build';
import { showProgress } from './local/progress';

await buildWhenNeeded(showProgress(process.stderr));
