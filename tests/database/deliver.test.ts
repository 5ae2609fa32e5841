import { eq, inArray } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { fillEmail } from '../../app/emails/fill';
import type { SendgridEvent } from '../../app/gateways/sendgrid/events';
import { makeMailer } from '../../app/gateways/sendgrid/mailer';
import { MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { type Deliver, makeDeliver } from '../../app/pipeline/deliver';
import { composeEmail } from '../../app/pipeline/preview';
import { customers, messages } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;
let now = NOW;

const links = { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) };
const settings = { hasProviderKey: true, sharedSender: SENDER };

function deliverTo(baseUrl: string): Deliver {
  return makeDeliver({
    db: connection.db,
    queue: { enqueue: async () => {} },
    clock: { now: () => now },
    log: makeLogger('silent'),
    mailer: makeMailer({ apiKey: API_KEY, baseUrl }),
    links,
    settings,
    compiled: makeCompiledEmails(),
    confirmOrders: async () => true,
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox();
});
afterEach(() => {
  sandbox.part.state.faults.clear();
  now = NOW;
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});

async function plan(count: number, names: string[] = []) {
  const shopId = await seedShop(connection.db, { now });
  const people: { id: string; email: string }[] = [];
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const email = `p${index}-shop${shopId}@example.com`;
    const id = await seedCustomer(connection.db, shopId, { email, firstName: names[index] ?? `Person ${index}` });
    people.push({ id, email });
    ids.push(await seedMessage(connection.db, shopId, { customerId: id, now }));
  }
  return { shopId, people, ids };
}

async function statuses(shopId: number, ids: string[]): Promise<string[]> {
  const rows = await inShop(connection.db, shopId, ({ tx }) =>
    tx.select({ id: messages.id, status: messages.status }).from(messages).where(inArray(messages.id, ids)),
  );
  return ids.map((id) => rows.find((row) => row.id === id)?.status ?? 'gone');
}

async function received(
  shopId: number,
): Promise<{ to: string; subject: string; html: string; text: string; untrackedHtml: string }[]> {
  const answer = await sandbox.json(`/mailbox/api/messages?arg.shop=${shopId}&limit=500`);
  return (answer as { messages: { to: string; subject: string; html: string; text: string; untrackedHtml: string }[] })
    .messages;
}

describe('delivering', () => {
  it('sends a batch once, each with its own name, and never again', async () => {
    const { shopId, people, ids } = await plan(12);
    const deliver = deliverTo(`${sandbox.url}/sendgrid`);
    await deliver(shopId, ids);
    await deliver(shopId, ids);
    const mails = await received(shopId);
    expect(mails.map((mail) => mail.to).toSorted()).toEqual(people.map((person) => person.email).toSorted());
    expect(new Set(await statuses(shopId, ids))).toEqual(new Set(['sent']));
  });

  it('sends byte for byte what the preview shows, hostile names included', async () => {
    const names = [
      '<script>alert(1)</script>',
      '{{first_name}} %name% -x.1-',
      'Zoë 👩‍👩‍👧 \u202eevil',
      'O’Brien & "Söhne"',
      'a\r\nBcc: b@c.example',
    ];
    const { shopId, people, ids } = await plan(names.length, names);
    await deliverTo(`${sandbox.url}/sendgrid`)(shopId, ids);
    const mails = await received(shopId);
    for (const { id, email } of people) {
      const parts = { db: connection.db, clock: { now: () => now }, compiled: makeCompiledEmails(), links, settings };
      const composed = await composeEmail(parts, shopId, {
        key: 'welcome',
        email: 'welcome-2',
        customerId: id,
        language: null,
      });
      if ('error' in composed) throw new Error('The preview refused');
      const mail = mails.find((one) => one.to === email);
      // A preview's links carry no click token and nobody's consent, and SendGrid takes its own attribute out of the tags.
      const comparable = (html: string) =>
        html
          .replaceAll(/&amp;rl=[\w.%-]+/g, '')
          .replaceAll(/(preferences|unsubscribe)\/[\w.-]+/g, '$1')
          .replaceAll(' clicktracking="off"', '');
      const shown = fillEmail(composed.compiled, composed.values);
      expect(mail?.subject).toBe(shown.subject);
      expect(comparable(mail?.untrackedHtml ?? '') === comparable(shown.html)).toBe(true);
      expect(mail?.html).not.toContain('<script>');
    }
  });

  it('keeps the rest when SendGrid refuses one recipient of a batch', async () => {
    const { shopId, people, ids } = await plan(9);
    const culprit = people[4];
    sandbox.part.state.faults.change({ refuseRecipients: [culprit?.email] });
    await deliverTo(`${sandbox.url}/sendgrid`)(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(ids.map((_, index) => (index === 4 ? 'refused' : 'sent')));
    expect((await received(shopId)).map((mail) => mail.to)).not.toContain(culprit?.email);
    expect(await received(shopId)).toHaveLength(8);
  });

  it.each([
    ['429', { kind: 'answer', status: 429, resetSeconds: 1, times: 1 }],
    ['503', { kind: 'answer', status: 503, times: 1 }],
  ])('tries again later after %s, which took nothing', async (_status, fault) => {
    const { shopId, ids } = await plan(3);
    const deliver = deliverTo(`${sandbox.url}/sendgrid`);
    sandbox.part.state.faults.change({ send: [fault] });
    await deliver(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(['planned', 'planned', 'planned']);
    now = new Date(NOW.getTime() + MINUTE);
    await deliver(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(['sent', 'sent', 'sent']);
    expect(await received(shopId)).toHaveLength(3);
  });

  it('has everybody who waited out an outage of SendGrid looked at again as soon as it takes e-mails', async () => {
    const { shopId, ids } = await plan(2);
    const [early = '', later = ''] = ids;
    const deliver = deliverTo(`${sandbox.url}/sendgrid`);
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);
    const dueAt = async (id: string) => {
      const find = ({ tx }: ShopScope) => tx.select().from(messages).where(eq(messages.id, id));
      return (await inShop(connection.db, shopId, find))[0]?.dueAt;
    };
    sandbox.part.state.faults.change({ send: [{ kind: 'answer', status: 503, times: 'always' }] });
    await deliver(shopId, ids);
    now = at(40);
    await deliver(shopId, [early]);
    expect(await dueAt(early)).toEqual(at(45));
    now = at(41);
    sandbox.part.state.faults.clear();
    await deliver(shopId, [later]);
    expect(await statuses(shopId, [later])).toEqual(['sent']);
    expect(await dueAt(early)).toEqual(at(41));
  });

  it('gives everything back when no connection comes to be', async () => {
    const { shopId, ids } = await plan(2);
    await deliverTo('http://127.0.0.1:9')(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(['planned', 'planned']);
  });

  it.each([
    ['500', { kind: 'answer', status: 500, times: 1, accept: true }],
    ['504', { kind: 'answer', status: 504, times: 1, accept: true }],
    ['a reset', { kind: 'reset', times: 1, accept: true }],
  ])('never sends again blindly after %s, and SendGrid’s own event settles it', async (_what, fault) => {
    const { shopId, ids } = await plan(2);
    const deliver = deliverTo(`${sandbox.url}/sendgrid`);
    sandbox.part.state.faults.change({ send: [fault] });
    await deliver(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(['unsettled', 'unsettled']);
    await deliver(shopId, ids);
    expect(await received(shopId)).toHaveLength(2);
    const event: SendgridEvent = {
      name: 'processed',
      id: `e-${shopId}`,
      at: now,
      shopId,
      messageId: ids[0] ?? '',
      providerMessageId: 'x',
      url: null,
      bounceType: null,
      reason: null,
      machine: false,
      userAgent: null,
    };
    await inShop(connection.db, shopId, (shop) =>
      applyMailEvent({ queue: { enqueue: async () => {} } }, shop, event, now),
    );
    expect(await statuses(shopId, ids)).toEqual(['sent', 'unsettled']);
  });

  it('pauses and keeps everything when the key is refused', async () => {
    const { shopId, ids } = await plan(2);
    const deliver = deliverTo(`${sandbox.url}/sendgrid`);
    sandbox.part.state.faults.change({ send: [{ kind: 'answer', status: 401, times: 1 }] });
    await deliver(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(['planned', 'planned']);
    now = new Date(NOW.getTime() + 6 * MINUTE);
    await deliver(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(['sent', 'sent']);
  });

  it('splits two customers who share one address', async () => {
    const shopId = await seedShop(connection.db, { now });
    const email = `both-${shopId}@example.com`;
    const ids: string[] = [];
    for (const firstName of ['Ann', 'Bob']) {
      ids.push(
        await seedMessage(connection.db, shopId, {
          customerId: await seedCustomer(connection.db, shopId, { email, firstName }),
          now,
        }),
      );
    }
    await deliverTo(`${sandbox.url}/sendgrid`)(shopId, ids);
    expect(await statuses(shopId, ids)).toEqual(['sent', 'sent']);
  });

  it('stops mail to an address that bounced, at once', async () => {
    const { shopId, people, ids } = await plan(1);
    await deliverTo(`${sandbox.url}/sendgrid`)(shopId, ids);
    const event: SendgridEvent = {
      name: 'bounce',
      id: `b-${shopId}`,
      at: now,
      shopId,
      messageId: ids[0] ?? '',
      providerMessageId: null,
      url: null,
      bounceType: 'bounce',
      reason: '550',
      machine: false,
      userAgent: null,
    };
    await inShop(connection.db, shopId, (shop) =>
      applyMailEvent({ queue: { enqueue: async () => {} } }, shop, event, now),
    );
    const [row] = await inShop(connection.db, shopId, ({ tx }) =>
      tx
        .select()
        .from(customers)
        .where(eq(customers.id, people[0]?.id ?? '')),
    );
    expect(row?.suppressed).toBe('bounced');
  });
});
