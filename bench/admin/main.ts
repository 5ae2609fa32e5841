/**
 * `admin`: with 100,000 customers and 1,000,000 messages, how long the web process takes to answer for the data of each
 * page, against a page whose loader reads one row (`web.ts`). Both come through the same door and the same frame. The
 * figure is the slowest page's median, the ratio that over the baseline's median: at most 3.
 */
import { Client } from 'undici';
import { issueIdToken } from '../../sandbox/shopify/id-token';
import { benchSettings, built, LOOPBACK, startWeb } from '../app-process';
import { type BenchServer, startBenchServer } from '../database';
import { type Measured, measure, median, say, short, sizeOr } from '../measured';
import { domainOf } from '../seed/shops';
import { seedYear } from './seed';

const CUSTOMERS = 100_000;
const ROUNDS = 40;
const WARM_UP = 8;
const BASELINE = '/app/bench-row';
const PAGES = [
  '/app',
  '/app/scenarios',
  '/app/scenarios/welcome',
  '/app/scenarios/abandoned-checkout',
  '/app/scenarios/birthday',
  '/app/scenarios/win-back',
  '/app/scenarios/vip',
  '/app/customers',
  '/app/customers?q=cam',
  '/app/customers?q=durand-471',
  '/app/customers?q=c471@shop.example',
  '/app/customers/c471',
  '/app/settings/privacy',
  '/app/settings',
  '/app/settings/brand',
  '/app/settings/domain',
  '/app/settings/refusals',
  '/app/restored',
] as const;

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0 Safari/537.36';

function headers(): Record<string, string> {
  const { apiKey, apiSecret } = benchSettings().shopify;
  const token = issueIdToken({ apiKey, apiSecret, shop: domainOf(1), userId: '1', lifetimeSeconds: 3600 });
  return { authorization: `Bearer ${token}`, 'user-agent': BROWSER, accept: '*/*' };
}

/** The address Remix's client asks for a page's data. */
function dataPath(page: string): string {
  const [path = '', query] = page.split('?');
  return `${path}.data${query ? `?${query}` : ''}`;
}

/** Pages in turn, again and again, so that whatever else the machine does falls on all alike. */
async function ask(port: number): Promise<Map<string, number[]>> {
  const client = new Client(`http://${LOOPBACK}:${port}`);
  const times = new Map<string, number[]>([BASELINE, ...PAGES].map((page) => [page, []]));
  const sent = headers();
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [page, of] of times) {
      const started = performance.now();
      const answer = await client.request({ method: 'GET', path: dataPath(page), headers: sent });
      const body = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${page} answered ${answer.statusCode}: ${body.slice(0, 300)}`);
      if (round >= WARM_UP) of.push(performance.now() - started);
    }
  }
  await client.close();
  return times;
}

async function compare(server: BenchServer): Promise<Measured> {
  await seedYear(server, sizeOr(CUSTOMERS));
  const web = await startWeb({ urls: server.main.urls, logDir: server.logDir }, 'bench/admin/web.ts');
  try {
    const medians = new Map([...(await ask(web.port))].map(([page, times]) => [page, median(times)]));
    const baseline = medians.get(BASELINE) ?? 0;
    medians.delete(BASELINE);
    for (const [page, ms] of medians) say(`${page}: ${short(ms)} ms, ${short(ms / baseline)} times`);
    const slowest = Math.max(...medians.values());
    const each = [...medians].map(([page, ms]) => `\`${page}\` ${short(ms)} ms`).join(', ');
    return { value: slowest, baseline, notes: [`median of each page: ${each}; one row ${short(baseline)} ms`] };
  } finally {
    await web.stop();
  }
}

async function run(): Promise<Measured> {
  await built();
  const server = await startBenchServer();
  try {
    return await compare(server);
  } finally {
    await server.stop();
  }
}

await measure(run);
