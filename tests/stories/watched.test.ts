/** What those who run it see: both processes ready, their figures moving with what happens, and nobody's address anywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { type Store, switchOn } from '../harness/store';
import { runningStack } from '../setup/stack';
import { enterWorld } from './enter-world';

const world = await enterWorld();
const { appUrl, workerUrl, logDir } = runningStack();
let store: Store;

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'watched' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome');
}, 60_000);

async function figures(url: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

it('both processes live and are ready', async () => {
  for (const url of [appUrl, workerUrl]) {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true });
  }
});

it('a subscription is counted where it came in, and its e-mail where it went out', async () => {
  const [web, worker] = [await figures(appUrl), await figures(workerUrl)];
  const email = `counted@${store.domain.replace('.myshopify.com', '.example')}`;
  await store.stranger({ email, firstName: 'Perpetua' }).subscribe();
  await world.settle();
  const [webAfter, workerAfter] = [await figures(appUrl), await figures(workerUrl)];
  const more = (before: Map<string, number>, after: Map<string, number>, name: string) =>
    (after.get(name) ?? Number.NaN) - (before.get(name) ?? Number.NaN);
  expect(more(web, webAfter, 'relance_events_accepted_total{source="shopify"}')).toBeGreaterThan(0);
  expect(more(web, webAfter, 'relance_events_accepted_total{source="sendgrid"}')).toBeGreaterThan(0);
  expect(more(worker, workerAfter, 'relance_messages_sent_total')).toBe(1);
  expect(more(worker, workerAfter, 'relance_messages_looked_at_total{verdict="claimed"}')).toBe(1);
  expect(more(worker, workerAfter, 'relance_enrollments_advanced_total')).toBeGreaterThan(0);
  expect(more(worker, workerAfter, 'relance_provider_errors_total{outcome="unsettled"}')).toBe(0);
  // At rest: nothing of the shop is due, whichever process is asked.
  for (const after of [webAfter, workerAfter]) {
    expect(after.get('relance_database_up')).toBe(1);
    expect(after.get('relance_due{kind="message"}')).toBeGreaterThanOrEqual(0);
    expect(after.has(`relance_shop_lag_seconds{shop="${store.shopId()}"}`)).toBe(false);
  }
  for (const name of ['web', 'worker']) {
    const log = readFileSync(join(logDir, `${name}.log`), 'utf8');
    expect(log).toContain('"event":');
    expect(log).not.toContain(email);
    expect(log).not.toContain('Perpetua');
  }
});

function linesOf(...names: string[]): Record<string, unknown>[] {
  return names
    .flatMap((name) => readFileSync(join(logDir, `${name}.log`), 'utf8').split('\n'))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('each line of the logs is an outcome told in the documented keys', async () => {
  const docs = readFileSync('docs/operations.md', 'utf8');
  const table = /^## The log$.*?(?=^### )/ms.exec(docs)?.[0] ?? '';
  const known = new Set(
    [...table.matchAll(/^\| (`[^|]*) \|/gm)].flatMap((row) =>
      [...(row[1] ?? '').matchAll(/`(\w+)`/g)].map((one) => one[1]),
    ),
  );
  const stages = ['webhook.stored', 'event.routed', 'enrollments.advanced', 'messages.looked-at', 'batch.handed-over'];
  // Lines wait for each other before they are written.
  const lines = await vi.waitFor(() => {
    const written = linesOf('web', 'worker');
    const ofShop = new Set(written.filter((line) => line.shopId === store.shopId()).map((line) => line.event));
    for (const stage of stages) expect(ofShop).toContain(stage);
    return written;
  }, 5000);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => typeof line.event !== 'string')).toEqual([]);
  expect([...new Set(lines.flatMap((line) => Object.keys(line)))].filter((key) => !known.has(key))).toEqual([]);
});

it('is counted as an error of the provider when SendGrid refuses to take it', async () => {
  const before = await figures(workerUrl);
  await world.mailTrouble({ send: [{ kind: 'answer', status: 503, times: 1 }] });
  await store.stranger({ email: `later@${store.domain.replace('.myshopify.com', '.example')}` }).subscribe();
  await world.settle();
  await world.mailTrouble(null);
  const after = await figures(workerUrl);
  const name = 'relance_provider_errors_total{outcome="not-taken"}';
  expect((after.get(name) ?? 0) - (before.get(name) ?? 0)).toBeGreaterThan(0);
});
