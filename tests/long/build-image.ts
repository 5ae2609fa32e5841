/** Carries out the Dockerfile's stages in folders, each standing for the `/app` of one image. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/local/paths';
import { parseDockerfile, type Stage } from './dockerfile';

export interface Image {
  /** Stands for `/app` of the last stage. */
  dir: string;
  stage: Stage;
  /** The variables a container of it starts with. */
  env: Record<string, string>;
}

/** What of the project Docker would see: all but what `.dockerignore` names at the top. */
function copyContext(target: string): void {
  const ignored = readFileSync(join(projectRoot, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  const hidden = ignored.filter((name) => !name.includes('*')).map((name) => join(projectRoot, name));
  cpSync(projectRoot, target, {
    recursive: true,
    filter: (source) => !hidden.includes(source) && !source.endsWith('.log'),
  });
}

/** PATH with nothing of ours: the machine's tools, and `node` as the image has it (24, npm's own). */
function imagePath(parent: string): string {
  const bin = join(parent, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const machine = (process.env.PATH ?? '').split(':').filter((part) => !part.includes('node_modules'));
  return [bin, ...machine].join(':');
}

function runStep(command: string, dir: string, env: Record<string, string>): void {
  const result = spawnSync('/bin/sh', ['-c', command], { cwd: dir, env: env as NodeJS.ProcessEnv, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`RUN ${command}\n${result.stdout}\n${result.stderr}`);
}

/** Builds the last stage of the project's Dockerfile below `parent`. */
export function buildImage(parent: string): Image {
  const machine = { PATH: imagePath(parent), HOME: process.env.HOME ?? '/root' };
  const dirs = new Map<string, string>();
  const stages = parseDockerfile(readFileSync(join(projectRoot, 'Dockerfile'), 'utf8'));
  for (const [index, stage] of stages.entries()) {
    const dir = join(parent, stage.name ?? `stage-${index}`);
    mkdirSync(dir);
    dirs.set(stage.name ?? `stage-${index}`, dir);
    for (const step of stage.steps) {
      if (step.kind === 'run') runStep(step.command, dir, { ...machine, ...stage.env });
      else for (const source of step.sources) copyInto({ dir, dirs, from: step.from, source, target: step.target });
    }
  }
  const stage = stages.at(-1);
  if (!stage) throw new Error('The Dockerfile is empty.');
  return { dir: dirs.get(stage.name ?? `stage-${stages.length - 1}`) ?? '', stage, env: { ...machine, ...stage.env } };
}

function copyInto(copy: {
  dir: string;
  dirs: Map<string, string>;
  from: string | undefined;
  source: string;
  target: string;
}): void {
  const { dir, dirs, from, source, target } = copy;
  if (source === '.') {
    copyContext(dir);
    return;
  }
  const origin = from ? join(dirs.get(from) ?? '', source.replace(/^\/app\//, '')) : join(projectRoot, source);
  const place = target === './' ? join(dir, source) : join(dir, target);
  cpSync(origin, place, { recursive: true, verbatimSymlinks: true });
}
