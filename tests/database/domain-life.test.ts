/** The life of a shop's own domain: its records asked for, found, gone again and told; and what the shared sender does meanwhile. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { makeDomainAuthentication } from '../../app/gateways/sendgrid/domains';
import { DAY, HOUR, MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { readShared } from '../../app/pipeline/allowances';
import { senderOf } from '../../app/pipeline/sender';
import { makeDomainCommands } from '../../app/pipeline/sender-domain/commands';
import { makeSweep } from '../../app/pipeline/sweep';
import type { Queue } from '../../app/queue/enqueue';
import { findDomain } from '../../app/store/authenticated-domains';
import { loadAttention } from '../../app/store/reports/attention';
import { lastPeriods } from '../../app/store/reports/period';
import { shops } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { loadShop } from '../../app/store/shop-settings';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { claimAt, seedSent } from './paced';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const START = new Date('2026-03-03T10:00:00Z');
const SETTINGS = { hasProviderKey: true, sharedSender: SENDER, sharedDailyLimit: 200 };
let now = START;
let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;
let shopId: number;
const jobs: { name: string; shopId: number }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox();
  shopId = await seedShop(connection.db, { now });
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});

const queue = {
  enqueue: async (_shop: unknown, name: string, payloads: { shopId: number }[]) => {
    jobs.push(...payloads.map((one) => ({ name, shopId: one.shopId })));
  },
} as unknown as Queue;
const base = () => ({ db: connection.db, clock: { now: () => now }, log: makeLogger('silent') });
const commands = () =>
  makeDomainCommands({
    ...base(),
    domains: makeDomainAuthentication({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` }),
    readTxt: async (name) => sandbox.part.state.dns.read(name, 'txt'),
    subuserOf: async () => null,
    lend: null,
  });
const within = <T>(work: (shop: ShopScope) => Promise<T>, id = shopId) => inShop(connection.db, id, work);
const control = (path: string, body: object) =>
  sandbox.json(`/control/api/sendgrid/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const enter = (appear: unknown, domain = 'lune.example') => control('dns', { domain, appear });
const from = async (id = shopId) => {
  const sender = senderOf(await within(loadShop, id), SETTINGS);
  return sender.state === 'ready' ? sender.from.email : sender.state;
};
const standing = () => within(findDomain);
const told = () =>
  within(async (scope) =>
    (await loadAttention(scope, { period: lastPeriods(now).current, scopes: '' })).filter(
      ({ point }) => point === 'domain-broken',
    ),
  );
/** What the worker does when time goes on: the sweep finds the look that is due, and its job carries it out. */
async function passes(ms: number): Promise<void> {
  now = new Date(now.getTime() + ms);
  jobs.length = 0;
  await makeSweep({ ...base(), queue }).mend();
  for (const job of jobs.filter(({ name }) => name === 'domain.check')) await commands().check(job.shopId);
}
const planned = (count: number, id = shopId) =>
  Promise.all(
    Array.from({ length: count }, async () =>
      seedMessage(connection.db, id, { customerId: await seedCustomer(connection.db, id), now }),
    ),
  );

describe('a shop’s own domain', () => {
  it('waits for its records, while the shared sender sends', async () => {
    expect(await commands().connect(shopId, { domain: 'https://www.Lune.example/', mailbox: 'Bonjour' })).toEqual({
      ok: true,
    });
    const row = await standing();
    expect(row).toMatchObject({
      ...{ domain: 'lune.example', status: 'pending', senderEmail: 'bonjour@lune.example', adopted: false },
      dmarc: { state: 'missing' },
    });
    expect(row?.records.map(({ name, purpose, valid }) => [name, purpose, valid])).toEqual([
      ['mail_cname', 'spf', false],
      ['dkim1', 'dkim', false],
      ['dkim2', 'dkim', false],
      ['domain_cname', 'links', false],
      ['owner_cname', 'links', false],
    ]);
    expect(await from()).toBe(SENDER);
    expect(await commands().connect(shopId, { domain: 'other.example', mailbox: 'a' })).toMatchObject({
      code: 'already-connected',
    });
  });

  it('says which record is found and which is wrong', async () => {
    await enter('wrong');
    await enter(['mail_cname']);
    await control('dns', { txt: { 'rln._domainkey.lune.example': null, '_dmarc.lune.example': 'v=DMARC1; p=none' } });
    await passes(3 * MINUTE);
    expect(await standing()).toMatchObject({
      status: 'pending',
      checkedAt: now,
      dmarc: { state: 'found', policy: 'none', at: 'lune.example' },
      records: [{ name: 'mail_cname', valid: true }, { name: 'dkim1', valid: false }, {}, {}, {}],
    });
    await enter('wrong');
    await commands().check(shopId);
    expect((await standing())?.records[1]).toMatchObject({ valid: false, found: 'parking.example' });
  });

  it('sends from the moment the worker finds them all', async () => {
    await enter(['mail_cname', 'dkim1', 'dkim2']);
    await passes(3 * MINUTE);
    expect(await standing()).toMatchObject({ status: 'valid', statusSince: now, failedAt: null });
    expect(await from()).toBe('bonjour@lune.example');
    const answer = await sandbox.send({
      personalizations: [{ to: [{ email: 'ana@example.com' }] }],
      from: { email: 'bonjour@lune.example' },
      subject: 'Hello',
      content: [{ type: 'text/plain', value: 'Hello' }],
    });
    expect(answer.status).toBe(202);
    expect(await told()).toEqual([]);
  });

  it('is believed once more when a look fails, as DNS may have been away', async () => {
    await enter('none');
    await passes(DAY + MINUTE);
    expect(await standing()).toMatchObject({ status: 'valid', failedAt: now });
    await enter(['mail_cname', 'dkim1', 'dkim2']);
    await passes(11 * MINUTE);
    expect(await standing()).toMatchObject({ status: 'valid', failedAt: null });
  });

  it('gives way to the shared sender when a record stays away, and the owner is told', async () => {
    await enter(['mail_cname', 'dkim1']);
    await passes(DAY + MINUTE);
    await passes(11 * MINUTE);
    expect(await standing()).toMatchObject({ status: 'broken', statusSince: now });
    expect(await from()).toBe(SENDER);
    expect(await told()).toEqual([{ point: 'domain-broken', domain: 'lune.example', since: now.toISOString() }]);
  });

  it('keeps what it knows while SendGrid cannot be asked', async () => {
    await control('senders', { lacksScopes: ['whitelabel.update'] });
    expect(await commands().check(shopId)).toBe('not-allowed');
    expect(await standing()).toMatchObject({ status: 'broken', trouble: 'not-allowed' });
    await control('senders', { lacksScopes: [] });
    await enter('all');
    await passes(16 * MINUTE);
    expect(await standing()).toMatchObject({ status: 'valid', trouble: null });
    expect((await standing())?.records.every(({ valid }) => valid)).toBe(true);
    expect([await from(), await told()]).toEqual(['bonjour@lune.example', []]);
  });

  it('is taken out of SendGrid when the owner lets go of it', async () => {
    expect(await commands().disconnect(shopId)).toEqual({ ok: true });
    expect([await standing(), await from()]).toEqual([null, SENDER]);
    expect([sandbox.part.state.domains.list(''), sandbox.part.state.domains.links('')]).toEqual([[], []]);
  });
});

describe('connecting', () => {
  const connectAs = async (domain: string, mailbox = 'hello') =>
    commands().connect(await seedShop(connection.db, { now }), { domain, mailbox });

  it.each([
    ['no domain', 'hello', 'domain', 'not-a-domain'],
    ['gmail.com', 'hello', 'domain', 'public-mail-domain'],
    ['lune.example', 'léa', 'mailbox', 'not-a-mailbox'],
  ])('refuses %s with %s at the field', async (domain, mailbox, field, code) => {
    expect(await connectAs(domain, mailbox)).toEqual({ ok: false, field, code });
  });

  it('names a key that may not, and keeps nothing', async () => {
    await control('senders', { lacksScopes: ['whitelabel.create'] });
    expect(await connectAs('lune.example')).toEqual({ ok: false, field: 'domain', code: 'not-allowed' });
    await control('senders', { lacksScopes: [] });
  });

  it('takes a domain the operator authenticated before, of this shop alone, and leaves it there in the end', async () => {
    await control('senders', { domains: ['lune.example', 'sol.example'] });
    const id = await seedShop(connection.db, { now });
    expect(await commands().connect(id, { domain: 'sol.example', mailbox: 'a' })).toMatchObject({
      code: 'domain-taken',
    });
    expect(await commands().connect(id, { domain: 'lune.example', mailbox: 'a' })).toEqual({ ok: true });
    expect(await within(findDomain, id)).toMatchObject({ status: 'valid', adopted: true });
    await commands().disconnect(id);
    expect(sandbox.part.state.domains.list('').map(({ domain }) => domain)).toContain('lune.example');
    await control('senders', { domains: [] });
  });

  it('proves nobody who asked for the domain before its owner did, and leaves the owner’s alone when they let go', async () => {
    const stranger = await seedShop(connection.db, { now });
    const owner = await seedShop(connection.db, { now });
    const elsewhere = { email: 'me@elsewhere.example', url: 'https://elsewhere.example' };
    await within(({ tx }) => tx.update(shops).set(elsewhere).where(eq(shops.shopId, stranger)), stranger);
    for (const id of [stranger, owner])
      expect(await commands().connect(id, { domain: 'lune.example', mailbox: 'a' })).toEqual({ ok: true });
    const records = (await within(findDomain, owner))?.records ?? [];
    for (const { host, value } of records) sandbox.part.state.dns.write(host, 'cname', [value]);
    for (const id of [stranger, owner]) await commands().check(id);
    expect([await from(owner), await from(stranger)]).toEqual(['a@lune.example', SENDER]);
    expect(await commands().disconnect(stranger)).toEqual({ ok: true });
    await commands().check(owner);
    expect(await within(findDomain, owner)).toMatchObject({ status: 'valid', failedAt: null });
    expect(await commands().connect(stranger, { domain: 'lune.example', mailbox: 'a' })).toMatchObject({
      code: 'domain-taken',
    });
    await commands().disconnect(owner);
  });

  it('leaves a sender that works alone until the new domain does', async () => {
    const id = await seedShop(connection.db, { now });
    await within(
      ({ tx }) =>
        tx
          .update(shops)
          .set({ settings: { senderEmail: 'lea@known.example' } })
          .where(eq(shops.shopId, id)),
      id,
    );
    await commands().connect(id, { domain: 'new.example', mailbox: 'lea' });
    expect(await from(id)).toBe('lea@known.example');
    await enter('all', 'new.example');
    await commands().check(id);
    expect(await from(id)).toBe('lea@new.example');
  });
});

describe('the shared sender', () => {
  it('sends so many a day for each shop and puts the rest off to the next morning, with the reason', async () => {
    now = START;
    const id = await seedShop(connection.db, { now });
    await seedSent(connection.db, id, { mails: 197, bounced: 0, complained: 0, now });
    const ids = await planned(5, id);
    expect((await claimAt(connection.db, id, ids, now, SETTINGS)).claims).toHaveLength(3);
    const held = await within(
      ({ tx }) =>
        tx.execute<{ reason: string; facts: object; due: string }>(sql`
          select reason, facts, due_at as due from messages where shop_id = ${id} and status = 'planned'`),
      id,
    );
    expect(held).toHaveLength(2);
    for (const row of held) {
      expect(row).toMatchObject({ reason: 'shared-sender-limit', facts: { limit: 200 } });
      expect(new Date(row.due)).toEqual(new Date('2026-03-04T07:00:00Z'));
    }
    const today = async (at: Date) =>
      within(async (scope) => readShared(scope, await loadShop(scope), { now: at, settings: SETTINGS }), id);
    expect(await today(now)).toEqual({ sender: SENDER, limit: 200, sentToday: 200 });
    const tomorrow = new Date(now.getTime() + 21 * HOUR);
    expect((await claimAt(connection.db, id, ids, tomorrow, SETTINGS)).claims).toHaveLength(2);
  });

  it('has no limit where the operator sets none', async () => {
    const id = await seedShop(connection.db, { now });
    await seedSent(connection.db, id, { mails: 500, bounced: 0, complained: 0, now });
    const free = { ...SETTINGS, sharedDailyLimit: null };
    expect((await claimAt(connection.db, id, await planned(3, id), now, free)).claims).toHaveLength(3);
  });
});
