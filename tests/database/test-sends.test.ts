/** Test e-mails go anywhere with any words, so each shop has a few an hour, whichever web process is asked. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { Batch, Mailer } from '../../app/gateways/sendgrid/mailer';
import { MINUTE } from '../../app/lib/duration';
import { makeCommands } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedShop } from './seed';

const START = new Date('2026-03-03T14:40:20Z');
let database: TestDatabase;
let connections: Connection[];
let now: Date;
let sent: Batch[];

beforeAll(async () => {
  database = await createTestDatabase();
  connections = [connect({ url: database.appUrl }), connect({ url: database.appUrl })];
});
afterAll(async () => {
  for (const connection of connections) await connection.close();
  await database.drop();
});
beforeEach(() => {
  now = START;
  sent = [];
});

const mailer: Mailer = {
  async send(batch) {
    sent.push(batch);
    return { kind: 'accepted', providerMessageId: null };
  },
};

/** What a web process offers, of two. */
const processes = () =>
  connections.map(({ db }) =>
    makeCommands({
      db,
      queue: { enqueue: async () => {} },
      clock: { now: () => now },
      mailer,
      senders: null,
      compiled: makeCompiledEmails(),
      links: { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) },
      settings: { hasProviderKey: true, sharedSender: 'post@relance.example' },
    }),
  );
const newShop = () => {
  const [connection] = connections;
  if (!connection) throw new Error('No connection');
  return seedShop(connection.db, { now });
};
const test = { key: 'welcome', email: 'welcome-2', to: 'me@lune.example', language: 'fr' } as const;

describe('test e-mails', () => {
  it('are twenty an hour, however many processes are asked at once, and say when the next may go', async () => {
    const shopId = await newShop();
    const asked = Array.from({ length: 15 }, () => processes().map((one) => one.sendTest(shopId, test)));
    const answers = await Promise.all(asked.flat());
    expect(sent).toHaveLength(20);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
    const againAt = new Date('2026-03-03T15:41:00Z');
    expect(answers.find(({ ok }) => !ok)).toEqual({
      ok: false,
      code: 'too-many-tests',
      limit: { most: 20, againAt },
    });
    now = againAt;
    expect(await processes()[0]?.sendTest(shopId, test)).toEqual({ ok: true });
  });

  it('come back one by one as those of an hour ago fall out', async () => {
    const shopId = await newShop();
    const [web] = processes();
    for (let minute = 0; minute < 20; minute += 1) {
      now = new Date(START.getTime() + minute * MINUTE);
      expect(await web?.sendTest(shopId, test)).toEqual({ ok: true });
    }
    now = new Date(START.getTime() + 61 * MINUTE);
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1) answers.push(await web?.sendTest(shopId, test));
    // The first two are an hour old; the third will be so at 14:42:20 and an hour.
    expect(answers).toEqual([
      { ok: true },
      { ok: true },
      { ok: false, code: 'too-many-tests', limit: { most: 20, againAt: new Date('2026-03-03T15:43:00Z') } },
    ]);
  });

  it('are counted for each shop alone, and not when nothing was sent', async () => {
    const [web] = processes();
    const [one, other] = [await newShop(), await newShop()];
    for (let turn = 0; turn < 25; turn += 1)
      expect(await web?.sendTest(one, { ...test, to: 'me at home' })).toEqual({ ok: false, code: 'not-an-email' });
    for (const shopId of [one, other])
      for (let turn = 0; turn < 20; turn += 1) expect(await web?.sendTest(shopId, test)).toEqual({ ok: true });
    expect(sent).toHaveLength(40);
  });
});
