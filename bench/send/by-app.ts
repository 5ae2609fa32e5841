/** The app's side of `send`: due messages through one worker, from the moment they fall due until the last is accepted. */
import { setTimeout as pause } from 'node:timers/promises';
import { type AppPlace, LOOPBACK, startWeb } from '../app-process';
import type { BenchDatabase, BenchServer } from '../database';
import { say, short } from '../measured';
import { startWorker } from '../worker-process';
import type { Received } from './receiver';

const LONGEST_MS = 30 * 60_000;

export interface Sent {
  rate: number;
  seconds: number;
  accepted: number;
  withheld: number;
  requests: number;
  peakMb: number;
  cpu: Cpu;
}

/** CPU seconds of each process while e-mails were sent. */
interface Cpu {
  worker: number;
  receiver: number;
  postgres: number;
}

/** A receiver of its own for every run, so that none carries the mail of another. */
export async function withReceiver<T>({ logDir, main }: BenchServer, work: (url: string) => Promise<T>): Promise<T> {
  const receiver = await startWeb({ urls: main.urls, logDir }, 'bench/send/receiver.ts');
  try {
    return await work(`http://${LOOPBACK}:${receiver.port}`);
  } finally {
    await receiver.stop();
  }
}

const received = async (url: string, query = '') => (await (await fetch(`${url}/bench${query}`)).json()) as Received;

/** Sends all there is in a database, with proof that each e-mail went once. */
export function sendByApp(server: BenchServer, database: BenchDatabase, total: number): Promise<Sent> {
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
    let cpu: Cpu;
    const cpuNow = async (): Promise<Cpu> => ({
      worker: worker.cpuSeconds(),
      receiver: (await received(url)).cpuSeconds,
      postgres: server.cpuSeconds(),
    });
    try {
      await pause(3000);
      const before = await cpuNow();
      const started = performance.now();
      worker.makeItNoon();
      await untilAllCame(url, database, wanted);
      seconds = (performance.now() - started) / 1000;
      cpu = since(before, await cpuNow());
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
      cpu,
    };
    say(
      `app: ${short(wanted)} accepted in ${short(seconds)} s, ${short(sent.rate)}/s, peak ${short(peakMb)} MB; ${cpuWords(cpu)}`,
    );
    return sent;
  });
}

const since = (before: Cpu, after: Cpu): Cpu => ({
  worker: after.worker - before.worker,
  receiver: after.receiver - before.receiver,
  postgres: after.postgres - before.postgres,
});

export const cpuWords = ({ worker, receiver, postgres }: Cpu) =>
  `CPU seconds: worker ${short(worker)}, receiver ${short(receiver)}, Postgres ${short(postgres)}`;

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

const STILL_MS = 20_000;

/** @throws Error when nothing comes any more: what the seed counts on is held back by a rule it does not know */
async function untilAllCame(url: string, database: BenchDatabase, wanted: number): Promise<void> {
  let came = 0;
  let moved = performance.now();
  while (came < wanted) {
    const { messages } = await received(url);
    if (messages > came) moved = performance.now();
    else if (performance.now() - moved > STILL_MS)
      throw new Error(`${came} of ${wanted} came, and nothing since. ${await heldBack(database)}`);
    came = messages;
    await pause(50);
  }
}

async function heldBack({ sql }: BenchDatabase): Promise<string> {
  const rows = await sql<{ status: string; reason: string | null; count: number }[]>`
    select status, reason, count(*)::int as count from messages where status <> 'sent' group by 1, 2 order by 3 desc`;
  return rows.map(({ status, reason, count }) => `${count} ${status} (${reason ?? 'no reason'})`).join(', ');
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  while (!(await isDone())) {
    if (performance.now() - started > LONGEST_MS) throw new Error('The worker did not come to an end');
    await pause(50);
  }
}
