/** What those who run it can ask each process: whether it can work, and what waits. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import express from 'express';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { countLines } from '../../app/counted-log.server';
import { type Connection, connect } from '../../app/db.server';
import { MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { makeMetrics } from '../../app/pipeline/metrics';
import { makeReadiness } from '../../app/pipeline/readiness';
import { JOB_NAMES } from '../../app/queue/jobs';
import { watchRouter } from '../../app/routes/watch';
import { EXPECTED_MIGRATIONS } from '../../app/store/migrations';
import { enrollments, inboundEvents, messages } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
let database: TestDatabase;
let worker: Connection;
let app: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  worker = connect({ url: database.workerUrl });
  app = connect({ url: database.appUrl });
});
afterAll(async () => {
  await Promise.all([worker.close(), app.close()]);
  await database.drop();
});

async function asOwner(statement: string): Promise<void> {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(statement).finally(() => owner.end());
}

describe('readiness', () => {
  it('is given to web and worker when the database is migrated and the queue is there', async () => {
    for (const { db } of [app, worker]) expect(await makeReadiness({ db })()).toEqual({ ready: true, why: null });
  });

  it('is refused while a migration of this version is missing, and not for one of a newer version', async () => {
    const later = { tag: '9999_later', when: Date.UTC(2090, 0, 1) };
    expect(await makeReadiness({ db: app.db, expected: [...EXPECTED_MIGRATIONS, later] })()).toEqual({
      ready: false,
      why: '1 migration(s) of this version are missing: run the migrations.',
    });
    const older = EXPECTED_MIGRATIONS.slice(0, -1);
    expect(await makeReadiness({ db: app.db, expected: older })()).toMatchObject({ ready: true });
  });

  it('is refused while a queue is missing', async () => {
    const rename = (from: string, to: string) =>
      asOwner(`update pgboss.queue set name = '${to}' where name = '${from}'`);
    await rename('order.attribute', 'order.forgotten');
    expect(await makeReadiness({ db: app.db })()).toMatchObject({
      ready: false,
      why: expect.stringContaining('queue'),
    });
    await rename('order.forgotten', 'order.attribute');
    expect(await makeReadiness({ db: app.db })()).toMatchObject({ ready: true });
  });

  it('is refused within a second when nothing listens, or what listens says nothing', async () => {
    const silent = createServer();
    // Takes the connection and never speaks, as a frozen database does.
    const held = silent.on('connection', () => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => held.once('listening', resolve));
    const { port } = held.address() as AddressInfo;
    for (const [at, why] of [
      [1, 'The database does not answer.'],
      [port, 'The database does not answer within a second.'],
    ] as const) {
      const away = connect({ url: `postgres://relance_app:x@127.0.0.1:${at}/none` });
      const started = performance.now();
      expect(await makeReadiness({ db: away.db })()).toEqual({ ready: false, why });
      expect(performance.now() - started).toBeLessThan(1500);
      silent.closeAllConnections();
      void away.close();
    }
    silent.close();
  });
});

async function seedBacklog() {
  const shops = [await seedShop(worker.db, { now: NOW }), await seedShop(worker.db, { now: NOW })];
  const [slow = 0, quick = 0] = shops;
  const due = { [slow]: [10 * MINUTE, 3 * MINUTE, 10_000], [quick]: [20_000, -MINUTE] };
  for (const shopId of shops) {
    const customerId = await seedCustomer(worker.db, shopId);
    for (const age of due[shopId] ?? []) await seedMessage(worker.db, shopId, { customerId, now: ago(age) });
  }
  const customerId = await seedCustomer(worker.db, quick);
  const lost = await seedMessage(worker.db, quick, { customerId, now: NOW });
  await inShop(worker.db, quick, async ({ tx }) => {
    await tx.update(messages).set({ status: 'unsettled', dueAt: null }).where(sql`${messages.id} = ${lost}`);
    const shared = { shopId: quick, scenario: 'welcome' as const, customerId, version: 1, anchor: NOW, startedAt: NOW };
    await tx.insert(enrollments).values([
      { ...shared, occurrence: 'late', dueAt: ago(2 * MINUTE) },
      { ...shared, occurrence: 'ended', dueAt: ago(2 * MINUTE), status: 'ended' },
    ]);
    const event = { shopId: quick, source: 'shopify' as const, topic: 'orders/create', payload: '{}' };
    await tx.insert(inboundEvents).values([
      { ...event, dedupeKey: 'open', receivedAt: ago(5 * MINUTE) },
      { ...event, dedupeKey: 'done', receivedAt: ago(9 * MINUTE), processedAt: NOW },
    ]);
  });
  return { slow, quick };
}

const clock = { now: () => NOW };

describe('the figures', () => {
  it('tell what is due and late in all shops, since when, and which shops wait longest', async () => {
    const { slow, quick } = await seedBacklog();
    const text = await makeMetrics({ db: worker.db, clock, counted: () => [] })();
    for (const line of [
      'relance_database_up 1',
      'relance_due{kind="message"} 4',
      'relance_late{kind="message"} 2',
      'relance_oldest_due_age_seconds{kind="message"} 600',
      'relance_due{kind="enrollment"} 1',
      'relance_late{kind="enrollment"} 1',
      'relance_oldest_due_age_seconds{kind="enrollment"} 120',
      'relance_due{kind="event"} 1',
      'relance_oldest_due_age_seconds{kind="event"} 300',
      'relance_messages_open{status="unsettled"} 1',
      'relance_messages_open{status="claimed"} 0',
    ]) {
      expect(text).toContain(`\n${line}\n`);
    }
    expect(text.match(/relance_shop_lag_seconds\{.*\n/g)).toEqual([
      `relance_shop_lag_seconds{shop="${slow}"} 600\n`,
      `relance_shop_lag_seconds{shop="${quick}"} 300\n`,
    ]);
    for (const name of JOB_NAMES) expect(text).toContain(`relance_jobs_queued{job="${name}"} `);
    expect(text).not.toContain('@');
  });

  it('tell the twenty worst shops and no more', async () => {
    for (let i = 0; i < 22; i += 1) {
      const shopId = await seedShop(worker.db, { now: NOW });
      const customerId = await seedCustomer(worker.db, shopId);
      await seedMessage(worker.db, shopId, { customerId, now: ago((100 + i) * MINUTE) });
    }
    const text = await makeMetrics({ db: worker.db, clock, counted: () => [] })();
    const lags = [...text.matchAll(/relance_shop_lag_seconds\{.*\} (\d+)/g)].map((found) => Number(found[1]) / 60);
    expect(lags).toEqual(Array.from({ length: 20 }, (_, i) => 121 - i));
  });

  it('leave out what the role may not see, rather than tell of no backlog', async () => {
    const text = await makeMetrics({ db: app.db, clock, counted: () => [] })();
    expect(text).toContain('relance_database_up 1\n');
    expect(text).toContain('relance_jobs_queued{');
    expect(text).not.toContain('relance_due');
  });

  it('are still told of this process when the database is away', async () => {
    const away = connect({ url: 'postgres://relance_app:x@127.0.0.1:1/none' });
    const { log, counted } = countLines(makeLogger('silent'));
    log.info({ event: 'webhook.stored', shopId: 1 });
    const text = await makeMetrics({ db: away.db, clock, counted })();
    expect(text).toContain('relance_database_up 0\n');
    expect(text).toContain('relance_events_accepted_total{source="shopify"} 1\n');
    await away.close();
  });
});

describe('who may read them', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  async function ask(token: string | null, headers: Record<string, string> = {}): Promise<Response> {
    const parts = { readiness: makeReadiness({ db: app.db }), metrics: async () => 'a 1\n' };
    const door = express();
    // As the web process has it: a header must not make anybody local.
    door.set('trust proxy', 1);
    door.use(watchRouter({ token, ...parts }));
    server = door.listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}/metrics`, { headers });
  }

  it('is this machine alone while no token is set, and nobody through a proxy on it', async () => {
    const own = await ask(null);
    expect([own.status, own.headers.get('content-type'), await own.text()]).toEqual([
      200,
      expect.stringMatching(/^text\/plain;.* version=0\.0\.4/),
      'a 1\n',
    ]);
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP']) {
      expect((await ask(null, { [name]: '127.0.0.1' })).status).toBe(403);
    }
  });

  it('is whoever brings the token once one is set, from wherever', async () => {
    const token = 'a-token-of-24-characters';
    const bearer = (text: string) => ({ authorization: `Bearer ${text}`, 'x-forwarded-for': '203.0.113.9' });
    expect((await ask(token, bearer(token))).status).toBe(200);
    expect((await ask(token)).status).toBe(401);
    expect((await ask(token, bearer(`${token}x`))).status).toBe(401);
    expect((await ask(token, { authorization: token })).status).toBe(401);
  });
});
