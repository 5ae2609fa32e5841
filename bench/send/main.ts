/**
 * `send`: 50,000 due messages of 50 shops (Zipf), five scenarios, two languages, one in ten withheld by a guard, from
 * the moment they fall due until the fake SendGrid accepted the last, through one worker. The figure is e-mails accepted
 * per second, so what is withheld counts for nothing; the ratio is that over the rate of a naive loop: at least 10. The
 * uniform case (one shop, one e-mail) and the worker's peak memory (at most 400 MB) are told beside it.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SCENARIOS } from '../../app/scenarios/catalogue';
import { projectRoot } from '../../scripts/local/paths';
import { type AppPlace, built, LOOPBACK, startWeb } from '../app-process';
import { type BenchDatabase, type BenchServer, settle, startBenchServer } from '../database';
import { type Measured, measure, median, say, short, sizeOr } from '../measured';
import { everyKind, seedDueMessages } from '../seed/due-messages';
import { seedShops } from '../seed/shops';
import { startWorker } from '../worker-process';
import { zipfCounts } from '../zipf';
import type { Received } from './receiver';

const FULL = 50_000;
const SHOPS = 50;
const MOST_MEMORY_MB = 400;
/** The loop's rate does not change with its length; a part of the messages tells it. */
const NAIVE_PART = 20;
const LONGEST_MS = 30 * 60_000;

interface Sent {
  rate: number;
  seconds: number;
  accepted: number;
  withheld: number;
  requests: number;
  peakMb: number;
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

async function compare(server: BenchServer): Promise<Measured> {
  const total = sizeOr(FULL);
  await seedShops(server.main.sql, SHOPS);
  await seedDueMessages(server.main.sql, zipfCounts(SHOPS, total));
  const uniform = await server.another('uniform');
  await seedShops(uniform.sql, 1);
  await seedDueMessages(
    uniform.sql,
    [total],
    everyKind(SCENARIOS.slice(0, 1)).map((kinds) => kinds.slice(1, 2)),
  );
  for (const { sql } of [server.main, uniform]) await settle(sql);
  const mixedLoop = [await sendNaively(server, { total, uniform: false })];
  const mixed = await sendByApp(server, server.main, total);
  mixedLoop.push(await sendNaively(server, { total, uniform: false }));
  const same = await sendByApp(server, uniform, total);
  const sameLoop = await sendNaively(server, { total, uniform: true });
  return summary({ mixed, mixedLoop: median(mixedLoop), same, sameLoop });
}

/** A receiver of its own for every run, so that none carries the mail of another. */
async function withReceiver<T>({ logDir, main }: BenchServer, work: (url: string) => Promise<T>): Promise<T> {
  const receiver = await startWeb({ urls: main.urls, logDir }, 'bench/send/receiver.ts');
  try {
    return await work(`http://${LOOPBACK}:${receiver.port}`);
  } finally {
    await receiver.stop();
  }
}

const received = async (url: string, query = '') => (await (await fetch(`${url}/bench${query}`)).json()) as Received;

function sendByApp(server: BenchServer, database: BenchDatabase, total: number): Promise<Sent> {
  return withReceiver(server, async (url) => {
    const place: AppPlace = { urls: database.urls, logDir: server.logDir, sandboxUrl: url };
    const [open] = await database.sql<{ wanted: number }[]>`
      select count(*)::int as wanted from messages m join customers c on c.shop_id = m.shop_id and c.id = m.customer_id
      where m.status = 'planned' and c.consent_state = 'subscribed' and c.suppressed is null and c.tags = '{}'
        and c.preferences->'refused' = '[]'`;
    const wanted = open?.wanted ?? 0;
    const worker = await startWorker(place);
    let seconds: number;
    let peakMb: number;
    try {
      await pause(3000);
      const started = performance.now();
      worker.makeItNoon();
      await until(async () => (await received(url)).messages >= wanted);
      seconds = (performance.now() - started) / 1000;
      await until(async () => (await openMessages(database)) === 0);
    } finally {
      peakMb = await worker.stop();
    }
    const took = await received(url, '?ids=1');
    await proveOnce(database, took, wanted);
    const sent = {
      rate: wanted / seconds,
      seconds,
      accepted: wanted,
      withheld: total - wanted,
      requests: took.requests,
      peakMb,
    };
    say(`app: ${short(wanted)} accepted in ${short(seconds)} s, ${short(sent.rate)}/s, peak ${short(peakMb)} MB`);
    return sent;
  });
}

async function openMessages({ sql }: BenchDatabase): Promise<number> {
  const [row] = await sql<{ open: number }[]>`
    select count(*)::int as open from messages where status in ('planned', 'claimed', 'handed-over', 'unsettled')`;
  return row?.open ?? 0;
}

/** Each e-mail went out once, each withheld one not at all, and every one of them has its decision. */
async function proveOnce({ sql }: BenchDatabase, took: Received, wanted: number): Promise<void> {
  const [row] = await sql<{ sent: number; withheld: number; told: number }[]>`
    select count(*) filter (where status = 'sent')::int as sent, count(*) filter (where status = 'withheld')::int as withheld,
      (select count(distinct message_id)::int from decisions where kind in ('sent', 'withheld')) as told from messages`;
  const all = (row?.sent ?? 0) + (row?.withheld ?? 0);
  if (took.messages !== wanted || took.ids !== wanted || row?.sent !== wanted || row.told !== all || took.refused > 0)
    throw new Error(
      `Wanted ${wanted} e-mails; the receiver has ${JSON.stringify(took)}, the database ${JSON.stringify(row)}`,
    );
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  while (!(await isDone())) {
    if (performance.now() - started > LONGEST_MS) throw new Error('The worker did not come to an end');
    await pause(50);
  }
}

function sendNaively(server: BenchServer, { total, uniform }: { total: number; uniform: boolean }): Promise<number> {
  return withReceiver(server, async (url) => {
    const count = Math.max(100, Math.floor(total / NAIVE_PART / 2));
    const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'bench', 'send', 'naive.ts')], {
      cwd: projectRoot,
      env: {
        ...process.env,
        SENDGRID_BASE_URL: `${url}/sendgrid`,
        NAIVE_COUNT: String(count),
        NAIVE_UNIFORM: uniform ? '1' : '0',
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const rate = await new Promise<number>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { rate: number }).rate));
      child.once('exit', (code) => reject(new Error(`The naive loop ended with code ${code}`)));
    });
    say(`naive loop${uniform ? ', uniform' : ''}: ${short(rate)}/s over ${count} e-mails`);
    return rate;
  });
}

function summary(found: { mixed: Sent; mixedLoop: number; same: Sent; sameLoop: number }): Measured {
  const { mixed, mixedLoop, same, sameLoop } = found;
  const peakMb = Math.max(mixed.peakMb, same.peakMb);
  const told = (sent: Sent) =>
    `${short(sent.accepted)} accepted and ${short(sent.withheld)} withheld in ${short(sent.seconds)} s, ${sent.requests} requests`;
  const notes = [
    `${SHOPS} shops, five scenarios, two languages: ${told(mixed)}`,
    `uniform (one shop, one e-mail): ${told(same)}, ${short(same.rate)}/s against ${short(sameLoop)}/s, ratio ${short(same.rate / sameLoop)}`,
    `peak memory of the worker ${short(peakMb)} MB (at most ${MOST_MEMORY_MB}: ${peakMb <= MOST_MEMORY_MB ? 'met' : 'NOT met'})`,
  ];
  return { value: mixed.rate, baseline: mixedLoop, notes };
}

await measure(run);
