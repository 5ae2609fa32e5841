/**
 * Where the database of a profile lies. Beside the other data of the profile, unless this is root in a folder that
 * other users cannot enter (`/root`, `mktemp -d`): then under `/var/lib/relance`, where it survives a restart.
 */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { profileDir, projectRoot } from '../paths';

/** A folder that root makes in a place for everyone; refused when someone else laid something there first. */
function ownFolder(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const found = lstatSync(dir);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${dir} belongs to someone else. Remove it and start again.`);
  }
  chmodSync(dir, 0o755);
  return dir;
}

/** The folder outside the clone, for root only. The temporary folder serves where `/var/lib` is read-only. */
export function outsideDir(): string {
  try {
    return ownFolder('/var/lib/relance');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EROFS' && code !== 'EACCES' && code !== 'ENOENT') throw error;
    return ownFolder(join(tmpdir(), 'relance-root'));
  }
}

/** Every user may pass through this folder and all above it. */
function othersMayPass(dir: string): boolean {
  const open = (lstatSync(dir).mode & 0o001) !== 0;
  return open && (dirname(dir) === dir || othersMayPass(dirname(dir)));
}

/** Databases of clones that are gone (a deleted `mktemp -d`) would otherwise stay for ever. */
function removeAbandoned(outside: string): void {
  for (const name of readdirSync(outside).filter((entry) => entry.startsWith('data-'))) {
    const note = join(outside, name, 'clone');
    if (existsSync(note) && !existsSync(readFileSync(note, 'utf8'))) {
      rmSync(join(outside, name), { recursive: true, force: true });
    }
  }
}

/** The folder that holds the `postgres` data folder of a profile; exists afterwards. */
export function databaseHome(profile: string, runsAsAnotherUser: boolean): string {
  const inside = profileDir(profile);
  if (!runsAsAnotherUser || othersMayPass(projectRoot)) {
    mkdirSync(inside, { recursive: true });
    return inside;
  }
  const outside = outsideDir();
  removeAbandoned(outside);
  const name = createHash('sha256').update(`${projectRoot}\n${profile}`).digest('hex').slice(0, 16);
  const home = ownFolder(join(outside, `data-${name}`));
  writeFileSync(join(home, 'clone'), projectRoot);
  return home;
}
