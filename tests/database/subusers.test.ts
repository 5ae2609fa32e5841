/** A SendGrid subuser for each shop: made at the install, sent as, listened to, disabled at the uninstall. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { makeDomainAuthentication } from '../../app/gateways/sendgrid/domains';
import { type Batch, makeMailer } from '../../app/gateways/sendgrid/mailer';
import { makeSenderCheck } from '../../app/gateways/sendgrid/senders';
import { makeSubuserAccounts } from '../../app/gateways/sendgrid/subusers';
import { MINUTE } from '../../app/lib/duration';
import { makeSecretBox } from '../../app/lib/secret-box';
import { makeLogger } from '../../app/log.server';
import { makeEraseRecipient } from '../../app/pipeline/erase-recipient';
import { makeDomainCommands } from '../../app/pipeline/sender-domain/commands';
import { makeShopAccounts } from '../../app/pipeline/subusers/accounts';
import { makeSettleSubuser } from '../../app/pipeline/subusers/settle';
import { makeSweep } from '../../app/pipeline/sweep';
import type { Queue } from '../../app/queue/enqueue';
import { sendgridWebhook } from '../../app/routes/webhooks.sendgrid';
import { findDomain } from '../../app/store/authenticated-domains';
import { shops, subusers } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { findSubuser } from '../../app/store/subusers';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedShop } from './seed';

let now = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;
let server: Server;
let appUrl: string;
const stored: { shopId: number; topic: string }[] = [];

const box = makeSecretBox(`a:${Buffer.alloc(32, 7).toString('base64')}`);
const log = makeLogger('silent');
const provider = () => ({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` });

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox({ sendgrid: { authenticatedDomains: ['shop.example'] } });
  const ingest = async (batches: readonly { shopId: number; events: readonly { topic: string }[] }[]) => {
    for (const { shopId, events } of batches) stored.push(...events.map(({ topic }) => ({ shopId, topic })));
    return 1;
  };
  const { webhookKeyOf: keyOf } = makeShopAccounts({ db: connection.db, box });
  const router = sendgridWebhook({ key: null, keyOf, ingest, log });
  server = createServer(express().use('/webhooks/sendgrid', router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await sandbox.close();
  await connection.close();
  await database.drop();
});

const base = () => ({ db: connection.db, clock: { now: () => now }, log });
const settle = (shopId: number, accounts = makeSubuserAccounts(provider())) =>
  makeSettleSubuser({
    ...{ ...base(), box, appUrl, sharedSender: SENDER },
    ...{ accounts, domains: makeDomainAuthentication(provider()) },
  })({ shopId });
/** Read anew each time: what one process remembers for a minute is not asked here. */
const accounts = () => makeShopAccounts({ db: connection.db, box });
const rowOf = (shopId: number) => inShop(connection.db, shopId, findSubuser);
const mailOf = (shopId: number): Batch => ({
  ...{ shopId, from: { email: SENDER, name: 'Lune' }, replyTo: null, subject: 'Bonjour', openTracking: false },
  ...{ html: '<p>Bonjour</p>', text: 'Bonjour' },
  recipients: [
    {
      ...{ messageId: '01a20238-e0c1-7dfe-a109-634faae6b366', to: 'zoe@example.com', substitutions: {} },
      unsubscribeUrl: 'https://app.example/u',
    },
  ],
});
const send = (shopId: number) => makeMailer({ ...provider(), keyOf: accounts().keyOf }).send(mailOf(shopId));
const change = (shopId: number, uninstalledAt: Date | null) =>
  inShop(connection.db, shopId, ({ tx }) => tx.update(shops).set({ uninstalledAt }).where(eq(shops.shopId, shopId)));
const lacks = (...lacksScopes: string[]) => {
  sandbox.part.state.settings.lacksScopes = lacksScopes;
};

describe('a shop’s subuser', () => {
  let shopId: number;
  beforeAll(async () => {
    shopId = await seedShop(connection.db, { now });
  });

  it('is made with its key, its webhook and the shared domain; mail waits until then', async () => {
    expect(await send(shopId)).toMatchObject({ kind: 'not-taken' });
    await settle(shopId);
    const row = await rowOf(shopId);
    expect(row).toMatchObject({
      status: 'ready',
      trouble: null,
      username: expect.stringMatching(/^relance-\w{8}-\d+$/),
    });
    const made = sandbox.part.state.subusers.find(row?.username ?? '');
    expect(made).toMatchObject({ ips: ['198.51.100.7'], disabled: false, keys: [{ scopes: ['mail.send'] }] });
    expect(row?.apiKey).not.toContain(made?.keys[0]?.secret ?? '');
    expect(await makeSenderCheck(provider()).check(SENDER, row?.username)).toBe('verified');
    await settle(shopId);
    expect(sandbox.part.state.subusers.list()).toHaveLength(1);
  });

  it('is whom the shop sends as, and its events are believed for that shop alone', async () => {
    expect(await send(shopId)).toMatchObject({ kind: 'accepted' });
    const [message] = sandbox.part.state.messages;
    expect(message?.account).toBe((await rowOf(shopId))?.username);
    await sandbox.part.settle();
    expect(new Set(stored.map((one) => `${one.shopId} ${one.topic}`))).toEqual(
      new Set([`${shopId} processed`, `${shopId} delivered`]),
    );
    stored.length = 0;
    await makeMailer({ ...provider(), keyOf: () => accounts().keyOf(shopId) }).send(mailOf(shopId + 1000));
    await sandbox.part.settle();
    expect(stored).toEqual([]);
    const stranger = await fetch(`${appUrl}/webhooks/sendgrid/${shopId}`, { method: 'POST', body: '[]' });
    const nobody = await fetch(`${appUrl}/webhooks/sendgrid/987654`, { method: 'POST', body: '[]' });
    expect([stranger.status, nobody.status]).toEqual([401, 401]);
  });

  it('is disabled when the shop is uninstalled, and comes back with it', async () => {
    await change(shopId, now);
    await settle(shopId);
    const { username } = (await rowOf(shopId)) ?? { username: '' };
    expect([await rowOf(shopId), sandbox.part.state.subusers.find(username)]).toMatchObject([
      { status: 'off' },
      { disabled: true },
    ]);
    expect(await send(shopId)).toMatchObject({ kind: 'not-taken' });
    const asked: (string | null)[] = [];
    const eraser = { erase: async (_email: string, as: string | null) => void asked.push(as) };
    // Shopify asks for erasures of shops that left, too.
    await makeEraseRecipient({ eraser, sentAs: accounts().sentAs })({ shopId, email: 'zoe@example.com' });
    expect(asked).toEqual([null, username]);
    await change(shopId, null);
    await settle(shopId);
    expect(await send(shopId)).toMatchObject({ kind: 'accepted' });
    expect(sandbox.part.state.subusers.find(username)?.keys).toHaveLength(1);
  });
});

it('a shop that comes back after it was erased can send again, from the domain it proved', async () => {
  const shopId = await seedShop(connection.db, { now });
  await settle(shopId);
  const domains = makeDomainAuthentication(provider());
  const { username = '' } = (await rowOf(shopId)) ?? {};
  const made = await domains.create('elsewhere.example', username);
  for (const { host, value } of 'answer' in made ? made.answer.records : [])
    sandbox.part.state.dns.write(host, 'cname', [value]);
  await domains.check('answer' in made ? made.answer.id : '', username);
  await change(shopId, now);
  await settle(shopId);
  await inShop(connection.db, shopId, ({ tx }) => tx.delete(subusers).where(eq(subusers.shopId, shopId)));
  await change(shopId, null);
  await settle(shopId);
  expect(await send(shopId)).toMatchObject({ kind: 'accepted' });
  const { connect: connectDomain } = makeDomainCommands({
    ...{ ...base(), domains, lend: null, subuserOf: async () => username },
    readTxt: async (name) => sandbox.part.state.dns.read(name, 'txt'),
  });
  expect(await connectDomain(shopId, { domain: 'elsewhere.example', mailbox: 'lea' })).toEqual({ ok: true });
  expect(await inShop(connection.db, shopId, findDomain)).toMatchObject({ status: 'valid', adopted: false });
});

it('a shop that leaves while its subuser is made can send again when it comes back', async () => {
  const shopId = await seedShop(connection.db, { now });
  const accounts = makeSubuserAccounts(provider());
  await settle(shopId, {
    ...accounts,
    async makeWebhook(...wish) {
      await change(shopId, now);
      await settle(shopId);
      return accounts.makeWebhook(...wish);
    },
  });
  expect(await rowOf(shopId)).toMatchObject({ status: 'off' });
  await change(shopId, null);
  await settle(shopId);
  expect(await send(shopId)).toMatchObject({ kind: 'accepted' });
});

describe('a shop whose subuser is refused', () => {
  it('is tried again by the sweep, from where it stopped', async () => {
    const shopId = await seedShop(connection.db, { now });
    lacks('api_keys.create');
    await settle(shopId);
    expect(await rowOf(shopId)).toMatchObject({ status: 'making', trouble: 'not-allowed', triedAt: now, apiKey: null });
    lacks();
    const jobs: string[] = [];
    const queue = { enqueue: async (_: unknown, name: string) => void jobs.push(name) } as unknown as Queue;
    const sweep = makeSweep({ ...base(), queue, withSubusers: true });
    await sweep.mend();
    expect(jobs).not.toContain('subuser.settle');
    now = new Date(now.getTime() + 11 * MINUTE);
    await sweep.mend();
    expect(jobs).toContain('subuser.settle');
    await settle(shopId);
    expect(await rowOf(shopId)).toMatchObject({ status: 'ready', trouble: null });
  });
});
