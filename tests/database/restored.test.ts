/** After a restore from a copy: what may have left in the lost hour is held, settled by SendGrid or the owner, and never sent by itself. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { SendgridEvent } from '../../app/gateways/sendgrid/events';
import { DAY, HOUR, MINUTE } from '../../app/lib/duration';
import { messageIdOf } from '../../app/lib/message-id';
import { makeLogger } from '../../app/log.server';
import { makeAdvance } from '../../app/pipeline/advance';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { claimDue } from '../../app/pipeline/claim';
import { makeSweep } from '../../app/pipeline/sweep';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { type Restored, type RestoredOptions, restored } from '../../app/restored';
import { findInboundEvent, finishInboundEvent, storeInboundEvents } from '../../app/store/inbound-events';
import { loadAttention } from '../../app/store/reports/attention';
import { countHeld, keepRestored, releaseRestored } from '../../app/store/restored';
import { checkouts, customers, decisions, enrollments, messages, shops } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const COPY = new Date('2026-03-03T09:00:00Z');
const NOW = new Date('2026-03-03T10:00:00Z');
const minutes = (count: number) => new Date(COPY.getTime() + count * MINUTE);
const later = (ms: number) => new Date(NOW.getTime() + ms);

let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;
let shopId = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  boss = await startBoss({ url: database.workerUrl, role: 'web', log: makeLogger('silent') });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await connection.close();
  await database.drop();
});
beforeEach(async () => {
  // One shop at a time: the command speaks to every shop there is.
  if (shopId) await within(({ tx }) => tx.update(shops).set({ uninstalledAt: COPY }).where(eq(shops.shopId, shopId)));
  shopId = await seedShop(connection.db, { now: COPY });
});

const log = makeLogger('silent');
const within = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);

function tell(options: Partial<RestoredOptions> = {}): Promise<Restored> {
  const env = { WORKER_DATABASE_URL: database.workerUrl };
  return restored({ env, clock: { now: () => NOW }, copyFrom: COPY.toISOString(), ...options });
}

const refusal = async (options: Partial<RestoredOptions>) => {
  const outcome = await tell(options);
  return outcome.ok ? null : outcome.why;
};

const customer = () => seedCustomer(connection.db, shopId);

/** A message of the copy, due when it says. */
async function message(set: Partial<typeof messages.$inferInsert>): Promise<string> {
  const id = await seedMessage(connection.db, shopId, { customerId: await customer(), now: COPY });
  await within(({ tx }) =>
    tx
      .update(messages)
      .set(set)
      .where(and(eq(messages.shopId, shopId), eq(messages.id, id))),
  );
  return id;
}

async function read(id: string) {
  const [row] = await within(({ tx }) => tx.select().from(messages).where(eq(messages.id, id)));
  return row;
}

const decided = (messageId: string) =>
  within(({ tx }) =>
    tx
      .select({ kind: decisions.kind, reason: decisions.reason })
      .from(decisions)
      .where(eq(decisions.messageId, messageId))
      .orderBy(asc(decisions.id)),
  );

/** Someone on the way through a scenario, as the mirror tells it after the reconciliation. */
async function enroll(set: Partial<typeof enrollments.$inferInsert> & { customerId: string }): Promise<number> {
  const [row] = await within(({ tx }) =>
    tx
      .insert(enrollments)
      .values({
        ...{ shopId, scenario: 'welcome', occurrence: 'once', version: 1, cursor: 'hello' },
        ...{ anchor: minutes(30), startedAt: minutes(30), dueAt: minutes(30), subject: {} },
        ...set,
      })
      .returning({ id: enrollments.id }),
  );
  return row?.id ?? 0;
}

const advance = (enrollmentId: number, at = NOW) =>
  makeAdvance({ db: connection.db, queue: makeQueue(boss), clock: { now: () => at }, log })(shopId, [enrollmentId]);

const messageOf = (enrollmentId: number) =>
  within(({ tx }) => tx.select().from(messages).where(eq(messages.enrollmentId, enrollmentId)));

const processed = (messageId: string): SendgridEvent => ({
  ...{ name: 'processed', id: randomUUID(), at: minutes(31), shopId, messageId, providerMessageId: 'sg-1', url: null },
  ...{ bounceType: null, reason: null, machine: false, userAgent: null },
});

const told = (event: SendgridEvent) =>
  within((shop) => applyMailEvent({ queue: makeQueue(boss) }, shop, event, later(MINUTE)));

describe('telling of a restore', () => {
  it('is refused in clear words when the time is missing or cannot be right, and changes nothing', async () => {
    const id = await message({ dueAt: minutes(10) });
    expect(await refusal({ copyFrom: undefined })).toMatch(/^Say up to when the copy knows everything: --copy-from/);
    expect(await refusal({ copyFrom: 'yesterday' })).toMatch(/"yesterday" is no moment: write date, time and zone/);
    expect(await refusal({ copyFrom: '2026-03-03T09:00:00' })).toMatch(/no moment/);
    expect(await refusal({ copyFrom: '2026-03-03T10:30:00Z' })).toMatch(
      /yet to come: it is 2026-03-03T10:00:00.000Z now/,
    );
    expect(await refusal({ stoppedAt: '2026-03-03T08:00:00Z' })).toMatch(/^--stopped-at lies before --copy-from/);
    expect(await refusal({ env: {} })).toMatch(/^WORKER_DATABASE_URL is missing/);
    expect(await refusal({ env: { WORKER_DATABASE_URL: database.appUrl } })).toMatch(/does not see all shops/);
    expect(await read(id)).toMatchObject({ status: 'planned', reason: null });
  });

  it('is refused for a database that knows more than the copy can, as one that was not restored does', async () => {
    await message({ status: 'sent', sentAt: minutes(40) });
    expect(await refusal({})).toMatch(/knows of 2026-03-03T09:40:00.000Z, after 2026-03-03T09:00:00.000Z/);
    await within(({ tx }) => tx.update(messages).set({ status: 'refused', sentAt: null }));
  });

  it('is refused while a worker is connected', async () => {
    const worker = await startBoss({ url: database.workerUrl, role: 'worker', log });
    expect(await refusal({})).toMatch(/^A worker is connected to this database. Stop every worker first/);
    await worker.stop({ graceful: false });
  });

  it('holds what was due or in a worker’s hands, and nothing that cannot have left', async () => {
    const due = await message({ dueAt: minutes(30) });
    const claimed = await message({ status: 'claimed', claimId: randomUUID(), claimedAt: COPY, dueAt: null });
    const handedOver = await message({ status: 'handed-over', handedOverAt: COPY, dueAt: null });
    const evening = await message({ dueAt: later(8 * HOUR), reason: 'too-soon' });
    const sent = await message({ status: 'sent', sentAt: minutes(-5), dueAt: null });
    expect(await tell()).toMatchObject({ ok: true, held: { emails: 3 } });
    for (const id of [due, claimed, handedOver]) {
      expect(await read(id)).toMatchObject({
        status: 'unsettled',
        reason: 'restored-from-copy',
        dueAt: null,
        claimId: null,
      });
      expect(await decided(id)).toEqual([{ kind: 'put-off', reason: 'restored-from-copy' }]);
    }
    expect(await read(due)).toMatchObject({
      facts: { lostFrom: COPY.toISOString(), lostUntil: NOW.toISOString() },
      handedOverAt: NOW,
    });
    expect(await read(evening)).toMatchObject({ status: 'planned', reason: 'too-soon' });
    expect(await read(sent)).toMatchObject({ status: 'sent' });
  });

  it('lets nothing go before Shopify was asked what changed, and has it asked at once', async () => {
    await tell();
    const [row] = await within(({ tx }) => tx.select().from(shops).where(eq(shops.shopId, shopId)));
    expect(row).toMatchObject({ ordersKnownUntil: null, reconcileDueAt: NOW, restoredFrom: COPY, restoredUntil: NOW });
  });

  it('counts the lost time until the workers stopped, when that is told', async () => {
    const before = await message({ dueAt: minutes(10) });
    const after = await message({ dueAt: minutes(45) });
    await tell({ stoppedAt: minutes(20).toISOString() });
    expect(await read(before)).toMatchObject({ status: 'unsettled' });
    expect(await read(after)).toMatchObject({ status: 'planned' });
  });
});

describe('what is held since a restore', () => {
  it('is settled by an event of SendGrid’s, at the time it tells of', async () => {
    const id = await message({ dueAt: minutes(30) });
    await tell();
    expect(await told(processed(id))).toBe('settled');
    expect(await read(id)).toMatchObject({ status: 'sent', sentAt: minutes(31), processedAt: minutes(31) });
  });

  it('is closed as unknown after a day, and not sent', async () => {
    const id = await message({ dueAt: minutes(30) });
    await tell();
    const sweepAt = (at: Date) =>
      makeSweep({ db: connection.db, queue: makeQueue(boss), clock: { now: () => at }, log }).mend();
    await sweepAt(later(DAY - MINUTE));
    expect(await read(id)).toMatchObject({ status: 'unsettled' });
    await sweepAt(later(DAY + MINUTE));
    expect(await read(id)).toMatchObject({ status: 'unknown', reason: 'outcome-unknown' });
  });

  it('goes to its last look when the owner says so, and stays away when they say that', async () => {
    const id = await message({ dueAt: minutes(30), expiresAt: later(HOUR) });
    const late = await message({ dueAt: minutes(30), expiresAt: later(-MINUTE) });
    await tell();
    expect(await within((shop) => countHeld(shop, NOW))).toEqual([
      { scenario: 'welcome', count: 2, inTime: 1, lastAt: NOW },
    ]);
    const points = () => within((shop) => loadAttention(shop, { period: { from: COPY, to: later(HOUR) }, scopes: '' }));
    expect(await points()).toMatchObject([{ point: 'restored', count: 2, lostUntil: NOW.toISOString() }]);
    expect(await within((shop) => releaseRestored(shop, NOW))).toBe(2);
    expect(await read(id)).toMatchObject({ status: 'planned', dueAt: NOW, reason: null, handedOverAt: null });
    expect((await decided(id)).at(-1)).toEqual({ kind: 'planned', reason: 'released-by-owner' });
    const other = await message({ dueAt: minutes(30) });
    await tell();
    expect(await within((shop) => keepRestored(shop, NOW))).toBe(2 + 1);
    expect(await read(other)).toMatchObject({ status: 'unknown', reason: 'kept-back-by-owner' });
    expect(await read(late)).toMatchObject({ status: 'unknown' });
    // Known to the owner: no second point about the same.
    expect(await points()).toMatchObject([{ point: 'restored', count: 0 }]);
  });

  it('is what the owner may have let go in the lost time: held when they let it go again', async () => {
    const id = await message({ dueAt: later(3 * HOUR), reason: 'scenario-off' });
    const night = await message({ dueAt: later(3 * HOUR), reason: 'quiet-hours' });
    await tell();
    await within(({ tx }) => tx.update(shops).set({ ordersKnownUntil: NOW }).where(eq(shops.shopId, shopId)));
    const { claims } = await within((shop) =>
      claimDue(shop, {
        ...{ messageIds: [id, night], claimId: randomUUID(), now: later(3 * HOUR) },
        settings: { hasProviderKey: true, sharedSender: 'post@relance.example' },
        ...{ providerPaused: false, ordersConfirmed: true },
      }),
    );
    expect(claims.map((claim) => claim.message.id)).toEqual([night]);
    expect(await read(id)).toMatchObject({ status: 'unsettled', reason: 'restored-from-copy' });
  });
});

describe('what is planned again after a restore', () => {
  it('begins as held when it was to go in the lost time, with the id it had', async () => {
    const customerId = await customer();
    const id = await enroll({ customerId, subject: { consentAt: minutes(30).toISOString() } });
    await tell();
    await advance(id);
    const [row] = await messageOf(id);
    const nature = { shopId, scenario: 'welcome', customerId, occurrence: 'once', step: 'hello' };
    expect(row).toMatchObject({
      id: messageIdOf(nature),
      status: 'unsettled',
      reason: 'restored-from-copy',
      dueAt: null,
    });
    expect(await decided(row?.id ?? '')).toEqual([{ kind: 'put-off', reason: 'restored-from-copy' }]);
    expect(await told(processed(row?.id ?? ''))).toBe('settled');
  });

  it('is planned as ever when its time comes after', async () => {
    const id = await enroll({ customerId: await customer(), anchor: later(MINUTE), startedAt: later(MINUTE) });
    await tell();
    await advance(id, later(2 * MINUTE));
    expect(await messageOf(id)).toMatchObject([{ status: 'planned' }]);
  });

  it('is settled by what SendGrid told before it was planned', async () => {
    const customerId = await customer();
    const nature = { shopId, scenario: 'welcome', customerId, occurrence: 'once', step: 'hello' };
    const event = processed(messageIdOf(nature));
    const key = { source: 'sendgrid', topic: 'processed', dedupeKey: event.id } as const;
    await within(async (shop) => {
      await storeInboundEvents(shop, [{ shopId, ...key, triggeredAt: event.at, payload: JSON.stringify(event) }], NOW);
      await finishInboundEvent(shop, key, {
        outcome: await applyMailEvent({ queue: makeQueue(boss) }, shop, event, NOW),
        at: NOW,
      });
    });
    expect(await within((shop) => findInboundEvent(shop, key))).toMatchObject({ outcome: 'unknown-message' });
    await tell();
    await advance(await enroll({ customerId }));
    expect(await within((shop) => findInboundEvent(shop, key))).toMatchObject({ processedAt: null, outcome: null });
  });

  it('is held when the checkout was changed since, for its reminder may have gone before the change', async () => {
    const remind = async (began: Date) => {
      const customerId = await customer();
      const id = `k-${randomUUID()}`;
      await within(({ tx }) =>
        tx.insert(checkouts).values({
          ...{
            shopId,
            id,
            customerId,
            currency: 'EUR',
            total: '20',
            sourceCreatedAt: began,
            sourceUpdatedAt: minutes(55),
          },
          lines: [
            { variantId: 'v1', productId: 'p1', title: 'Bougie', variantTitle: null, quantity: 1, price: '20.00' },
          ],
        }),
      );
      const enrollmentId = await enroll({
        ...{
          customerId,
          scenario: 'abandoned-checkout',
          occurrence: id,
          cursor: 'one-hour',
          subject: { checkoutId: id },
        },
        ...{ anchor: minutes(55), startedAt: minutes(55), dueAt: minutes(115) },
      });
      await advance(enrollmentId, minutes(116));
      return (await messageOf(enrollmentId))[0]?.status;
    };
    await tell();
    expect(await remind(minutes(-20))).toBe('unsettled');
    expect(await remind(minutes(5))).toBe('planned');
  });

  it('takes another id where a guest’s e-mail went along to the customer they became', async () => {
    const [guest, known] = [await customer(), await customer()];
    const first = await enroll({ customerId: guest });
    await advance(first);
    await within(async ({ tx }) => {
      await tx.update(enrollments).set({ customerId: known }).where(eq(enrollments.id, first));
      await tx.update(messages).set({ customerId: known }).where(eq(messages.enrollmentId, first));
      await tx.update(customers).set({ locale: 'fr' }).where(eq(customers.id, guest));
    });
    const again = await enroll({ customerId: guest });
    await advance(again);
    expect(await messageOf(again)).toMatchObject([{ status: 'planned' }]);
    expect((await messageOf(again))[0]?.id).not.toBe((await messageOf(first))[0]?.id);
  });
});
