import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DAY } from '../../app/lib/duration';
import { fetchDataRequest, keepDataRequest } from '../../app/store/data-requests';
import { recordDecisions } from '../../app/store/decisions';
import { findCustomerRow } from '../../app/store/engagement';
import { loadAttention, missingScopes } from '../../app/store/reports/attention';
import { searchCustomers } from '../../app/store/reports/customer-search';
import { loadCustomerTimeline } from '../../app/store/reports/customer-timeline';
import { loadDailyEngagement } from '../../app/store/reports/daily-engagement';
import { homeFiguresOf, loadHomeFigures } from '../../app/store/reports/home-figures';
import { loadImportProgress } from '../../app/store/reports/import-progress';
import { lastPeriods } from '../../app/store/reports/period';
import { loadLastSent } from '../../app/store/reports/recent-sends';
import { loadEmailFigures, loadScenarioFigures, loadSwitchedOn } from '../../app/store/reports/scenario-figures';
import { attributions, codes, customers, imports, messages, orders, shops } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const { current, before } = lastPeriods(NOW);
let database: TestDatabase;
let connection: Connection;
let shopId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});
beforeEach(async () => {
  shopId = await seedShop(connection.db, { now: NOW });
});

const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const read = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);

async function sent(change: Partial<typeof messages.$inferInsert>, customerId?: string): Promise<string> {
  const person = customerId ?? (await seedCustomer(connection.db, shopId));
  const id = await seedMessage(connection.db, shopId, { customerId: person, now: NOW });
  await read(({ tx }) =>
    tx
      .update(messages)
      .set({ status: 'sent', dueAt: null, ...change })
      .where(eq(messages.id, id)),
  );
  return id;
}

async function ordered(id: string, change: Partial<typeof orders.$inferInsert> = {}, at = ago(1)): Promise<void> {
  const messageId = await sent({ sentAt: ago(2), clickedAt: ago(2) });
  await read(async ({ tx }) => {
    await tx
      .insert(orders)
      .values({ shopId, id, name: `#${id}`, currency: 'EUR', total: '50', processedAt: at, ...change });
    await tx
      .insert(attributions)
      .values({ shopId, orderId: id, messageId, scenario: 'welcome', by: 'click', orderedAt: at });
  });
}

describe('the overview', () => {
  it('tells each of thirty days apart, those without anything included, and only this shop’s', async () => {
    await sent({ sentAt: ago(1), clickedAt: NOW });
    await sent({ sentAt: ago(1) });
    await sent({ sentAt: ago(29) });
    await sent({ sentAt: ago(31) });
    await ordered('7', {}, ago(3));
    const days = await read((shop) => loadDailyEngagement(shop, current));
    expect(days).toHaveLength(30);
    expect([days[0]?.day, days.at(-1)?.day]).toEqual(['2026-02-02', '2026-03-03']);
    const some = days.filter(({ sent, clicked, orders }) => sent + clicked + orders > 0);
    expect(some).toEqual([
      { day: '2026-02-02', sent: 1, clicked: 0, orders: 0 },
      { day: '2026-02-28', sent: 0, clicked: 0, orders: 1 },
      { day: '2026-03-01', sent: 1, clicked: 1, orders: 0 },
      // A click counts with its e-mail: on the day that was sent.
      { day: '2026-03-02', sent: 2, clicked: 1, orders: 0 },
    ]);
    const other = await seedShop(connection.db, { now: NOW });
    const theirs = await inShop(connection.db, other, (shop) => loadDailyEngagement(shop, current));
    expect(theirs.every(({ sent }) => sent === 0)).toBe(true);
  });

  it('lists the e-mails sent last, to whom and whether they were clicked', async () => {
    const zoe = await seedCustomer(connection.db, shopId, { email: 'zoe@example.com', firstName: 'Zoé' });
    await sent({ sentAt: ago(3), clickedAt: ago(2), subject: 'Bienvenue' }, zoe);
    await sent({ sentAt: ago(1), subject: 'Une idée pour vous' }, zoe);
    await sent({ sentAt: ago(5) });
    await seedMessage(connection.db, shopId, { customerId: zoe, now: NOW });
    const told = await read((shop) => loadLastSent(shop, 2));
    expect(told.map(({ name, address, subject, clicked }) => ({ name, address, subject, clicked }))).toEqual([
      { name: 'Zoé', address: 'zoe@example.com', subject: 'Une idée pour vous', clicked: false },
      { name: 'Zoé', address: 'zoe@example.com', subject: 'Bienvenue', clicked: true },
    ]);
  });

  it('counts e-mails by when they were sent, and compares with the thirty days before', async () => {
    await sent({ sentAt: ago(1), clickedAt: NOW });
    await sent({ sentAt: ago(29) });
    await sent({ sentAt: ago(31) });
    await sent({ sentAt: ago(61) });
    await sent({ sentAt: null, status: 'withheld' });
    expect(await read((shop) => loadHomeFigures(shop, current))).toMatchObject({ sent: 2, clicked: 1 });
    expect(await read((shop) => loadHomeFigures(shop, before))).toMatchObject({ sent: 1, clicked: 0 });
  });

  it('takes refunds off and leaves cancelled orders out', async () => {
    await ordered('1', { total: '50', refunded: '12.50' });
    await ordered('2', { total: '30', refunded: '40' });
    await ordered('3', { cancelledAt: NOW });
    await ordered('4', {}, ago(40));
    const { orders: count, amount } = await read((shop) => loadHomeFigures(shop, current));
    expect([count, Number(amount)]).toEqual([2, 37.5]);
  });

  it('shows nothing of another shop', async () => {
    await sent({ sentAt: ago(1) });
    const other = await seedShop(connection.db, { now: NOW });
    const figures = await inShop(connection.db, other, (shop) => loadHomeFigures(shop, current));
    expect(figures).toMatchObject({ sent: 0, orders: 0 });
  });
});

describe('scenario figures', () => {
  it('are kept apart by scenario and by e-mail', async () => {
    await sent({ sentAt: ago(1), clickedAt: NOW });
    const id = await sent({ status: 'withheld' });
    await read((shop) =>
      recordDecisions(shop, [
        { at: ago(1), customerId: '1', scenario: 'welcome', kind: 'withheld', reason: 'expired', messageId: id },
      ]),
    );
    const all = await read((shop) => loadScenarioFigures(shop, current));
    expect(all.welcome).toMatchObject({ sent: 1, clicked: 1, withheld: 1, underWay: 0 });
    expect(all['abandoned-checkout']).toMatchObject({ sent: 0, clicked: 0, withheld: 0, underWay: 0 });
    const emails = await read((shop) => loadEmailFigures(shop, 'welcome', current));
    expect(emails).toEqual({ 'welcome-2': { sent: 1, clicked: 1, withheld: 1 } });
  });

  it('count orders as the overview does: refunds off, cancelled ones out, each for the scenario it came from', async () => {
    await ordered('1', { total: '50', refunded: '12.50' });
    await ordered('2', { total: '30', refunded: '40' });
    await ordered('3', { cancelledAt: NOW });
    await ordered('4', {}, ago(40));
    const all = await read((shop) => loadScenarioFigures(shop, current));
    expect([all.welcome.orders, Number(all.welcome.amount)]).toEqual([2, 37.5]);
    expect(all.vip).toMatchObject({ orders: 0, amount: '0', codes: 0, codesUsed: 0 });
    const home = await read((shop) => loadHomeFigures(shop, current));
    expect(homeFiguresOf(all)).toEqual({ ...home, amount: '37.5000' });
  });

  it('count the codes that were given in the period, and those of them that were used', async () => {
    const given = async (givenAt: Date | null, usedAt: Date | null, useCounts = usedAt !== null) => {
      const customerId = await seedCustomer(connection.db, shopId);
      const messageId = await seedMessage(connection.db, shopId, { customerId, now: NOW, scenario: 'birthday' });
      await read(async ({ tx }) => {
        const [message] = await tx.select().from(messages).where(eq(messages.id, messageId));
        await tx.insert(codes).values({
          shopId,
          enrollmentId: message?.enrollmentId ?? 0,
          customerId,
          scenario: 'birthday',
          code: `CODE-${customerId}`,
          offer: { kind: 'free-shipping', minimum: null, validDays: 14 },
          createdAt: NOW,
          readyAt: ago(41),
          givenAt,
          usedAt,
          useCounts,
        });
      });
    };
    await given(ago(3), ago(1));
    await given(ago(2), null);
    await given(ago(40), ago(1));
    await given(null, ago(1));
    await given(null, null);
    await given(ago(1), ago(1), false);
    const { birthday, welcome } = await read((shop) => loadScenarioFigures(shop, current));
    expect(birthday).toMatchObject({ codes: 3, codesUsed: 1 });
    expect(welcome).toMatchObject({ codes: 0, codesUsed: 0 });
  });

  it('say since when a scenario is on', async () => {
    expect(await read(loadSwitchedOn)).toEqual({ welcome: NOW, 'abandoned-checkout': NOW });
  });
});

describe('searching customers', () => {
  const person = async (firstName: string, lastName: string, email: string | null) => {
    const id = await seedCustomer(connection.db, shopId);
    await read(({ tx }) => tx.update(customers).set({ firstName, lastName, email }).where(eq(customers.id, id)));
    return id;
  };
  const search = async (query: string) =>
    (await read((shop) => searchCustomers(shop, { query }))).customers.map(({ firstName }) => firstName);

  it('finds the beginning of a first name, a last name or an address, accents and case aside', async () => {
    await person('Zoé', 'Lefèvre', 'zoe@example.com');
    await person('Jean-Éric', 'de la Tour', 'jed@example.com');
    await person('名前', '山田', 'yamada@example.com');
    expect(await search('zoe')).toEqual(['Zoé']);
    expect(await search('LEFEV')).toEqual(['Zoé']);
    expect(await search('tour jean')).toEqual(['Jean-Éric']);
    expect(await search('山')).toEqual(['名前']);
    expect(await search('yamada@')).toEqual(['名前']);
    expect(await search('xample')).toEqual([]);
  });

  it('takes signs of a search pattern for what they are', async () => {
    await person('100%', 'O_Neil\\', 'a@example.com');
    await person('Anna', 'ONeil', 'b@example.com');
    expect(await search('100%')).toEqual(['100%']);
    expect(await search('%')).toEqual([]);
    expect(await search('o_')).toEqual(['100%']);
    expect(await search("'; drop table customers; --")).toEqual([]);
  });

  it('comes a page at a time, and leaves deleted customers out', async () => {
    for (const name of ['A', 'B', 'C']) await person(name, name, null);
    const gone = await person('D', 'D', null);
    await read(({ tx }) => tx.update(customers).set({ deletedAt: NOW }).where(eq(customers.id, gone)));
    const first = await read((shop) => searchCustomers(shop, { query: '', most: 2 }));
    expect([first.customers.map((one) => one.lastName), first.next]).toEqual([['A', 'B'], 2]);
    const rest = await read((shop) => searchCustomers(shop, { query: '', most: 2, offset: 2 }));
    expect([rest.customers.map((one) => one.lastName), rest.next]).toEqual([['C'], null]);
  });

  it('finds nobody of another shop, neither by name nor by id', async () => {
    const id = await person('Zoé', 'Lefèvre', 'zoe@example.com');
    const other = await seedShop(connection.db, { now: NOW });
    const found = await inShop(connection.db, other, async (shop) => ({
      hits: (await searchCustomers(shop, { query: 'zoe' })).customers,
      profile: await findCustomerRow(shop, id),
      timeline: await loadCustomerTimeline(shop, id),
    }));
    expect(found).toEqual({ hits: [], profile: null, timeline: [] });
  });
});

describe('a customer’s timeline', () => {
  it('tells decisions, clicks and orders, the newest first, with what each rested on', async () => {
    const customerId = await seedCustomer(connection.db, shopId);
    const messageId = await sent(
      { sentAt: ago(3), clickedAt: ago(2), subject: 'Bonjour', ground: 'subscribed' },
      customerId,
    );
    await read(async (shop) => {
      await recordDecisions(shop, [
        { at: ago(4), customerId, scenario: 'welcome', kind: 'enrolled', reason: 'trigger-met' },
        { at: ago(3), customerId, scenario: 'welcome', kind: 'planned', reason: 'message-planned', messageId },
        { at: ago(3), customerId, scenario: 'welcome', kind: 'sent', reason: 'sent', messageId },
        { at: NOW, customerId, scenario: 'welcome', kind: 'ended', reason: 'order-placed', facts: { orderId: '9' } },
      ]);
      await shop.tx
        .insert(orders)
        .values({ shopId, id: '9', name: '#9', customerId, currency: 'EUR', total: '40', processedAt: ago(1) });
      await shop.tx
        .insert(attributions)
        .values({ shopId, orderId: '9', messageId, scenario: 'welcome', by: 'click', orderedAt: ago(1) });
    });
    const timeline = await read((shop) => loadCustomerTimeline(shop, customerId));
    expect(timeline.map((entry) => (entry.type === 'decision' ? entry.kind : entry.type))).toEqual([
      'ended',
      'ordered',
      'clicked',
      'sent',
      'planned',
      'enrolled',
    ]);
    expect(timeline[0]).toMatchObject({ reason: 'order-placed', facts: { orderId: '9' }, email: null });
    expect(timeline[3]).toMatchObject({ email: { key: 'welcome-2', subject: 'Bonjour', ground: 'subscribed' } });
  });
});

describe('the import', () => {
  it('is nothing before it began, then a share of the whole', async () => {
    expect(await read(loadImportProgress)).toBeNull();
    await read(({ tx }) =>
      tx.insert(imports).values([
        { shopId, kind: 'customers', status: 'done', rowsRead: 10, objectCount: 10 },
        { shopId, kind: 'products', status: 'reading', rowsRead: 5, objectCount: 10 },
        { shopId, kind: 'orders', status: 'waiting' },
        { shopId, kind: 'checkouts', status: 'failed' },
      ]),
    );
    const progress = await read(loadImportProgress);
    expect(progress?.running).toBe(true);
    expect(progress?.done).toBeCloseTo((1 + 0.75 + 0 + 1) / 4);
  });
});

describe('what needs attention', () => {
  const points = async (scopes = '') =>
    (await read((shop) => loadAttention(shop, { period: current, scopes }))).map(({ point }) => point);

  it('is nothing in a healthy shop', async () => {
    await read(({ tx }) => tx.update(shops).set({ grantedScopes: 'read_products,write_customers' }));
    expect(await points('read_products,read_customers,write_customers')).toEqual([]);
  });

  it('names a failed import, missing access, a refused key and e-mails nobody knows of', async () => {
    await read(({ tx }) => tx.insert(imports).values({ shopId, kind: 'orders', status: 'failed' }));
    await sent({ status: 'unknown', reason: 'outcome-unknown', handedOverAt: ago(1) });
    const messageId = await sent({ status: 'planned', reason: 'provider-paused' });
    await read((shop) =>
      recordDecisions(shop, [
        { at: ago(1), customerId: '1', scenario: 'welcome', kind: 'put-off', reason: 'provider-paused', messageId },
      ]),
    );
    expect(await points('read_orders')).toEqual([
      'provider-paused',
      'import-failed',
      'scopes-missing',
      'outcome-unknown',
    ]);
  });

  it('names customers who wait for their data until the owner has fetched it', async () => {
    const at = ago(1);
    await read((shop) => keepDataRequest(shop, { id: '71', requestedAt: at, collectedAt: at, data: {} }));
    expect(await points()).toEqual(['data-request-waiting']);
    await read((shop) => fetchDataRequest(shop, '71', ago(0)));
    expect(await points()).toEqual([]);
  });

  it('takes a write scope for the read scope of its name', () => {
    expect(missingScopes('read_orders, write_customers', 'write_orders')).toEqual(['write_customers']);
  });
});
