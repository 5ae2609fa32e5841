/**
 * Launcher of every npm script: installs the packages when the lock file asks for it, then runs `scripts/<command>.ts`
 * on the Node that npm installed. Needs nothing but Node 20, so that a fresh clone starts with one command.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.relance-stamp');
const windows = process.platform === 'win32';
const node = join(modules, windows ? 'node/bin/node.exe' : '.bin/node');

/** What an installed `node_modules` depends on. The machine's own Node does not count: nothing but this file runs on it. */
function wantedStamp() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** npm's Node has to start: it does not when the folder came from another machine or an install broke off. */
function nodeStarts() {
  return existsSync(node) && spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Whether npm's own record of what lies in `node_modules` agrees with the lock file, as after a plain `npm install`. */
function installedByHand() {
  const recorded = read(join(modules, '.package-lock.json'));
  if (!recorded) return false;
  const installed = JSON.parse(recorded).packages;
  const wanted = JSON.parse(read(join(root, 'package-lock.json'))).packages;
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === '') return true;
    return installed[place] ? installed[place].version === version : optional === true;
  });
}

function needsInstall(stamp) {
  if (!nodeStarts()) return true;
  if (read(stampFile) === stamp) return false;
  if (!installedByHand()) return true;
  writeFileSync(stampFile, stamp);
  return false;
}

/** PATH without our own `.bin`: `npm ci` deletes it under the feet of whoever runs from there. */
function pathWithoutModules() {
  const parts = (process.env.PATH ?? '').split(delimiter);
  return parts.filter((part) => !part.startsWith(modules)).join(delimiter);
}

/** A line that counts the seconds, on standard error so that `--json` output stays clean. */
function showProgress(text) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const terminal = process.stderr.isTTY;
  process.stderr.write(terminal ? text : `${text}\n`);
  const every = terminal ? 1000 : 15_000;
  const timer = setInterval(() => {
    process.stderr.write(terminal ? `\r${text} ${seconds()} s` : `  … ${seconds()} s\n`);
  }, every);
  return (outcome) => {
    clearInterval(timer);
    process.stderr.write(`${terminal ? `\r${text} ` : '  '}${outcome} (${seconds()} s)\n`);
  };
}

/** Runs `npm ci` whatever the caller's npm settings leave out (development packages, install scripts). */
function install() {
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts=false',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  ];
  const env = { ...process.env, PATH: pathWithoutModules(), DO_NOT_TRACK: '1' };
  // npm hands its own flags down as variables; a `--silent` or `--json` of the outer call is not meant for this one.
  for (const name of ['npm_config_loglevel', 'npm_config_json', 'npm_config_dry_run']) delete env[name];
  const end = showProgress('Installing packages (first start only) …');
  let output = '';
  const child = spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windows });
  child.stdout.on('data', (bytes) => (output += bytes));
  child.stderr.on('data', (bytes) => (output += bytes));
  forwardSignals(child);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, output: String(error), end }));
    child.on('close', (code) => resolve({ ok: code === 0, output, end }));
  });
}

function forwardSignals(child) {
  const forward = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  child.on('exit', () => {
    for (const signal of signals) process.off(signal, forward);
  });
}

async function installWhenNeeded() {
  const stamp = wantedStamp();
  if (!needsInstall(stamp)) return;
  const { ok, output, end } = await install();
  end(ok ? 'done' : 'failed');
  if (ok && nodeStarts()) {
    mkdirSync(modules, { recursive: true });
    writeFileSync(stampFile, stamp);
    return;
  }
  const telling = output.split('\n').filter((line) => !line.startsWith('npm warn'));
  process.stderr.write(`${telling.slice(0, 40).join('\n')}\n`);
  process.stderr.write(ok ? `The Node in ${node} does not start.\n` : 'npm ci failed: see the lines above.\n');
  process.exit(1);
}

function runCommand(command, args) {
  const env = { ...process.env, PATH: `${join(modules, '.bin')}${delimiter}${pathWithoutModules()}` };
  const script = join(root, 'scripts', `${command}.ts`);
  const child = spawn(node, ['--import', 'tsx', script, ...args], { cwd: root, env, stdio: 'inherit' });
  forwardSignals(child);
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}

const [command, ...args] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(`Relance needs Node 20 or newer; this is ${process.version}.\n`);
  process.exit(1);
}
if (!command || !/^[a-z-]+$/.test(command) || !existsSync(join(root, 'scripts', `${command}.ts`))) {
  process.stderr.write('Usage: node scripts/run.mjs <command>; the commands are the .ts files in scripts/.\n');
  process.exit(1);
}
await installWhenNeeded();
runCommand(command, args);
