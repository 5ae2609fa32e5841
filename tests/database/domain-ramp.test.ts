/** A shop's own sender domain sends few e-mails on its first days; the operator's shared one is known already. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { ScenarioKey } from '../../app/domain/scenario';
import { makeMailer } from '../../app/gateways/sendgrid/mailer';
import { DAY, HOUR } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { readRamp } from '../../app/pipeline/allowances';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeDeliver } from '../../app/pipeline/deliver';
import { customers, scenarioSettings, senderDomains, shops } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { chooseSenderDomain, findSenderDomain, noteSentFrom } from '../../app/store/sender-domains';
import { loadShop } from '../../app/store/shop-settings';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { claimAt, seedSent } from './paced';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
const DOMAIN = 'lune.example';
const later = (ms: number) => new Date(NOW.getTime() + ms);
let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox({ sendgrid: { verifiedSenders: [SENDER], authenticatedDomains: [DOMAIN] } });
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});

const within = <T>(shopId: number, work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
const ownSender = (shopId: number) =>
  within(shopId, ({ tx }) =>
    tx
      .update(shops)
      .set({ settings: { senderEmail: `bonjour@${DOMAIN}` } })
      .where(eq(shops.shopId, shopId)),
  );
const planned = (shopId: number, count: number, what: { scenario?: ScenarioKey; email?: string } = {}) =>
  Promise.all(
    Array.from({ length: count }, async () =>
      seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now: NOW, ...what }),
    ),
  );
const ramp = (shopId: number, now = NOW) => within(shopId, async (shop) => readRamp(shop, await loadShop(shop), now));

const known = (shopId: number) => within(shopId, (shop) => findSenderDomain(shop, DOMAIN));
const deliver = (baseUrl: string) =>
  makeDeliver({
    ...{ db: connection.db, queue: { enqueue: async () => {} }, clock: { now: () => NOW } },
    ...{ log: makeLogger('silent'), mailer: makeMailer({ apiKey: API_KEY, baseUrl }), compiled: makeCompiledEmails() },
    links: { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) },
    settings: { hasProviderKey: true, sharedSender: SENDER },
    confirmOrders: async () => true,
  });

/** A shop whose own domain sent its first e-mail so long ago, and so many today. */
async function rampingShop(daysAgo: number, sentToday: number): Promise<number> {
  const shopId = await seedShop(connection.db, { now: NOW });
  await ownSender(shopId);
  await within(shopId, (shop) => chooseSenderDomain(shop, DOMAIN, later(-(daysAgo + 1) * DAY)));
  await within(shopId, (shop) => noteSentFrom(shop, DOMAIN, later(-daysAgo * DAY)));
  if (sentToday > 0) await seedSent(connection.db, shopId, { mails: sentToday, bounced: 0, complained: 0, now: NOW });
  return shopId;
}

describe('a new sender domain', () => {
  it('sends what the day has room for and puts the rest off to the next morning, with the reason', async () => {
    const shopId = await rampingShop(2, 395);
    const ids = await planned(shopId, 8);
    expect((await claimAt(connection.db, shopId, ids, NOW)).claims).toHaveLength(5);
    const held = await within(shopId, ({ tx }) =>
      tx.execute<{ reason: string; facts: object; due: string }>(sql`
        select reason, facts, due_at as due from messages where shop_id = ${shopId} and status = 'planned'`),
    );
    expect(held).toHaveLength(3);
    for (const row of held) {
      expect(row).toMatchObject({ reason: 'new-sender-domain', facts: { domain: DOMAIN, limit: 400, day: 3 } });
      expect(new Date(row.due)).toEqual(new Date('2026-03-04T07:00:00Z'));
    }
    expect((await claimAt(connection.db, shopId, ids, later(21 * HOUR))).claims).toHaveLength(3);
  });

  it('lets the more important go first, and keeps a quarter of the day for them', async () => {
    const shopId = await rampingShop(0, 149);
    await within(shopId, ({ tx }) =>
      tx.insert(scenarioSettings).values({
        ...{ shopId, scenario: 'birthday', enabled: true, enabledAt: NOW, overlay: { offer: null }, updatedAt: NOW },
      }),
    );
    const birthdays = await planned(shopId, 3, { scenario: 'birthday', email: 'birthday-1' });
    await within(shopId, ({ tx }) => tx.update(customers).set({ birthDate: '1990-03-03' }));
    const welcomes = await planned(shopId, 2);
    const { claims } = await claimAt(connection.db, shopId, [...birthdays, ...welcomes], NOW);
    expect(claims.map(({ message }) => message.scenario)).toEqual(['welcome', 'welcome']);
    const { claims: more } = await claimAt(connection.db, shopId, await planned(shopId, 60), NOW);
    expect(more).toHaveLength(49);
  });

  it('has no limit after four weeks, and none for the shared sender', async () => {
    const known = await rampingShop(28, 500);
    const shared = await seedShop(connection.db, { now: NOW });
    await seedSent(connection.db, shared, { mails: 500, bounced: 0, complained: 0, now: NOW });
    for (const shopId of [known, shared]) {
      expect((await claimAt(connection.db, shopId, await planned(shopId, 3), NOW)).claims).toHaveLength(3);
      expect(await ramp(shopId)).toBeNull();
    }
  });

  it('does not count what went out that day before it was chosen', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    await seedSent(connection.db, shopId, { mails: 300, bounced: 0, complained: 0, now: NOW });
    await ownSender(shopId);
    await within(shopId, (shop) => chooseSenderDomain(shop, DOMAIN, later(-5 * 60_000)));
    expect(await ramp(shopId)).toEqual({ domain: DOMAIN, limit: 200, sentToday: 0, freeFrom: null, idle: false });
    expect((await claimAt(connection.db, shopId, await planned(shopId, 2), NOW)).claims).toHaveLength(2);
  });

  it('begins with the first e-mail SendGrid takes', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    await ownSender(shopId);
    const ids = await planned(shopId, 1);
    await deliver('http://127.0.0.1:9')(shopId, ids);
    expect(await known(shopId)).toBeNull();
    await within(shopId, ({ tx }) =>
      tx.execute(sql`update messages set due_at = ${NOW.toISOString()} where shop_id = ${shopId}`),
    );
    await deliver(`${sandbox.url}/sendgrid`)(shopId, ids);
    expect(await known(shopId)).toEqual({ chosenAt: NOW, firstAt: NOW, lastAt: NOW });
    expect(await ramp(shopId)).toMatchObject({ sentToday: 1, freeFrom: '2026-03-30T22:00:00.000Z' });
  });

  it('keeps its first day when the owner chooses it again', async () => {
    const shopId = await rampingShop(10, 0);
    await within(shopId, (shop) => chooseSenderDomain(shop, DOMAIN, NOW));
    await within(shopId, (shop) => noteSentFrom(shop, DOMAIN, NOW));
    expect(await within(shopId, (shop) => findSenderDomain(shop, DOMAIN))).toMatchObject({
      firstAt: later(-10 * DAY),
    });
    const rows = await within(shopId, ({ tx }) => tx.select().from(senderDomains));
    expect(rows).toHaveLength(1);
  });

  it('begins again when nothing went out from it for 30 days, with the e-mail that goes out then', async () => {
    const shopId = await rampingShop(60, 0);
    expect(await ramp(shopId)).toEqual({ domain: DOMAIN, limit: 200, sentToday: 0, freeFrom: null, idle: true });
    await deliver(`${sandbox.url}/sendgrid`)(shopId, await planned(shopId, 1));
    expect(await known(shopId)).toMatchObject({ firstAt: NOW, lastAt: NOW });
    expect(await ramp(shopId)).toMatchObject({ sentToday: 1, freeFrom: '2026-03-30T22:00:00.000Z', idle: false });
    await seedSent(connection.db, shopId, { mails: 199, bounced: 0, complained: 0, now: NOW });
    expect((await claimAt(connection.db, shopId, await planned(shopId, 1), NOW)).claims).toEqual([]);
  });

  it('stays known as long as something goes out from it within 30 days', async () => {
    const shopId = await rampingShop(60, 0);
    await within(shopId, (shop) => noteSentFrom(shop, DOMAIN, later(-31 * DAY)));
    await within(shopId, (shop) => noteSentFrom(shop, DOMAIN, later(-2 * DAY)));
    await deliver(`${sandbox.url}/sendgrid`)(shopId, await planned(shopId, 1));
    expect(await known(shopId)).toMatchObject({ firstAt: later(-60 * DAY), lastAt: NOW });
    expect(await ramp(shopId)).toBeNull();
  });
});
