/** Where things lie on this machine; every script and test set-up asks here. */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Unpacked tools and build stamps: can be deleted at any time, goes with `node_modules`. */
export const cacheDir = join(projectRoot, 'node_modules', '.cache', 'relance');

/** The git-ignored folder of one set of local data (`demo`, `story`, `test`, …): settings, logs, database, sandbox. */
export function profileDir(profile: string): string {
  return join(projectRoot, '.relance', profile);
}

/**
 * Makes a profile's folder and its logs. As root the database runs as another user and passes through these folders:
 * their modes are set whatever the umask; the secrets inside are files of mode 0600.
 */
export function makeProfileDir(profile: string): string {
  const dir = profileDir(profile);
  mkdirSync(join(dir, 'logs'), { recursive: true });
  for (const folder of [dirname(dir), dir]) chmodSync(folder, 0o755);
  return dir;
}
