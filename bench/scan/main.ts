/**
 * `scan`: one pass of birthdays and lapses over a shop of 1,000,000 customers that plans at least 50,000, by the worker's
 * own stage and role, against `INSERT … SELECT` of the very same enrollment and decision rows into empty tables with the
 * same indexes. The ratio is the pass's time over that of the inserts: at most 2. Both in turn, three times; medians.
 */
import { connect } from '../../app/db.server';
import { makeLogger } from '../../app/log.server';
import { makeScan } from '../../app/pipeline/scan';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { type BenchDatabase, type BenchServer, settle, startBenchServer } from '../database';
import { type Measured, measure, median, say, secondsOf, short, sizeOr } from '../measured';
import { NOON, seedShops } from '../seed/shops';

const FULL = 1_000_000;
const LEAST = 50_000;
const ROUNDS = 3;

/** Six in ten told their birthday; three in four ordered within ten months, some of them often; one in seven did not subscribe. */
async function seedCustomers({ sql }: BenchDatabase): Promise<void> {
  await seedShops(sql, 1);
  await sql`
    insert into customers (shop_id, id, email, email_key, first_name, last_name, locale, country, consent_state, birth_date,
      orders_count, orders_seen, first_order_at, last_order_at)
    select 1, 'c' || n, 'c' || n || '@shop.example', 'c' || n || '@shop.example', 'Camille', 'Durand', 'fr',
      (array['FR', 'FR', 'FR', 'BE', 'GB', 'US'])[1 + n % 6],
      case when n % 7 = 0 then 'not_subscribed' else 'subscribed' end,
      case when n % 5 < 3 then date '1950-01-01' + (n * 7919::bigint % 20000)::int end,
      orders, orders, case when orders > 0 then last - make_interval(days => (orders - 1) * (20 + n % 50)) end,
      case when orders > 0 then last end
    from generate_series(1, ${sizeOr(FULL)}::int) n,
      lateral (select case when n % 4 = 0 then 0 when n % 3 = 0 then 2 + n % 5 else 1 end as orders,
        ${NOON}::timestamptz - make_interval(secs => (n * 104729::bigint % (300 * 86400))::int) as last) o`;
  await settle(sql);
}

async function compare(server: BenchServer): Promise<Measured> {
  const { sql, urls } = server.main;
  await seedCustomers(server.main);
  for (const table of ['enrollments', 'decisions']) {
    await sql.unsafe(
      `create table bare_${table} (like ${table} including all); create table same_${table} (like ${table})`,
    );
  }
  const connection = connect({ url: urls.worker });
  const log = makeLogger('silent');
  const boss = await startBoss({ url: urls.worker, role: 'web', log });
  const scan = makeScan({ db: connection.db, queue: makeQueue(boss), clock: { now: () => NOON }, log });
  const pass = async () => {
    await scan({ shopId: 1, scenario: 'birthday' });
    await scan({ shopId: 1, scenario: 'win-back' });
  };
  const times = { scan: [] as number[], bare: [] as number[] };
  let planned = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    await sql.unsafe(
      'truncate enrollments, decisions, bare_enrollments, bare_decisions, same_enrollments, same_decisions',
    );
    await sql.unsafe('checkpoint');
    const scanned = await secondsOf(pass);
    planned = await keepRows(server.main);
    await sql.unsafe('checkpoint');
    const inserted = await secondsOf(() => insertBare(server.main));
    if (round === 0) continue;
    times.scan.push(scanned);
    times.bare.push(inserted);
    say(`round ${round}: scan ${short(scanned)} s, bare inserts ${short(inserted)} s, ${short(planned)} planned`);
  }
  await boss.stop({ graceful: false });
  await connection.close();
  if (sizeOr(FULL) === FULL && planned < LEAST) throw new Error(`Only ${planned} were planned`);
  const notes = [`${short(sizeOr(FULL))} customers, ${short(planned)} planned by one pass of birthdays and lapses`];
  return { value: median(times.scan), baseline: median(times.bare), notes };
}

/** The rows the pass made, laid aside without any index. @returns how many enrollments */
async function keepRows({ sql }: BenchDatabase): Promise<number> {
  await sql.unsafe('insert into same_enrollments select * from enrollments');
  await sql.unsafe('insert into same_decisions select * from decisions');
  await sql.unsafe('analyze same_enrollments, same_decisions');
  const [row] = await sql<{ planned: number; noted: number }[]>`
    select (select count(*)::int from same_enrollments) as planned, (select count(*)::int from same_decisions) as noted`;
  if (!row || row.planned === 0 || row.noted !== row.planned) throw new Error('Every enrollment has one decision');
  return row.planned;
}

/** In one transaction, as the pass of one scenario is. */
async function insertBare({ sql }: BenchDatabase): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe('insert into bare_enrollments overriding system value select * from same_enrollments');
    await tx.unsafe('insert into bare_decisions overriding system value select * from same_decisions');
  });
}

async function run(): Promise<Measured> {
  const server = await startBenchServer();
  try {
    return await compare(server);
  } finally {
    await server.stop();
  }
}

await measure(run);
