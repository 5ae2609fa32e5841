/** Whose address a shop may send from, and that one shop's wrong sender holds nobody else's mail. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DEFAULT_SHOP_SETTINGS } from '../../app/domain/shop';
import { makeMailer } from '../../app/gateways/sendgrid/mailer';
import { makeSenderCheck } from '../../app/gateways/sendgrid/senders';
import { makeLogger } from '../../app/log.server';
import { makeCommands } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeDeliver } from '../../app/pipeline/deliver';
import { messages, shops } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox({
    sendgrid: {
      verifiedSenders: [SENDER, 'other@elsewhere.example'],
      authenticatedDomains: ['lune.example', 'mail.lune.example'],
    },
  });
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});

const provider = () => ({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` });
const parts = () => ({
  db: connection.db,
  queue: { enqueue: async () => {} },
  clock: { now: () => NOW },
  log: makeLogger('silent'),
  mailer: makeMailer(provider()),
  senders: makeSenderCheck(provider()),
  compiled: makeCompiledEmails(),
  links: { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) },
  settings: { hasProviderKey: true, sharedSender: SENDER },
  confirmOrders: async () => true,
});
const save = (shopId: number, senderEmail: string) =>
  makeCommands(parts()).saveSettings(shopId, { ...DEFAULT_SHOP_SETTINGS, senderEmail });

describe('a sender of the shop’s own', () => {
  it('is taken at the shop’s domain once SendGrid knows it', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    expect(await save(shopId, 'bonjour@lune.example')).toEqual({ ok: true });
  });

  it('is taken beneath the shop’s domain', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    expect(await save(shopId, 'bonjour@mail.lune.example')).toEqual({ ok: true });
  });

  it('is refused at another shop’s domain, although the account may send from it', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    expect(await save(shopId, 'other@elsewhere.example')).toEqual({
      ok: false,
      errors: [{ path: 'senderEmail', code: 'sender-not-yours' }],
    });
  });

  it('is refused where another shop proved the domain by its records, although the account may send from it', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    await inShop(connection.db, shopId, ({ tx }) =>
      tx.update(shops).set({ email: 'hello@proven.example' }).where(eq(shops.shopId, shopId)),
    );
    const wish = { domain: 'proven.example', selector: 'rln', isDefault: false };
    const made = sandbox.part.state.domains.create({ account: '', userId: 1 }, wish);
    if (made) made.valid = true;
    expect(await save(shopId, 'hello@proven.example')).toEqual({
      ok: false,
      errors: [{ path: 'senderEmail', code: 'sender-not-verified' }],
    });
  });

  it('is refused while SendGrid does not know its domain', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    await inShop(connection.db, shopId, ({ tx }) =>
      tx.update(shops).set({ email: 'hello@new.example' }).where(eq(shops.shopId, shopId)),
    );
    expect(await save(shopId, 'hello@new.example')).toEqual({
      ok: false,
      errors: [{ path: 'senderEmail', code: 'sender-not-verified' }],
    });
  });

  it('that SendGrid refuses holds this shop’s mail alone', async () => {
    const [broken, fine] = [await seedShop(connection.db, { now: NOW }), await seedShop(connection.db, { now: NOW })];
    await inShop(connection.db, broken, ({ tx }) =>
      tx
        .update(shops)
        .set({ settings: { senderEmail: 'gone@nowhere.example' } })
        .where(eq(shops.shopId, broken)),
    );
    const mail = async (shopId: number) =>
      seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now: NOW });
    const statusOf = async (shopId: number, id: string) =>
      (await inShop(connection.db, shopId, ({ tx }) => tx.select().from(messages).where(eq(messages.id, id))))[0]
        ?.status;
    const deliver = makeDeliver(parts());
    const [held, sent] = [await mail(broken), await mail(fine)];
    await deliver(broken, [held]);
    await deliver(fine, [sent]);
    expect([await statusOf(broken, held), await statusOf(fine, sent)]).toEqual(['planned', 'sent']);
  });
});
