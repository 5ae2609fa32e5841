/** A page's answer begins before its data is read, where nothing can become of it but that page. */
import postgres from 'postgres';
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { runningStack } from '../setup/stack';
import { enterWorld } from './enter-world';

const world = await enterWorld();
const { appUrl, databases } = runningStack();
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'early' });
  await store.install();
  await world.settle();
});

/** A page as Shopify's admin opens it in its frame. */
async function open(path: string, wish = {}): Promise<Response> {
  const { idToken } = await world.sandbox.post<{ idToken: string }>(
    `/control/api/shops/${store.domain}/id-token`,
    wish,
  );
  const host = Buffer.from(`admin.shopify.com/store/${store.domain}`).toString('base64');
  const query = new URLSearchParams({ embedded: '1', shop: store.domain, host, id_token: idToken });
  return fetch(`${appUrl}${path}?${query}`, {
    redirect: 'manual',
    headers: { 'user-agent': BROWSER, accept: 'text/html' },
    signal: AbortSignal.timeout(10_000),
  });
}

const preloads = (answer: Response) => answer.headers.get('link') ?? '';

it('names styles and App Bridge while what it shows cannot be read yet', async () => {
  const sql = postgres(databases.owner, { max: 1, onnotice: () => {} });
  try {
    const answer = await sql.begin(async (tx) => {
      await tx`lock table daily_counts in access exclusive mode`;
      return open('/app');
    });
    expect(answer.status).toBe(200);
    expect(preloads(answer)).toMatch(
      /^<\/assets\/admin-[^>]+\.css>; rel=preload; as=style, <[^>]+app-bridge\.js>; rel=preload; as=script$/,
    );
    expect(answer.headers.get('content-security-policy')).toContain(` https://${store.domain} `);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toMatch(/^<!DOCTYPE html>.*<h1.*<\/html>$/s);
  } finally {
    await sql.end();
  }
});

it('waits where the page may not be there, and says so with its status', async () => {
  for (const path of ['/app/customers/4711', '/app/scenarios/nothing', '/app/no-such-page']) {
    const answer = await open(path);
    expect([path, answer.status, preloads(answer)]).toEqual([path, 404, expect.not.stringContaining('.css')]);
  }
});

it('begins for a customer and a scenario that are there', async () => {
  const lea = await store.shopper({ email: 'lea-of-early@example.com', firstName: 'Léa' });
  await world.settle();
  for (const path of [`/app/customers/${lea.id()}`, '/app/scenarios/welcome'])
    expect([path, preloads(await open(path))]).toEqual([path, expect.stringContaining('.css')]);
});

it('waits for whoever may not come in', async () => {
  for (const wish of [{ lifetimeSeconds: -120 }, { secret: 'not-the-secret' }])
    expect(preloads(await open('/app', wish))).not.toContain('.css');
});
