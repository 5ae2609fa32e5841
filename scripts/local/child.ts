/** Starts one part of the local system as a process of its own and ends it again; used by `stack.ts`. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from './paths';

/** How long a part may take to finish what it is doing once it is asked to end. */
const GRACE_MS = 8000;

export interface ChildOptions {
  /** What a person calls it: `worker`. */
  name: string;
  /** Script below the project root; it calls `announceReady` when it is up. */
  script: string;
  env: Record<string, string>;
  logFile: string;
  /** How long it may take to finish once it is asked to end, before it is killed; some seconds by default. */
  graceMs?: number;
}

export interface Child {
  name: string;
  logFile: string;
  /** Settles once with how it ended, wanted or not. */
  exited: Promise<string>;
  stop(): Promise<void>;
  /** Ends it like a crash: nothing is finished, nothing is told. */
  kill(): Promise<void>;
}

/** The last lines a part wrote, for the moment it dies. */
export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** Variables a part inherits from the machine: everything else it gets is ours, so no stray setting changes a run. */
const INHERITED = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'LANG',
  'TERM',
  'SystemRoot',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
];

function environment(own: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), NODE_ENV: 'production', TZ: 'UTC', ...own };
}

/**
 * Starts a part and waits until it says that it is ready.
 * It stands in a process group of its own, so that Ctrl-C reaches only the one who ends the parts in order; when that one
 * is killed, the broken channel ends the part (`announceReady`).
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openSync(options.logFile, 'w');
  const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, options.script)], {
    cwd: projectRoot,
    env: environment(options.env),
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  const ready = new Promise<'ready'>((resolve) => child.once('message', () => resolve('ready')));
  const outcome = await Promise.race([ready, exited]);
  if (outcome !== 'ready') throw new Error(describeEnd(options, outcome));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), options.graceMs ?? GRACE_MS);
    await exited;
    clearTimeout(timer);
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return { name: options.name, logFile: options.logFile, exited, stop, kill };
}

/** One clear line, then what the part wrote last. */
export function describeEnd(part: { name: string; logFile: string }, how: string): string {
  const file = relative(projectRoot, part.logFile);
  return `The ${part.name} ended (${how}). Its last lines, from ${file}:\n${lastLines(part.logFile)}`;
}
