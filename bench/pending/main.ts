/**
 * `pending`: the time in which one worker promotes, claims and finishes 10,000 due enrollments while 1,000,000 others
 * wait, against the same with 10,000 waiting. The ratio is the first time over the second: at most 1.3. Both in turn,
 * three times, each time with enrollments that newly fell due; the medians count.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { built } from '../app-process';
import { type BenchDatabase, type BenchServer, settle, startBenchServer } from '../database';
import { type Measured, measure, median, say, short, sizeOr } from '../measured';
import { NOON, seedShops } from '../seed/shops';
import { startWorker } from '../worker-process';
import { zipfCounts } from '../zipf';

const SHOPS = 50;
const DUE = 10_000;
const FEW = 10_000;
const MANY = 1_000_000;
const ROUNDS = 3;
const LONGEST_MS = 30 * 60_000;

/** Enrollments in win-back's first wait, whose time comes in the weeks after `NOON`. */
async function seedWaiting({ sql }: BenchDatabase, count: number): Promise<void> {
  await seedShops(sql, SHOPS);
  await sql`
    insert into customers (shop_id, id, email, email_key, first_name, locale, country, consent_state)
    select 1 + n % ${SHOPS}::int, 'w' || n, 'w' || n || '@shop.example', 'w' || n || '@shop.example', 'Camille', 'fr', 'FR', 'subscribed'
    from generate_series(1, ${count}::int) n`;
  await sql`
    insert into enrollments (shop_id, scenario, customer_id, occurrence, version, cursor, anchor, started_at, due_at)
    select 1 + n % ${SHOPS}::int, 'win-back', 'w' || n, 'waiting', 1, 'seven-days', ${NOON}, ${NOON},
      ${NOON}::timestamptz + make_interval(mins => 60 + n % 40000) from generate_series(1, ${count}::int) n`;
  await settle(sql);
}

/**
 * Enrollments of unequal shops, due a minute before `NOON`, whose shopper ordered meanwhile: the look at each ends it, so
 * that nothing but the stages measured is at work.
 */
async function seedDue({ sql }: BenchDatabase, round: number): Promise<void> {
  const counts = sql.array(zipfCounts(SHOPS, sizeOr(DUE)));
  const due = sql`unnest(${counts}::int[]) with ordinality as one(amount, shop_id), generate_series(1, amount) n`;
  await sql`
    insert into customers (shop_id, id, email, email_key, first_name, locale, country, consent_state, orders_count)
    select shop_id, 'd' || ${round}::int || '-' || n, 'd' || n || '@shop.example', 'd' || ${round}::int || '-' || n || '@shop.example',
      'Camille', 'fr', 'FR', 'subscribed', 1 from ${due}`;
  await sql`
    insert into orders (shop_id, id, name, customer_id, currency, total, processed_at)
    select shop_id, 'd' || ${round}::int || '-' || n, '#' || n, 'd' || ${round}::int || '-' || n, 'EUR', 40,
      ${NOON}::timestamptz - interval '1 day' from ${due}`;
  await sql`
    insert into enrollments (shop_id, scenario, customer_id, occurrence, version, cursor, anchor, started_at, due_at)
    select shop_id, 'win-back', 'd' || ${round}::int || '-' || n, 'due', 1, 'seven-days', ${NOON}::timestamptz - interval '7 days',
      ${NOON}::timestamptz - interval '7 days', ${NOON}::timestamptz - interval '1 minute' from ${due}`;
  await sql.unsafe('analyze customers, orders, enrollments');
  await sql.unsafe('checkpoint');
}

async function ended({ sql }: BenchDatabase, round: number): Promise<number> {
  const [row] = await sql<{ ended: number }[]>`
    select count(*)::int as ended from enrollments
    where occurrence = 'due' and customer_id like ${`d${round}-%`} and status = 'ended'`;
  return row?.ended ?? 0;
}

/** Seconds from the moment they fall due until the last one is finished. */
async function timeRound(server: BenchServer, database: BenchDatabase, round: number): Promise<number> {
  await seedDue(database, round);
  const worker = await startWorker({ urls: database.urls, logDir: server.logDir });
  try {
    await pause(3000);
    const started = performance.now();
    worker.makeItNoon();
    await finished(database, started);
    const seconds = (performance.now() - started) / 1000;
    const found = await ended(database, round);
    if (found !== sizeOr(DUE)) throw new Error(`${found} of ${sizeOr(DUE)} due enrollments were ended`);
    return seconds;
  } finally {
    await worker.stop();
  }
}

/** Asks by the index the worker uses itself, which costs it nothing. */
async function finished({ sql }: BenchDatabase, started: number): Promise<void> {
  for (;;) {
    const [row] = await sql<{ open: boolean }[]>`
      select exists (select from enrollments where status = 'active' and due_at <= ${NOON}) as open`;
    if (!row?.open) return;
    if (performance.now() - started > LONGEST_MS) throw new Error('The worker did not come to an end');
    await pause(50);
  }
}

async function compare(server: BenchServer): Promise<Measured> {
  const many = server.main;
  const few = await server.another('few');
  await seedWaiting(many, sizeOr(MANY));
  await seedWaiting(few, Math.min(FEW, sizeOr(MANY)));
  const times = { many: [] as number[], few: [] as number[] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const side of round % 2 ? (['many', 'few'] as const) : (['few', 'many'] as const)) {
      const seconds = await timeRound(server, side === 'many' ? many : few, round);
      times[side].push(seconds);
      say(`round ${round}, ${side} waiting: ${short(seconds)} s`);
    }
  }
  const notes = [
    `${short(sizeOr(DUE))} due in ${SHOPS} shops (Zipf), ${short(sizeOr(MANY))} waiting against ${short(FEW)}`,
    `${short(sizeOr(DUE) / median(times.many))} enrollments finished per second with many waiting`,
  ];
  return { value: median(times.many), baseline: median(times.few), notes };
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
