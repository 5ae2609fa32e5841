/** `shopify app dev` as far as it can be had without Shopify: the command of shopify.web.toml, with the variables its CLI sets. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../scripts/local/free-port';
import { profileDir, projectRoot } from '../../scripts/local/paths';
import { removeProfile } from '../../scripts/local/reset';

const PROFILE = `test-${process.pid}-shopify`;
const TUNNEL = 'https://some-words.trycloudflare.com';
let port: number;
let dev: ChildProcess;
let output = '';

const command = (): string[] => {
  const toml = readFileSync(join(projectRoot, 'shopify.web.toml'), 'utf8');
  return (/^dev = "(.+)"$/m.exec(toml)?.[1] ?? '').split(' ');
};

beforeAll(async () => {
  port = await findFreePort(0);
  const [program = '', ...args] = command();
  dev = spawn(program, args, {
    cwd: projectRoot,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      PORT: String(port),
      SERVER_PORT: String(port),
      FRONTEND_PORT: String(port),
      BACKEND_PORT: String(await findFreePort(0, [port])),
      HOST: TUNNEL,
      APP_URL: TUNNEL,
      REMIX_DEV_ORIGIN: TUNNEL,
      SHOPIFY_API_KEY: 'an-api-key',
      SHOPIFY_API_SECRET: 'a-secret',
      SCOPES: 'read_orders',
      RELANCE_PROFILE: PROFILE,
    },
  });
  for (const stream of [dev.stdout, dev.stderr])
    stream?.on('data', (bytes) => {
      output += bytes;
    });
});

afterAll(async () => {
  dev.kill('SIGKILL');
  await removeProfile(PROFILE);
});

const health = async () =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    (answer) => answer.status,
    () => 'nobody',
  );

test('the web process answers where the CLI expects it, and the worker works', async () => {
  await expect.poll(health, { timeout: 300_000, interval: 500, message: output }).toBe(200);
  const workerLog = () => readFileSync(join(profileDir(PROFILE), 'logs', 'worker.log'), 'utf8');
  await expect.poll(workerLog, { timeout: 30_000 }).toContain('worker.started');
});

test('a merchant who opens the app is sent for an id token and back to the page by the tunnel’s address', async () => {
  const host = Buffer.from('admin.shopify.com/store/some-store').toString('base64url');
  const query = new URLSearchParams({ shop: 'some-store.myshopify.com', host, embedded: '1' });
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36' };
  const answer = await fetch(`http://127.0.0.1:${port}/app?${query}`, { headers, redirect: 'manual' });
  expect(answer.status).toBe(302);
  const to = new URL(answer.headers.get('location') ?? '', TUNNEL);
  expect(to.searchParams.get('shopify-reload')).toContain(`${TUNNEL}/app?`);
});

test('Ctrl-C ends all of it', async () => {
  const ended = once(dev, 'exit');
  dev.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(await health()).toBe('nobody');
});
