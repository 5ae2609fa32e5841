/** Builds the app when its sources changed since the last build; called by every command that runs it. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellingLines } from './build-failure';
import { withBuildLock } from './build-lock';
import { projectRoot } from './paths';
import type { Progress } from './progress';

/** Folders and files a build is made of. */
const SOURCE_FOLDERS = ['app', 'public', 'drizzle', 'extensions'];
const SOURCE_FILES = [
  'package-lock.json',
  'remix.config.js',
  'tsconfig.json',
  'vite.config.ts',
  'vite.processes.config.ts',
];

/** What exists when the build is whole. */
const OUTPUTS = ['server/index.js', 'worker/index.js', 'server/remix.js', 'client/assets'];

const buildDir = join(projectRoot, 'build');
const stampFile = join(buildDir, '.sources');

const isSource = (file: string) => !/\.test\.tsx?$|\.md$/.test(file);

function sourceFiles(): string[] {
  const inFolders = SOURCE_FOLDERS.filter((folder) => existsSync(join(projectRoot, folder))).flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isSource(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const single = SOURCE_FILES.map((file) => join(projectRoot, file)).filter((file) => existsSync(file));
  return [...inFolders, ...single].sort();
}

/** A fingerprint of everything a build is made of. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) {
    hash
      .update(`${file.slice(projectRoot.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function isFresh(wanted: string): boolean {
  const whole = OUTPUTS.every((file) => existsSync(join(buildDir, file)));
  return whole && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;
}

/** Runs an installed program to its end; throws with what it printed when it fails. */
function run(program: string, args: string[]): Promise<void> {
  const file = join(projectRoot, 'node_modules', '.bin', program);
  const child = spawn(process.execPath, [file, ...args], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithUs = () => child.kill();
  process.once('exit', endWithUs);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', endWithUs);
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} failed:\n${tellingLines(output)}`));
    });
  });
}

async function build(progress: Progress): Promise<void> {
  const wanted = fingerprint();
  if (isFresh(wanted)) return;
  rmSync(stampFile, { force: true });
  await progress('Building the app', async (note) => {
    note('admin pages');
    await run('remix', ['vite:build']);
    note('web and worker processes');
    await run('vite', ['build', '--config', 'vite.processes.config.ts']);
    note('');
    writeFileSync(stampFile, wanted);
  });
}

/** Builds web and worker unless the last build is of these very sources. */
export function buildWhenNeeded(progress: Progress): Promise<void> {
  return withBuildLock(() => build(progress));
}
