/** The app's web process as the audit runs it: that of every local run (`scripts/local/web.ts`) with an empty page more. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../local/paths';
import { addEmptyPage, type RemixBundle } from './empty-page';

// The web process takes this very module when it loads its pages.
const bundle = pathToFileURL(join(projectRoot, 'build', 'server', 'remix.js')).href;
addEmptyPage((await import(bundle)) as RemixBundle);
await import('../local/web');
