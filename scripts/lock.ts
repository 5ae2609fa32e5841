/**
 * `npm run lock`: adds what npm left out of package-lock.json because the registry at hand lacked it, so that `npm ci`
 * accepts the file everywhere. Run it after a change of the dependencies.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './local/paths';
import { type LockFile, missingOptionals, platformEntry } from './lock/lock-file';

const file = join(projectRoot, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as LockFile;
const missing = missingOptionals(lock);
for (const one of missing) {
  const entry = platformEntry(one, lock.packages[one.askedBy]?.dev === true);
  if (!entry) throw new Error(`${one.askedBy} asks for ${one.name}@${one.version}: not a platform package.`);
  lock.packages[`node_modules/${one.name}`] = entry;
}
if (missing.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
process.stdout.write(`${missing.length} platform packages added to package-lock.json.\n`);
