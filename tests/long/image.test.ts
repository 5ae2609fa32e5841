/** Stands in for `docker build` and `docker run`: the Dockerfile's steps in folders, its commands as another user. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../scripts/local/free-port';
import { roleUrls } from '../../scripts/local/postgres/roles';
import { unprivilegedUser } from '../../scripts/local/postgres/unprivileged-user';
import { startTestServer, type TestServer } from '../setup/test-server';
import { buildImage, type Image } from './build-image';

let parent: string;
let image: Image;
let server: TestServer;
let stopServer: () => Promise<void>;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'relance-image-'));
  chmodSync(parent, 0o755);
  image = buildImage(parent);
  ({ server, stop: stopServer } = await startTestServer());
});

afterAll(async () => {
  await stopServer?.();
  rmSync(parent, { recursive: true, force: true });
});

/** What an operator sets, beside what the image brings. */
async function settings(): Promise<Record<string, string>> {
  const port = await findFreePort(0);
  const urls = roleUrls(server);
  return {
    ...image.env,
    PORT: String(port),
    DATABASE_URL: urls.app,
    WORKER_DATABASE_URL: urls.worker,
    OWNER_DATABASE_URL: urls.owner,
    SHOPIFY_API_KEY: 'key',
    SHOPIFY_API_SECRET: 'secret',
    SHOPIFY_APP_URL: 'https://relance.example',
    SCOPES: 'read_orders',
    ENCRYPTION_KEYS: `a:${Buffer.alloc(32, 1).toString('base64')}`,
    LINK_SECRET: 'a secret that is long enough for links',
  };
}

/** The container's user: not root, wherever the test is root. */
const user = unprivilegedUser() ?? {};

function start(command: string[], env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: image.dir, env: env as NodeJS.ProcessEnv, ...user });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes) => {
      output += bytes;
    });
  return { child, output: () => output };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', (code) => resolve(code)));
}

test('the image runs as an ordinary user on the Node it names', () => {
  expect(image.stage.user).toBe('node');
  expect(image.stage.base).toMatch(/^node:24/);
});

test('the migrations run from the image, twice without harm', async () => {
  const env = await settings();
  for (let turn = 0; turn < 2; turn++) {
    const { child, output } = start(['node', 'build/migrate/index.js'], env);
    expect(await ended(child), output()).toBe(0);
  }
});

test('the web process comes up healthy, and ends when asked to', async () => {
  const env = await settings();
  const { child, output } = start(image.stage.command ?? [], env);
  const end = ended(child);
  const [program = '', ...args] = image.stage.health ?? [];
  const healthy = () =>
    spawnSync(program, args, { cwd: image.dir, env: env as NodeJS.ProcessEnv, ...user }).status === 0;
  await expect.poll(healthy, { timeout: 20_000, interval: 300, message: output() }).toBe(true);
  child.kill('SIGTERM');
  expect(await end, output()).toBe(0);
  expect(healthy()).toBe(false);
});

test('the worker comes up from the same image, and ends when asked to', async () => {
  const { child, output } = start(['node', 'build/worker/index.js'], await settings());
  const end = ended(child);
  await expect.poll(output, { timeout: 20_000, interval: 100 }).toContain('worker.started');
  child.kill('SIGTERM');
  expect(await end, output()).toBe(0);
});
