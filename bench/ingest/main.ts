/**
 * `ingest`: signed checkout webhooks of 3 kB, 100 at a time, one in twenty a duplicate, accepted per second by the app's
 * web process (event and job both committed before the answer), against `bare-server.ts` on the same Postgres. The
 * ratio is the app's rate over the bare server's: at least 1. Both in turn, seven times; the medians count.
 */
import { benchSettings, built, LOOPBACK, startWeb } from '../app-process';
import { type BenchServer, startBenchServer } from '../database';
import { type Measured, measure, median, percentile, say, short, sizeOr } from '../measured';
import { zipfPicker } from '../zipf';
import { type Load, send } from './load';
import { signedWebhooks } from './webhooks';

const AT_ONCE = 100;
/** Many short rounds: whatever else the machine does then falls on both alike. */
const ROUNDS = 7;
const FULL = 6000;
const WARM_UP = 3000;

interface Door {
  origin: string;
  path: string;
}

/** The shop of every webhook: one whose sale begins, or fifty of unequal size. */
const FIFTY = Array.from({ length: FULL }, zipfPicker(50, 7));
const BURSTS: Record<string, (number: number) => string> = {
  'one shop': () => 'one.myshopify.com',
  'fifty shops': (number) => `shop-${FIFTY[number]}.myshopify.com`,
};

async function run(): Promise<Measured> {
  await built();
  const server = await startBenchServer();
  try {
    return await compare(server);
  } finally {
    await server.stop();
  }
}

async function compare({ main, logDir }: BenchServer): Promise<Measured> {
  await main.sql.unsafe(`create table bare_webhooks (shop text not null, topic text not null, webhook_id text not null,
    received_at timestamptz not null default now(), payload text not null, primary key (shop, topic, webhook_id));
    grant select, insert on bare_webhooks to relance_app`);
  const place = { urls: main.urls, logDir };
  const app = await startWeb(place);
  const bare = await startWeb(place, 'bench/ingest/bare-server.ts');
  try {
    const doors = {
      app: { origin: `http://${LOOPBACK}:${app.port}`, path: '/webhooks/shopify' },
      bare: { origin: `http://${LOOPBACK}:${bare.port}`, path: '/' },
    };
    const results = new Map<string, { app: Load[]; bare: Load[] }>();
    for (const burst of Object.keys(BURSTS)) results.set(burst, await alternate(burst, doors));
    await proveStored(main.sql);
    return summary(results);
  } finally {
    await app.stop();
    await bare.stop();
  }
}

/** The same webhooks to both, in turn; which of the two begins changes with every round. */
async function alternate(burst: string, doors: { app: Door; bare: Door }): Promise<{ app: Load[]; bare: Load[] }> {
  const secret = benchSettings().shopify.apiSecret;
  const loads = { app: [] as Load[], bare: [] as Load[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const webhooks = signedWebhooks({
      count: round === 0 ? Math.min(WARM_UP, sizeOr(FULL)) : sizeOr(FULL),
      round: `${burst}-${round}`,
      secret,
      shopOf: BURSTS[burst] ?? (() => ''),
    });
    for (const side of round % 2 ? (['app', 'bare'] as const) : (['bare', 'app'] as const)) {
      const load = await send(doors[side].origin, doors[side].path, webhooks, AT_ONCE);
      if (round === 0) continue;
      loads[side].push(load);
      const p99 = short(percentile(load.latencies, 99));
      say(`${burst}, round ${round}, ${side}: ${short(load.rate)}/s, p99 ${p99} ms`);
    }
  }
  return loads;
}

/** Every event once, each in exactly one job. */
async function proveStored(sql: BenchServer['main']['sql']): Promise<void> {
  const [row] = await sql<{ bare: number; events: number; named: number; alarmed: number; jobs: number }[]>`
    with named as materialized (
      select job.id, (event->>'shopId')::int as shop_id, event->>'source' as source, event->>'topic' as topic,
        event->>'dedupeKey' as dedupe_key
      from pgboss.job, jsonb_array_elements(data->'events') event where name = 'event.route')
    select (select count(*)::int from bare_webhooks) as bare, (select count(*)::int from inbound_events) as events,
      (select count(*)::int from named) as named,
      (select count(*)::int from inbound_events join named using (shop_id, source, topic, dedupe_key)) as alarmed,
      (select count(distinct id)::int from named) as jobs`;
  if (!row || row.events === 0) throw new Error('Nothing was stored');
  if (row.events !== row.bare) throw new Error(`Stored ${row.events} events, the bare server ${row.bare} rows`);
  if (row.named !== row.events || row.alarmed !== row.events)
    throw new Error(`Of ${row.events} events ${row.alarmed} stand in jobs, which name ${row.named}`);
  say(`${short(row.events)} events stored, each once and each in one of ${short(row.jobs)} jobs`);
}

const rateOf = (loads: readonly Load[]) => median(loads.map(({ rate }) => rate));
const p99Of = (loads: readonly Load[]) =>
  percentile(
    loads.flatMap(({ latencies }) => latencies),
    99,
  );

function summary(results: Map<string, { app: Load[]; bare: Load[] }>): Measured {
  const [first] = results.values();
  if (!first) throw new Error('Nothing was measured');
  const notes = [...results].map(([burst, { app, bare }]) => {
    const ratio = rateOf(app) / rateOf(bare);
    return (
      `${burst}: ${short(rateOf(app))}/s against ${short(rateOf(bare))}/s, ratio ${short(ratio)}; ` +
      `p99 ${short(p99Of(app))} ms against ${short(p99Of(bare))} ms`
    );
  });
  return { value: rateOf(first.app), baseline: rateOf(first.bare), notes };
}

await measure(run);
