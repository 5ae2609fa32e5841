/** Which orders are looked at for the e-mail that led to them: on arrival, by their code alone, and again when a click is told late. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { Offer } from '../../app/domain/offer';
import type { SendgridEvent } from '../../app/gateways/sendgrid/events';
import { makeLogger } from '../../app/log.server';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { makeAttribute } from '../../app/pipeline/attribute';
import { attributions, codes, messages } from '../../app/store/schema';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage } from './seed';
import { at, openTeller, told } from './teller';

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

const CODE = '7KQP-M2XD';

/** A shop whose customer was sent a welcome at ten, with a code made for them. */
async function sentMail() {
  const shop = await openTeller(connection);
  const { shopId, within, jobs, queue } = shop;
  const customerId = await seedCustomer(connection.db, shopId);
  const messageId = await seedMessage(connection.db, shopId, { customerId, now: at(0) });
  await within(async ({ tx }) => {
    const sent = { status: 'sent' as const, sentAt: at(0), deliveredAt: at(0) };
    const [message] = await tx.update(messages).set(sent).where(eq(messages.id, messageId)).returning();
    const offer: Offer = { kind: 'free-shipping', minimum: null, validDays: 7 };
    await tx.insert(codes).values({
      ...{ shopId, enrollmentId: message?.enrollmentId ?? 0, customerId, scenario: 'welcome', offer },
      ...{ code: CODE, discountId: '018f0000-0000-7000-8000-000000000001', createdAt: at(0), readyAt: at(0) },
    });
  });
  const attribute = makeAttribute({ db: connection.db, linkSecret: 'x'.repeat(32), log: makeLogger('silent') });
  const click: SendgridEvent = {
    ...{ name: 'click', id: `click-${messageId}`, at: at(20), shopId, messageId, providerMessageId: null },
    ...{ url: 'https://lune.example/', bounceType: null, reason: null, machine: false, userAgent: null },
  };
  return {
    ...shop,
    customerId,
    messageId,
    order: (id: number, minute: number, more: object = { customer: { id: Number(customerId) } }) =>
      shop.tell('orders/create', orderBody(id, minute, more), minute),
    click: (more: Partial<SendgridEvent> = {}) =>
      within((scope) => applyMailEvent({ queue }, scope, { ...click, ...more }, at(60))),
    /** Works off what was asked for; answers which orders it was asked of. */
    attributeAll: async () => {
      const asked = jobs.splice(0).flatMap(({ name, payload }) => {
        return name === 'order.attribute' && 'orderId' in payload ? [String(payload.orderId)] : [];
      });
      for (const orderId of asked) await attribute({ shopId, orderId });
      return asked;
    },
    attributed: () => within(({ tx }) => tx.select().from(attributions).where(eq(attributions.shopId, shopId))),
  };
}

const orderBody = (id: number, minute: number, more: object) => ({
  ...{
    id,
    name: `#${id}`,
    currency: 'EUR',
    total_price: '10.00',
    processed_at: told(minute),
    updated_at: told(minute),
  },
  ...{ line_items: [], refunds: [], discount_codes: [], ...more },
});

describe('a click told after its order', () => {
  it('still brings the order to its e-mail', async () => {
    const { order, click, attributeAll, attributed, messageId } = await sentMail();
    await order(61, 30);
    expect(await attributeAll()).toEqual(['61']);
    expect(await attributed()).toEqual([]);
    await click();
    expect(await attributeAll()).toEqual(['61']);
    expect(await attributed()).toMatchObject([{ orderId: '61', messageId, by: 'click' }]);
  });

  it('has no order looked at that came before it, long after it, or from somebody else; a machine’s has none', async () => {
    const { order, click, attributeAll } = await sentMail();
    const days = 24 * 60;
    await order(61, 10);
    await order(62, 20 + 61 * days);
    await order(63, 30, { email: 'else@example.com' });
    await attributeAll();
    await click();
    await click({ id: 'other', machine: true });
    expect(await attributeAll()).toEqual([]);
  });
});

describe('an order without a customer, as at a point of sale', () => {
  it('counts by the code we made', async () => {
    const { order, attributeAll, attributed, messageId } = await sentMail();
    await order(64, 30, { discount_codes: [{ code: CODE.toLowerCase() }] });
    expect(await attributeAll()).toEqual(['64']);
    expect(await attributed()).toMatchObject([{ orderId: '64', messageId, by: 'code' }]);
  });

  it('without one is looked at by nobody', async () => {
    const { order, attributeAll } = await sentMail();
    await order(65, 30, {});
    await order(66, 31, { discount_codes: [{ code: 'SOLDES' }] });
    expect(await attributeAll()).toEqual([]);
  });
});
