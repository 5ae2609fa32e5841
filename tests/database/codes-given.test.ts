// What the pages say of codes: each counts as given when an e-mail that shows it was sent, and as used once per order.
import { and, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { Offer } from '../../app/domain/offer';
import type { ScenarioKey } from '../../app/domain/scenario';
import type { SendgridEvent } from '../../app/gateways/sendgrid/events';
import { makeMailer } from '../../app/gateways/sendgrid/mailer';
import { DAY, HOUR } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { makeAttribute } from '../../app/pipeline/attribute';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { type Deliver, makeDeliver } from '../../app/pipeline/deliver';
import { recordClick } from '../../app/store/clicks';
import { noteUsedCodes } from '../../app/store/code-uses';
import { lastPeriods } from '../../app/store/reports/period';
import { loadScenarioFigures } from '../../app/store/reports/scenario-figures';
import { loadScenarioFacts } from '../../app/store/scenario-facts';
import { codes, customers, messages, orders, shops } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const FREE: Offer = { kind: 'free-shipping', minimum: null, validDays: 14 };
const MADE = { code: '7KQP-M2XD', offer: FREE, discountId: '018f0000-0000-7000-8000-000000000001' };
const SPRING: Offer = {
  kind: 'fixed-code',
  code: 'Lune10',
  description: { fr: '10 % sur tout', en: '10% off everything' },
  endsOn: null,
};
const FIXED = { code: 'Lune10', offer: SPRING, discountId: null };

let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;
let deliver: Deliver;
let now = NOW;
let shopId: number;
let zoe: string;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox();
  deliver = makeDeliver({
    db: connection.db,
    queue: { enqueue: async () => {} },
    clock: { now: () => now },
    log: makeLogger('silent'),
    mailer: makeMailer({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` }),
    links: { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) },
    settings: { hasProviderKey: true, sharedSender: SENDER },
    compiled: makeCompiledEmails(),
    confirmOrders: async () => true,
  });
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});
beforeEach(async () => {
  now = NOW;
  shopId = await seedShop(connection.db, { now });
  zoe = await seedCustomer(connection.db, shopId);
});

const within = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
const put = (id: string, change: Partial<typeof messages.$inferInsert>) =>
  within(({ tx }) => tx.update(messages).set(change).where(eq(messages.id, id)).returning());

const read = (id: string) => within(({ tx }) => tx.select().from(messages).where(eq(messages.id, id)));

/** The code as a scenario's checks see it. */
const codeFacts = async (enrollmentId: number) =>
  (await within((shop) => loadScenarioFacts(shop, [enrollmentId]))).get(enrollmentId)?.code;

/** Codes given and used, by scenario, of those that have any, as the pages show them at a moment. */
async function counted(at = now) {
  const figures = await within((shop) => loadScenarioFigures(shop, lastPeriods(at).current));
  const some = Object.entries(figures).filter(([, { codes: given, codesUsed }]) => given !== 0 || codesUsed !== 0);
  return Object.fromEntries(some.map(([key, { codes: given, codesUsed }]) => [key, [given, codesUsed]]));
}

/** An e-mail of Zoé's that is due, whose enrollment has its code. */
async function mail(scenario: ScenarioKey = 'welcome', code: typeof MADE | typeof FIXED = MADE) {
  const id = await seedMessage(connection.db, shopId, { customerId: zoe, now, scenario });
  const [message] = await read(id);
  const enrollmentId = message?.enrollmentId ?? 0;
  await within(({ tx }) =>
    tx.insert(codes).values({ ...code, shopId, enrollmentId, customerId: zoe, scenario, createdAt: now, readyAt: now }),
  );
  return { id, enrollmentId };
}

/** The same, sent at this moment. */
async function given(scenario: ScenarioKey, code: typeof MADE | typeof FIXED, at: Date) {
  const { id, enrollmentId } = await mail(scenario, code);
  await put(id, { status: 'sent', sentAt: at, showsCode: true, dueAt: null });
  await within(({ tx }) => tx.update(codes).set({ givenAt: at }).where(eq(codes.enrollmentId, enrollmentId)));
  return id;
}

const event = (messageId: string, name: 'processed' | 'dropped'): SendgridEvent => ({
  ...{ name, id: `${name}-${messageId}`, at: now, shopId, messageId, providerMessageId: null },
  ...{ url: null, bounceType: null, reason: null, machine: false, userAgent: null },
});
const told = (messageId: string, name: 'processed' | 'dropped') =>
  within((shop) => applyMailEvent({ queue: { enqueue: async () => {} } }, shop, event(messageId, name), now));

describe('a code counts as given', () => {
  it('once, on the day the first e-mail that shows it was sent', async () => {
    const { id, enrollmentId } = await mail();
    const second = await seedMessage(connection.db, shopId, { customerId: zoe, now });
    await put(second, { enrollmentId, step: 'last-call', email: 'welcome-3', dueAt: later(20 * DAY) });
    await within(({ tx }) => tx.update(shops).set({ pausedAt: NOW }).where(eq(shops.shopId, shopId)));
    await deliver(shopId, [id]);
    expect(await counted()).toEqual({});
    await within(({ tx }) => tx.update(shops).set({ pausedAt: null }).where(eq(shops.shopId, shopId)));
    now = later(DAY);
    await put(id, { dueAt: now, alarmAt: null });
    await deliver(shopId, [id]);
    expect(await read(id)).toMatchObject([{ status: 'sent', showsCode: true }]);
    expect(await counted()).toEqual({ welcome: [1, 0] });
    expect((await codeFacts(enrollmentId))?.givenAt).toEqual(now);
    now = later(20 * DAY);
    await put(second, { expiresAt: later(23 * DAY) });
    await deliver(shopId, [second]);
    expect(await read(second)).toMatchObject([{ status: 'sent', showsCode: true }]);
    expect(await counted()).toEqual({ welcome: [1, 0] });
    expect(await counted(later(31 * DAY))).toEqual({});
  });

  it('not by an e-mail without it, and not when its own was withheld', async () => {
    const { id } = await mail();
    await put(id, { step: 'no-such-step' });
    await deliver(shopId, [id]);
    expect(await read(id)).toMatchObject([{ status: 'sent', showsCode: false }]);
    now = later(2 * DAY);
    const refused = await mail();
    await within(({ tx }) => tx.update(customers).set({ consentState: 'unsubscribed' }).where(eq(customers.id, zoe)));
    await deliver(shopId, [refused.id]);
    expect(await read(refused.id)).toMatchObject([{ status: 'withheld' }]);
    expect(await codeFacts(refused.enrollmentId)).toMatchObject({ code: MADE.code, givenAt: null });
    expect(await counted()).toEqual({});
  });

  it('when SendGrid tells late that it took the e-mail, and no more when it dropped it', async () => {
    const { id, enrollmentId } = await mail();
    await put(id, { status: 'unsettled', handedOverAt: now, showsCode: true, dueAt: null });
    await told(id, 'processed');
    expect(await counted()).toEqual({ welcome: [1, 0] });
    await told(id, 'dropped');
    expect(await counted()).toEqual({});
    const other = await seedMessage(connection.db, shopId, { customerId: zoe, now });
    await put(other, { enrollmentId, step: 'last-call', status: 'unsettled', handedOverAt: now, showsCode: true });
    await told(other, 'processed');
    expect(await counted()).toEqual({ welcome: [1, 0] });
  });
});

describe('a code counts as used', () => {
  const attribute = (orderId: string) =>
    makeAttribute({ db: connection.db, linkSecret: 'x'.repeat(32), log: makeLogger('silent') })({ shopId, orderId });

  /** Zoé orders with these codes. */
  async function order(id: string, discountCodes: string[], at = later(5 * DAY)) {
    const row = { shopId, id, name: `#${id}`, customerId: zoe, currency: 'EUR', total: '40', processedAt: at };
    await within(async (shop) => {
      await shop.tx.insert(orders).values({ ...row, discountCodes });
      await noteUsedCodes(shop, [id]);
    });
  }

  it('once per order, for the scenario that gave it last while no e-mail brought the order', async () => {
    await given('welcome', FIXED, NOW);
    now = later(DAY);
    await given('win-back', FIXED, now);
    await given('birthday', MADE, now);
    now = later(6 * DAY);
    expect(await counted()).toEqual({ welcome: [1, 0], 'win-back': [1, 0], birthday: [1, 0] });
    await order('1', ['LUNE10', '7kqp-m2xd']);
    expect(await counted()).toEqual({ welcome: [1, 0], 'win-back': [1, 1], birthday: [1, 1] });
    const rows = await within(({ tx }) =>
      tx
        .select()
        .from(codes)
        .where(and(eq(codes.shopId, shopId), inArray(codes.usedOrderId, ['1']))),
    );
    expect(rows).toHaveLength(3);
  });

  it('for the scenario its order is attributed to, once that is known, and again when a click is told late', async () => {
    const hello = await given('welcome', FIXED, NOW);
    now = later(DAY);
    await given('win-back', FIXED, now);
    now = later(6 * DAY);
    await order('1', ['lune10']);
    await attribute('1');
    expect(await counted()).toEqual({ welcome: [1, 0], 'win-back': [1, 1] });
    const click = {
      eventId: 'e1',
      messageId: hello,
      customerId: zoe,
      at: later(5 * DAY - HOUR),
      url: '',
      person: true,
    };
    await within((shop) => recordClick(shop, click));
    await attribute('1');
    await attribute('1');
    expect(await counted()).toEqual({ welcome: [1, 1], 'win-back': [1, 0] });
  });

  it('for the scenario that gave it, though another one’s e-mail brought the order', async () => {
    await given('birthday', MADE, NOW);
    const hello = await seedMessage(connection.db, shopId, { customerId: zoe, now });
    await put(hello, { status: 'sent', sentAt: NOW, dueAt: null });
    now = later(6 * DAY);
    const click = {
      eventId: 'e2',
      messageId: hello,
      customerId: zoe,
      at: later(5 * DAY - HOUR),
      url: '',
      person: true,
    };
    await within((shop) => recordClick(shop, click));
    await order('1', [MADE.code]);
    await attribute('1');
    expect(await counted()).toEqual({ birthday: [1, 1] });
  });
});
