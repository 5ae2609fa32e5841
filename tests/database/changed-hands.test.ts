/** Whose a cart is when the address at checkout is corrected, and when two people turn out to be one. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { claimDue } from '../../app/pipeline/claim';
import { guestId } from '../../app/store/guests';
import { enrollments, messages, scenarioSettings } from '../../app/store/schema';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { at, checkoutBody, consentBody, openTeller, told } from './teller';

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

const [WRONG, RIGHT] = [guestId('zoe@exmaple.com'), guestId('zoe@example.com')];

/** A checkout left with a mistyped address. */
async function mistyped() {
  const shop = await openTeller(connection);
  await shop.tell('checkouts/create', checkoutBody(50, 0, { email: 'zoe@exmaple.com' }), 0);
  const correct = (minute: number, email = 'zoe@example.com') =>
    shop.tell('checkouts/update', checkoutBody(50, minute, { email }), minute);
  const course = async () => (await shop.enrollments()).map((one) => [one.customerId, one.status, one.endReason]);
  return { ...shop, correct, course };
}

describe('a corrected address at checkout', () => {
  it('stops the reminders to the former one and starts them for the new one', async () => {
    const { correct, course, decisions } = await mistyped();
    await correct(1);
    expect(await course()).toEqual([
      [WRONG, 'ended', 'checkout-changed-hands'],
      [RIGHT, 'active', null],
    ]);
    const ended = (await decisions()).filter(({ kind }) => kind === 'ended');
    expect(ended).toMatchObject([{ customerId: WRONG, reason: 'checkout-changed-hands' }]);
  });

  it('counts within the same second, and with the scenario switched off', async () => {
    const { tell, course, shopId, within } = await mistyped();
    await within(({ tx }) =>
      tx.update(scenarioSettings).set({ enabled: false }).where(eq(scenarioSettings.shopId, shopId)),
    );
    await tell('checkouts/update', checkoutBody(50, 0, { email: 'zoe@example.com' }), 0.01);
    expect(await course()).toEqual([[WRONG, 'ended', 'checkout-changed-hands']]);
  });

  it('withholds the reminder that was planned', async () => {
    const { correct, messages: rows, shopId, within, enrollments: course } = await mistyped();
    const [enrollment] = await course();
    await within(({ tx }) => tx.insert(messages).values(reminder(shopId, enrollment?.id ?? 0)));
    await within(({ tx }) =>
      tx.update(enrollments).set({ status: 'finished', cursor: null }).where(eq(enrollments.shopId, shopId)),
    );
    await correct(70);
    expect(await rows()).toMatchObject([{ status: 'withheld', reason: 'checkout-changed-hands' }]);
  });

  it('changed back starts anew for the first', async () => {
    const { correct, course } = await mistyped();
    await correct(1);
    await correct(2, 'zoe@exmaple.com');
    expect(await course()).toEqual([
      [WRONG, 'active', null],
      [RIGHT, 'ended', 'checkout-changed-hands'],
    ]);
  });

  it('is seen by the last look, should nothing have stopped it', async () => {
    const { correct, messages: rows, shopId, within, enrollments: course } = await mistyped();
    await correct(1);
    const enrollment = (await course()).find(({ customerId }) => customerId === WRONG);
    const own = and(eq(enrollments.shopId, shopId), eq(enrollments.id, enrollment?.id ?? 0));
    await within(({ tx }) => tx.update(enrollments).set({ status: 'active', endReason: null }).where(own));
    const [message] = await within(({ tx }) =>
      tx
        .insert(messages)
        .values(reminder(shopId, enrollment?.id ?? 0))
        .returning(),
    );
    await within((scope) =>
      claimDue(scope, {
        ...{ messageIds: [message?.id ?? ''], claimId: '00000000-0000-4000-8000-000000000001', now: at(70) },
        ...{ settings: { hasProviderKey: true, sharedSender: 'post@relance.example' } },
        ...{ providerPaused: false, ordersConfirmed: true },
      }),
    );
    expect(await rows()).toMatchObject([{ status: 'withheld', reason: 'checkout-changed-hands' }]);
  });
});

describe('a guest who turns out to be a customer', () => {
  it('goes on with their cart: nobody else has it', async () => {
    const { tell, course, correct } = await mistyped();
    await tell('customers/create', { id: 7, email: 'zoe@exmaple.com', updated_at: told(1) }, 1);
    expect(await course()).toEqual([['7', 'active', null]]);
    await correct(2, 'zoe@exmaple.com');
    expect(await course()).toEqual([['7', 'active', null]]);
  });

  it('in the very webhook that changes the checkout goes on too', async () => {
    const { tell, course } = await mistyped();
    const customer = { id: 7, email: 'zoe@exmaple.com', updated_at: told(1) };
    await tell('checkouts/update', checkoutBody(50, 1, { email: 'zoe@exmaple.com', customer }), 1);
    expect(await course()).toEqual([['7', 'active', null]]);
  });

  it('is reminded of the newer of their two carts alone', async () => {
    const { tell, course } = await mistyped();
    const customer = { id: 9, email: 'other@example.com', updated_at: told(0), ...consentBody('subscribed', 0) };
    await tell('customers/create', customer, 0);
    const theirs = checkoutBody(51, 5, { email: 'other@example.com', customer: { id: 9, email: 'other@example.com' } });
    await tell('checkouts/create', theirs, 5);
    await tell('customers/update', { ...customer, email: 'zoe@exmaple.com', updated_at: told(6) }, 6);
    expect((await course()).filter(([, , reason]) => reason === 'newer-checkout')).toHaveLength(1);
    expect(await course()).toEqual([
      ['9', 'ended', 'newer-checkout'],
      // The welcome is no cart.
      ['9', 'active', null],
      ['9', 'active', null],
    ]);
  });
});

const reminder = (shopId: number, enrollmentId: number): typeof messages.$inferInsert => ({
  ...{
    shopId,
    enrollmentId,
    customerId: WRONG,
    scenario: 'abandoned-checkout',
    step: 'first-reminder',
    email: 'cart-1',
  },
  ...{ priority: 1, plannedAt: at(60), dueAt: at(60), expiresAt: at(600) },
});
