/** What happens to mail when the world changes between the claim, the hand-over and SendGrid's events. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { SendgridEvent } from '../../app/gateways/sendgrid/events';
import { type Batch, makeMailer } from '../../app/gateways/sendgrid/mailer';
import { DAY, MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { type Deliver, makeDeliver } from '../../app/pipeline/deliver';
import { preferenceLinks } from '../../app/pipeline/message-values';
import { makePreferencePages } from '../../app/pipeline/preferences';
import { endEverything } from '../../app/store/enrollments';
import { movePerson } from '../../app/store/move-person';
import { customers, decisions, messages, scenarioSettings } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { markUninstalled, updateShopFrom } from '../../app/store/shops';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
const links = { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) };
const queue = { enqueue: async () => {} };
let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;
let now = NOW;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox();
});
beforeEach(() => {
  now = NOW;
  sandbox.part.state.faults.clear();
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});

/** The real thing, with a look at each request once SendGrid has answered it. */
function makeDelivery(afterEach: (batch: Batch, count: number) => Promise<void> = async () => {}): Deliver {
  const mailer = makeMailer({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` });
  let count = 0;
  return makeDeliver({
    db: connection.db,
    queue: { enqueue: async () => {} },
    clock: { now: () => now },
    log: makeLogger('silent'),
    mailer: {
      async send(batch) {
        const outcome = await mailer.send(batch);
        count += 1;
        await afterEach(batch, count);
        return outcome;
      },
    },
    links,
    settings: { hasProviderKey: true, sharedSender: SENDER },
    compiled: makeCompiledEmails(),
    confirmOrders: async () => true,
    // One after the other, so that something can be said between two.
    atOnce: { requests: 1, people: 0 },
  });
}

const pages = () =>
  makePreferencePages({ db: connection.db, queue, clock: { now: () => now }, linkSecret: links.linkSecret });
const tokenOf = (shopId: number, customerId: string) =>
  preferenceLinks(links, shopId, customerId).unsubscribe.split('/').at(-1) ?? '';

async function messageRow(shopId: number, id: string) {
  const [row] = await inShop(connection.db, shopId, ({ tx }) => tx.select().from(messages).where(eq(messages.id, id)));
  return row;
}
async function customerRow(shopId: number, id: string) {
  const [row] = await inShop(connection.db, shopId, ({ tx }) =>
    tx.select().from(customers).where(eq(customers.id, id)),
  );
  return row;
}
const decisionsOf = (shopId: number) =>
  inShop(connection.db, shopId, ({ tx }) => tx.select().from(decisions).where(eq(decisions.shopId, shopId)));

function tell(
  shopId: number,
  messageId: string,
  event: Partial<SendgridEvent> & Pick<SendgridEvent, 'name'>,
): Promise<string> {
  const whole: SendgridEvent = {
    id: `${event.name}-${messageId}`,
    at: now,
    shopId,
    messageId,
    providerMessageId: null,
    url: null,
    bounceType: null,
    reason: null,
    machine: false,
    userAgent: null,
    ...event,
  };
  return inShop(connection.db, shopId, (shop) => applyMailEvent({ queue }, shop, whole, now));
}

/** Two people whose mails go in two requests, because they read different languages. */
async function twoGroups() {
  const shopId = await seedShop(connection.db, { now });
  const people = [await seedCustomer(connection.db, shopId), await seedCustomer(connection.db, shopId)] as const;
  await inShop(connection.db, shopId, ({ tx }) =>
    tx.update(customers).set({ locale: 'en' }).where(eq(customers.id, people[1])),
  );
  const ids = [
    await seedMessage(connection.db, shopId, { customerId: people[0], now }),
    await seedMessage(connection.db, shopId, { customerId: people[1], now }),
  ];
  const otherThan = (batch: Batch) => (batch.recipients[0]?.messageId === ids[0] ? 1 : 0);
  return { shopId, people, ids, otherThan };
}

describe('between the claim and the hand-over', () => {
  it('an unsubscribe still counts', async () => {
    const { shopId, people, ids, otherThan } = await twoGroups();
    let other = 0;
    const deliver = makeDelivery(async (batch, count) => {
      if (count > 1) return;
      other = otherThan(batch);
      await pages().unsubscribe(tokenOf(shopId, people[other] ?? ''));
    });
    await deliver(shopId, ids);
    await deliver(shopId, ids);
    expect(await messageRow(shopId, ids[1 - other] ?? '')).toMatchObject({ status: 'sent' });
    expect(await messageRow(shopId, ids[other] ?? '')).toMatchObject({ status: 'withheld', reason: 'unsubscribed' });
  });

  it('a kind refused still counts', async () => {
    const { shopId, people, ids, otherThan } = await twoGroups();
    let other = 0;
    const deliver = makeDelivery(async (batch, count) => {
      if (count > 1) return;
      other = otherThan(batch);
      const wanted = ['abandoned-checkout'];
      const choice = { none: false, subscribe: false, fewer: false, wanted, birthDate: null, language: '' };
      await pages().save(tokenOf(shopId, people[other] ?? ''), choice);
    });
    await deliver(shopId, ids);
    expect(await messageRow(shopId, ids[other] ?? '')).toMatchObject({ status: 'planned', handedOverAt: null });
    await deliver(shopId, ids);
    expect(await messageRow(shopId, ids[1 - other] ?? '')).toMatchObject({ status: 'sent' });
    expect(await messageRow(shopId, ids[other] ?? '')).toMatchObject({ status: 'withheld', reason: 'kind-refused' });
  });

  it('a scenario switched off still counts', async () => {
    const { shopId, ids, otherThan } = await twoGroups();
    const turn = (enabled: boolean) =>
      inShop(connection.db, shopId, ({ tx }) =>
        tx.update(scenarioSettings).set({ enabled }).where(eq(scenarioSettings.shopId, shopId)),
      );
    let other = 0;
    const deliver = makeDelivery(async (batch, count) => {
      if (count > 1) return;
      other = otherThan(batch);
      await turn(false);
    });
    await deliver(shopId, ids);
    await deliver(shopId, ids);
    expect(await messageRow(shopId, ids[1 - other] ?? '')).toMatchObject({ status: 'sent' });
    expect(await messageRow(shopId, ids[other] ?? '')).toMatchObject({ status: 'planned', reason: 'scenario-off' });
    await turn(true);
    await makeDelivery()(shopId, ids);
    expect(await messageRow(shopId, ids[other] ?? '')).toMatchObject({ status: 'sent' });
  });

  it('an uninstall still counts', async () => {
    const { shopId, ids, otherThan } = await twoGroups();
    let other = 0;
    const deliver = makeDelivery(async (batch, count) => {
      if (count > 1) return;
      other = otherThan(batch);
      await inShop(connection.db, shopId, async (shop) => {
        await markUninstalled(shop, now);
        await endEverything(shop, now);
      });
    });
    await deliver(shopId, ids);
    expect(await messageRow(shopId, ids[other] ?? '')).toMatchObject({
      status: 'withheld',
      reason: 'shop-uninstalled',
    });
    expect((await decisionsOf(shopId)).map((row) => row.reason)).toContain('shop-uninstalled');
  });
});

describe('an e-mail', () => {
  it('shows the shop’s name and address as they are now', async () => {
    const shopId = await seedShop(connection.db, { now });
    const seen: string[] = [];
    const deliver = makeDelivery(async (batch) => void seen.push(batch.html));
    const mail = async () =>
      seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now });
    await deliver(shopId, [await mail()]);
    const address = {
      company: '',
      line1: '9 quai Neuf',
      line2: '',
      postalCode: '69001',
      city: 'Lyon',
      region: '',
      country: 'France',
    };
    await inShop(connection.db, shopId, (shop) =>
      updateShopFrom(shop, { updatedAt: now, seenAt: '2026-03-03T10:00:00.000000000Z', name: 'Nouveau Nom', address }),
    );
    await deliver(shopId, [await mail()]);
    expect(seen[0]).toContain('1 rue de la Lune');
    expect(seen[1]).toContain('9 quai Neuf');
    expect(seen[1]).toContain('Nouveau Nom');
  });

  it('that SendGrid dropped was not sent: it counts for nothing and says so', async () => {
    const shopId = await seedShop(connection.db, { now });
    const customerId = await seedCustomer(connection.db, shopId);
    const id = await seedMessage(connection.db, shopId, { customerId, now });
    await makeDelivery()(shopId, [id]);
    await tell(shopId, id, { name: 'dropped', reason: 'Bounced Address' });
    expect(await messageRow(shopId, id)).toMatchObject({
      status: 'refused',
      reason: 'refused-by-provider',
      sentAt: null,
    });
    expect(await customerRow(shopId, customerId)).toMatchObject({ suppressed: 'bounced' });
    expect((await decisionsOf(shopId)).at(-1)).toMatchObject({
      kind: 'withheld',
      reason: 'refused-by-provider',
      messageId: id,
    });
  });
});

describe('a link in an old e-mail', () => {
  it('unsubscribes the guest who has become a customer since', async () => {
    const shopId = await seedShop(connection.db, { now });
    const [guest, kept] = [await seedCustomer(connection.db, shopId), await seedCustomer(connection.db, shopId)];
    await inShop(connection.db, shopId, (shop) => movePerson(shop, { from: guest, to: kept, at: now }));
    now = new Date(NOW.getTime() + 400 * DAY);
    expect(await pages().read(tokenOf(shopId, guest))).toMatchObject({ fewer: expect.any(Boolean) });
    expect(await pages().unsubscribe(tokenOf(shopId, guest))).toBe(true);
    expect(await customerRow(shopId, kept)).toMatchObject({ consentState: 'unsubscribed' });
  });
});

describe('a late unsubscribe event', () => {
  it('does not undo a newer yes', async () => {
    const shopId = await seedShop(connection.db, { now });
    const customerId = await seedCustomer(connection.db, shopId);
    const id = await seedMessage(connection.db, shopId, { customerId, now });
    await inShop(connection.db, shopId, ({ tx }) =>
      tx.update(customers).set({ consentUpdatedAt: NOW }).where(eq(customers.id, customerId)),
    );
    await tell(shopId, id, { name: 'group_unsubscribe', at: new Date(NOW.getTime() - DAY) });
    expect(await customerRow(shopId, customerId)).toMatchObject({ consentState: 'subscribed', consentUpdatedAt: NOW });
    await tell(shopId, id, { name: 'unsubscribe', at: new Date(NOW.getTime() + MINUTE) });
    expect(await customerRow(shopId, customerId)).toMatchObject({ consentState: 'unsubscribed' });
  });
});

describe('trouble at SendGrid', () => {
  it('with the key holds what comes next for minutes, not hours', async () => {
    const shopId = await seedShop(connection.db, { now });
    const mail = async () =>
      seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now });
    const [one, next] = [await mail(), await mail()];
    const deliver = makeDelivery();
    sandbox.part.state.faults.change({ send: [{ kind: 'answer', status: 401, times: 1 }] });
    await deliver(shopId, [one]);
    await deliver(shopId, [next]);
    const row = await messageRow(shopId, next);
    expect(row).toMatchObject({ status: 'planned', reason: 'provider-paused' });
    expect((row?.dueAt?.getTime() ?? 0) - now.getTime()).toBeLessThanOrEqual(10 * MINUTE);
  });

  it('of hours leaves one decision, and is asked about less and less often', async () => {
    const shopId = await seedShop(connection.db, { now });
    const id = await seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now });
    sandbox.part.state.faults.change({ send: [{ kind: 'answer', status: 503, times: 'always' }] });
    const deliver = makeDelivery();
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      await deliver(shopId, [id]);
      const dueAt = (await messageRow(shopId, id))?.dueAt ?? now;
      waits.push(dueAt.getTime() - now.getTime());
      now = new Date(dueAt.getTime() + 20 * MINUTE);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(10 * MINUTE);
    expect((await decisionsOf(shopId)).map((row) => row.reason)).toEqual(['provider-unavailable']);
  });

  it('that speaks of the set-up closes nothing', async () => {
    const shopId = await seedShop(connection.db, { now });
    const id = await seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now });
    sandbox.part.state.faults.change({ send: [{ kind: 'answer', status: 404, times: 1 }] });
    await makeDelivery()(shopId, [id]);
    expect(await messageRow(shopId, id)).toMatchObject({ status: 'planned', reason: 'provider-paused' });
  });
});
