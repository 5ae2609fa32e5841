/** What SendGrid tells of an e-mail: scanners are no people, opens are nobody's business, and only who agreed is watched. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { SendgridEvent } from '../../app/gateways/sendgrid/events';
import { makeMailer } from '../../app/gateways/sendgrid/mailer';
import { makeLogger } from '../../app/log.server';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { makeAttribute } from '../../app/pipeline/attribute';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeDeliver } from '../../app/pipeline/deliver';
import { findInboundEvent, storeInboundEvents } from '../../app/store/inbound-events';
import { attributions, customers, messages, orders } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
const LINK_SECRET = 'x'.repeat(32);
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const within = <T>(shopId: number, work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** An e-mail that went out, and what is told of it. */
async function sentMail() {
  const shopId = await seedShop(connection.db, { now: NOW });
  const customerId = await seedCustomer(connection.db, shopId);
  const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
  await within(shopId, ({ tx }) => tx.update(messages).set({ status: 'sent', sentAt: NOW }).where(eq(messages.id, id)));
  const asked: string[] = [];
  const queue = {
    enqueue: async (_shop: unknown, name: string, payloads: readonly object[]) =>
      void asked.push(...payloads.map((payload) => `${name} ${Reflect.get(payload, 'orderId')}`)),
  };
  let count = 0;
  const tell = (name: SendgridEvent['name'], change: Partial<SendgridEvent>) => {
    count += 1;
    const event: SendgridEvent = {
      ...{ name, id: `${id}-${count}`, at: NOW, shopId, messageId: id, providerMessageId: 'x', url: null },
      ...{ bounceType: null, reason: null, machine: false, userAgent: 'Mozilla/5.0 (iPhone)', ...change },
    };
    return within(shopId, async (shop) => {
      const key = { source: 'sendgrid' as const, topic: name, dedupeKey: event.id };
      await storeInboundEvents(shop, [{ ...key, shopId, triggeredAt: event.at, payload: JSON.stringify(event) }], NOW);
      const outcome = await applyMailEvent({ queue }, shop, event, NOW);
      return { outcome, payload: (await findInboundEvent(shop, key))?.payload };
    });
  };
  const click = async (seconds: number, link = 'a', change: Partial<SendgridEvent> = {}) =>
    (await tell('click', { at: at(seconds), url: `https://lune.example/${link}`, ...change })).outcome;
  const state = () =>
    within(shopId, async ({ tx }) => {
      const [message] = await tx.select().from(messages).where(eq(messages.id, id));
      const clicks = await tx.execute<{ machine: string | null }>(
        sql`select machine from clicks where shop_id = ${shopId} order by at, event_id`,
      );
      return { clickedAt: message?.clickedAt ?? null, clicks: clicks.map(({ machine }) => machine) };
    });
  return { shopId, customerId, tell, click, state, asked };
}

describe('a click', () => {
  it('of a person counts from its first moment, whatever comes late', async () => {
    const { tell, click, state } = await sentMail();
    await tell('delivered', { at: at(1) });
    expect(await click(900)).toBe('applied');
    expect(await click(600, 'b')).toBe('applied');
    expect(await state()).toEqual({ clickedAt: at(600), clicks: [null, null] });
  });

  it('within seconds of a delivery that is told later turns out to be a scanner’s', async () => {
    const { tell, click, state } = await sentMail();
    await click(3);
    expect(await state()).toEqual({ clickedAt: at(3), clicks: [null] });
    await tell('delivered', { at: at(2) });
    expect(await state()).toEqual({ clickedAt: null, clicks: ['too-fast'] });
  });

  it('on every link at once is a scanner’s, the first as well, and a person’s still counts after it', async () => {
    const { tell, click, state } = await sentMail();
    await tell('delivered', { at: at(0) });
    await click(20, 'a');
    await click(21, 'b');
    expect((await state()).clickedAt).toEqual(at(20));
    expect(await click(22, 'c')).toBe('machine-click');
    expect(await state()).toEqual({ clickedAt: null, clicks: ['all-at-once', 'all-at-once', 'all-at-once'] });
    await click(3600, 'b');
    expect((await state()).clickedAt).toEqual(at(3600));
  });

  it('by an agent that says so is kept and counts for nobody', async () => {
    const { click, state } = await sentMail();
    expect(await click(900, 'a', { userAgent: 'Barracuda Sentinel (EE)' })).toBe('machine-click');
    expect(await state()).toEqual({ clickedAt: null, clicks: ['agent'] });
  });

  it('that turns out to be a scanner’s takes the order back that was counted for it', async () => {
    const { shopId, customerId, tell, click, asked } = await sentMail();
    await within(shopId, ({ tx }) =>
      tx.insert(orders).values({
        ...{ shopId, id: '9001', name: '#9001', customerId, currency: 'EUR', total: '20' },
        processedAt: at(300),
      }),
    );
    await tell('delivered', { at: at(0) });
    await click(20, 'a');
    expect(asked).toEqual(['order.attribute 9001']);
    const attribute = makeAttribute({ db: connection.db, linkSecret: LINK_SECRET, log: makeLogger('silent') });
    expect(await attribute({ shopId, orderId: '9001' })).toBe('attributed');
    await click(20, 'b');
    expect(asked).toEqual(['order.attribute 9001', 'order.attribute 9001']);
    expect(await attribute({ shopId, orderId: '9001' })).toBe('no-click');
    expect(await within(shopId, ({ tx }) => tx.select().from(attributions))).toEqual([]);
  });
});

describe('an e-mail SendGrid dropped', () => {
  it.each([
    ['Bounced Address', 'bounced'],
    ['Spam Reporting Address', 'complained'],
    ['Spam Content (if Spam Checker app is enabled)', null],
    ['Recipient List over Package Quota', null],
  ])('as it says "%s" suppresses whom it says something of', async (reason, suppressed) => {
    const { shopId, tell } = await sentMail();
    await tell('dropped', { reason });
    expect(await within(shopId, ({ tx }) => tx.select().from(customers))).toMatchObject([{ suppressed }]);
  });
});

describe('an open', () => {
  const agree = (shopId: number, openTracking: string) =>
    within(shopId, ({ tx }) => tx.update(customers).set({ openTracking }).where(eq(customers.shopId, shopId)));

  it('is kept of who agreed, and never counts', async () => {
    const { shopId, tell, state } = await sentMail();
    await agree(shopId, 'opted_in');
    expect(await tell('open', {})).toMatchObject({ outcome: 'kept', payload: expect.stringContaining('iPhone') });
    expect(await tell('open', { machine: true })).toMatchObject({ outcome: 'machine-open' });
    expect(await state()).toEqual({ clickedAt: null, clicks: [] });
  });

  it.each(['unknown', 'opted_out'])('is not kept of who has not agreed to it: %s', async (level) => {
    const { shopId, tell } = await sentMail();
    await agree(shopId, level);
    expect(await tell('open', {})).toEqual({ outcome: 'open-not-agreed-to', payload: '' });
  });
});

describe('open tracking', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it('is asked for those alone who agreed to it, in France as elsewhere; who did not travels apart', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const people = [
      { openTracking: 'opted_in', country: 'FR' },
      { openTracking: 'unknown', country: 'FR' },
      { openTracking: 'unknown', country: 'US' },
      { openTracking: 'opted_out', country: 'IT' },
    ];
    const ids = [];
    for (const [index, person] of people.entries()) {
      const customerId = await seedCustomer(connection.db, shopId, { email: `o${index}-${shopId}@example.com` });
      await within(shopId, ({ tx }) => tx.update(customers).set(person).where(eq(customers.id, customerId)));
      ids.push(await seedMessage(connection.db, shopId, { customerId, now: NOW }));
    }
    const deliver = makeDeliver({
      ...{ db: connection.db, queue: { enqueue: async () => {} }, clock: { now: () => NOW } },
      ...{ log: makeLogger('silent'), compiled: makeCompiledEmails() },
      mailer: makeMailer({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` }),
      links: { appUrl: 'https://app.example', linkSecret: LINK_SECRET },
      settings: { hasProviderKey: true, sharedSender: SENDER },
      confirmOrders: async () => true,
    });
    await deliver(shopId, ids);
    const { messages: mails } = (await sandbox.json(`/mailbox/api/messages?arg.shop=${shopId}`)) as {
      messages: { to: string; html: string; xMessageId: string }[];
    };
    const found = mails.toSorted((a, b) => (a.to < b.to ? -1 : 1));
    expect(found.map(({ html }) => html.includes('/mailbox/open/'))).toEqual([true, false, false, false]);
    expect(new Set(found.map(({ xMessageId }) => xMessageId)).size).toBe(2);
  });
});
