import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { groundFor } from '../../app/domain/consent';
import { CONSENT_STATES } from '../../app/domain/customer';
import type { ShopSettings } from '../../app/domain/shop';
import { DAY, HOUR } from '../../app/lib/duration';
import { toCustomer } from '../../app/store/last-look';
import { loadAudience } from '../../app/store/reports/audience';
import { lastPeriods } from '../../app/store/reports/period';
import { checkouts, customers } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const PERIOD = lastPeriods(NOW).current;
const RULES = {
  ...{ checkoutGround: 'subscribed', checkoutCountries: {}, confirmedOnly: false, leftOutTags: [] },
} satisfies Partial<ShopSettings>;
let database: TestDatabase;
let connection: Connection;
let counter = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const ago = (ms: number) => new Date(NOW.getTime() - ms);

async function customer(shopId: number, change: Partial<typeof customers.$inferInsert> = {}): Promise<string> {
  const id = await seedCustomer(connection.db, shopId);
  await inShop(connection.db, shopId, ({ tx }) =>
    tx
      .update(customers)
      .set({ consentUpdatedAt: ago(DAY), ...change })
      .where(eq(customers.id, id)),
  );
  return id;
}

async function checkout(shopId: number, change: Partial<typeof checkouts.$inferInsert> = {}): Promise<void> {
  counter += 1;
  await inShop(connection.db, shopId, ({ tx }) =>
    tx.insert(checkouts).values({
      shopId,
      id: `checkout-${counter}`,
      email: `left${counter}@example.com`,
      emailKey: `left${counter}@example.com`,
      currency: 'EUR',
      total: '20',
      lines: [{ variantId: '1', productId: '1', title: 'Bougie', variantTitle: null, quantity: 1, price: '20' }],
      sourceCreatedAt: ago(DAY),
      sourceUpdatedAt: ago(DAY),
      ...change,
    }),
  );
}

const audiences = (shopId: number, rules: Partial<ShopSettings> = {}) =>
  inShop(connection.db, shopId, async (shop) => {
    const question = { period: PERIOD, settings: { ...RULES, ...rules } };
    return {
      welcome: await loadAudience(shop, 'welcome', question),
      'abandoned-checkout': await loadAudience(shop, 'abandoned-checkout', question),
      birthday: await loadAudience(shop, 'birthday', question),
    };
  });

describe('the audience of the welcome', () => {
  it('is who subscribed in the last thirty days, and of them who can be reached', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    await customer(shopId);
    await customer(shopId, { consentState: 'pending' });
    await customer(shopId, { suppressed: 'bounced' });
    await customer(shopId, { email: null });
    await customer(shopId, { preferences: { refused: ['welcome'], fewer: false } });
    await customer(shopId, { tags: ['Staff'] });
    await customer(shopId, { consentUpdatedAt: ago(31 * DAY) });
    await customer(shopId, { consentState: 'unsubscribed' });
    await customer(shopId, { deletedAt: NOW });
    const asksToConfirm = await audiences(shopId, { ...RULES, confirmedOnly: true });
    expect(asksToConfirm.welcome).toEqual({ reached: 6, mayBeEmailed: 0 });
    const { welcome } = await audiences(shopId, { ...RULES, leftOutTags: ['staff'] });
    expect(welcome).toEqual({ reached: 6, mayBeEmailed: 1 });
  });
});

describe('the audience of the abandoned cart', () => {
  it('counts carts that were left, and each person once', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const subscriber = await customer(shopId);
    await checkout(shopId, { customerId: subscriber });
    await checkout(shopId, { customerId: subscriber });
    await checkout(shopId, { customerId: await customer(shopId, { consentState: 'not_subscribed' }) });
    await checkout(shopId, { customerId: subscriber, completedAt: NOW });
    await checkout(shopId, { customerId: subscriber, deletedAt: NOW });
    await checkout(shopId, { customerId: subscriber, lines: [] });
    await checkout(shopId, { customerId: subscriber, sourceUpdatedAt: ago(HOUR / 2) });
    await checkout(shopId, { customerId: subscriber, sourceUpdatedAt: ago(31 * DAY) });
    await checkout(shopId, { customerId: subscriber, email: null, emailKey: null });
    expect((await audiences(shopId))['abandoned-checkout']).toEqual({ reached: 3, mayBeEmailed: 1 });
  });

  it('finds the person of a checkout without a customer by the address', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    await customer(shopId, { email: 'Zoe@Example.com', emailKey: 'zoe@example.com' });
    await checkout(shopId, { email: 'zoe@example.com', emailKey: 'zoe@example.com' });
    expect((await audiences(shopId))['abandoned-checkout']).toEqual({ reached: 1, mayBeEmailed: 1 });
  });

  it('agrees with the decision for every consent, country, history and choice of the owner', async () => {
    const people = CONSENT_STATES.flatMap((consentState) =>
      ['FR', 'US', 'JP', 'us', null].flatMap((country) =>
        (
          [
            [0, 'single_opt_in'],
            [2, 'unknown'],
            [2, 'confirmed_opt_in'],
          ] as const
        ).map(([ordersCount, consentLevel]) => ({ consentState, consentLevel, country, ordersCount })),
      ),
    );
    const choices: Pick<ShopSettings, 'checkoutGround' | 'checkoutCountries' | 'confirmedOnly'>[] = [
      ...[false, true].flatMap((confirmedOnly) => [
        { checkoutGround: 'subscribed' as const, checkoutCountries: {}, confirmedOnly },
        { checkoutGround: 'left-address' as const, checkoutCountries: {}, confirmedOnly },
      ]),
      { checkoutGround: 'left-address', checkoutCountries: { FR: 'never', US: 'earlier-buyer' }, confirmedOnly: false },
      {
        checkoutGround: 'left-address',
        checkoutCountries: { else: 'never', JP: 'earlier-buyer' },
        confirmedOnly: false,
      },
    ];
    for (const choice of choices) {
      const shopId = await seedShop(connection.db, { now: NOW });
      for (const person of people) await checkout(shopId, { customerId: await customer(shopId, person) });
      const rows = await inShop(connection.db, shopId, ({ tx }) => tx.select().from(customers));
      const allowed = rows.filter(
        (row) => 'ground' in groundFor(toCustomer(row), { consent: 'left-checkout' }, choice),
      );
      const counted = await audiences(shopId, { ...choice, leftOutTags: [] });
      expect(counted['abandoned-checkout']).toEqual({ reached: people.length, mayBeEmailed: allowed.length });
    }
  });
});
