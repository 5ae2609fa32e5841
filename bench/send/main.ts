/**
 * `send`: 50,000 due messages of 50 shops (Zipf), five scenarios, two languages, one in ten withheld by a guard, from
 * the moment they fall due until the fake SendGrid accepted the last, through one worker. The figure is e-mails accepted
 * per second, so what is withheld counts for nothing; the ratio is that over the rate of a naive loop: at least 10. The
 * uniform case (one shop, one e-mail) and the worker's peak memory (at most 400 MB) are told beside it.
 */
import { SCENARIOS } from '../../app/scenarios/catalogue';
import { built } from '../app-process';
import { type BenchServer, settle, startBenchServer } from '../database';
import { type Measured, measure, median, short, sizeOr } from '../measured';
import { everyKind, seedDueMessages } from '../seed/due-messages';
import { seedShops } from '../seed/shops';
import { zipfCounts } from '../zipf';
import { cpuWords, type Sent, sendByApp } from './by-app';
import { sendNaively } from './by-loop';

const FULL = 50_000;
const SHOPS = 50;
const MOST_MEMORY_MB = 400;

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
  mixedLoop.push(await sendNaively(server, { total, uniform: false }));
  const sameLoop = await sendNaively(server, { total, uniform: true });
  return summary({ mixed, mixedLoop: median(mixedLoop), same, sameLoop });
}

function summary(found: { mixed: Sent; mixedLoop: number; same: Sent; sameLoop: number }): Measured {
  const { mixed, mixedLoop, same, sameLoop } = found;
  const peakMb = Math.max(mixed.peakMb, same.peakMb);
  const told = (sent: Sent) =>
    `${short(sent.accepted)} accepted and ${short(sent.withheld)} withheld in ${short(sent.seconds)} s, ${sent.requests} requests; ${cpuWords(sent.cpu)}`;
  const notes = [
    `${SHOPS} shops, five scenarios, two languages: ${told(mixed)}`,
    `uniform (one shop, one e-mail): ${told(same)}, ${short(same.rate)}/s against ${short(sameLoop)}/s, ratio ${short(same.rate / sameLoop)}`,
    `peak memory of the worker ${short(peakMb)} MB (at most ${MOST_MEMORY_MB}: ${peakMb <= MOST_MEMORY_MB ? 'met' : 'NOT met'})`,
  ];
  return { value: mixed.rate, baseline: mixedLoop, notes };
}

await measure(run);
