/** Double opt-in: who has not confirmed has not subscribed, where Shopify asks for it and where the owner does. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { AdminClient } from '../../app/gateways/shopify/admin-client';
import { makeLogger } from '../../app/log.server';
import { makeConsentPush } from '../../app/pipeline/consent-push';
import { giveConsent, withdrawConsent } from '../../app/store/engagement';
import { customers, shops } from '../../app/store/schema';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { claimAt } from './paced';
import { seedMessage } from './seed';
import { at, consentBody, openTeller, told } from './teller';

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

type Level = 'single_opt_in' | 'confirmed_opt_in';

/** A shop, and what Shopify tells of one person's consent. */
async function openShop({ confirmedOnly }: { confirmedOnly: boolean }) {
  const shop = await openTeller(connection);
  await shop.within(({ tx }) =>
    tx
      .update(shops)
      .set({ settings: { confirmedOnly, quietHours: { from: 0, to: 0 } } })
      .where(eq(shops.shopId, shop.shopId)),
  );
  const consent = (state: string, level: Level, minute: number) => {
    const { email_marketing_consent: about } = consentBody(state, minute);
    const person = { id: 7, email: 'zoe@example.com', updated_at: told(minute) };
    const body = { ...person, email_marketing_consent: { ...about, opt_in_level: level } };
    return shop.tell(minute === 0 ? 'customers/create' : 'customers/update', body, minute);
  };
  const said = async () => (await shop.decisions()).map(({ kind, reason }) => `${kind}: ${reason}`);
  return { ...shop, consent, said };
}

describe('where Shopify asks to confirm', () => {
  it('a pending subscription starts nothing, and the confirmed one is welcomed', async () => {
    const { consent, enrollments } = await openShop({ confirmedOnly: false });
    await consent('pending', 'confirmed_opt_in', 0);
    expect(await enrollments()).toEqual([]);
    await consent('subscribed', 'confirmed_opt_in', 5);
    expect(await enrollments()).toMatchObject([{ scenario: 'welcome', status: 'active' }]);
  });

  it('an e-mail to somebody pending is withheld', async () => {
    const { shopId, consent, within } = await openShop({ confirmedOnly: false });
    await consent('pending', 'confirmed_opt_in', 0);
    const id = await seedMessage(connection.db, shopId, { customerId: '7', now: at(1) });
    expect(await claimAt(connection.db, shopId, [id], at(1))).toMatchObject({ held: { withheld: 1 } });
    const [row] = await within(({ tx }) => tx.execute(sql`select reason from messages where shop_id = ${shopId}`));
    expect(row).toEqual({ reason: 'consent-pending' });
  });
});

describe('where the owner writes to confirmed subscribers alone', () => {
  it('an unconfirmed one is not welcomed, and is once they confirm', async () => {
    const { consent, enrollments, said } = await openShop({ confirmedOnly: true });
    await consent('subscribed', 'single_opt_in', 0);
    expect(await enrollments()).toEqual([]);
    expect(await said()).toEqual(['not-enrolled: consent-pending']);
    await consent('subscribed', 'confirmed_opt_in', 5);
    expect(await enrollments()).toMatchObject([{ scenario: 'welcome', status: 'active' }]);
  });

  it('an unconfirmed one gets nothing else either', async () => {
    const { shopId, consent } = await openShop({ confirmedOnly: true });
    await consent('subscribed', 'single_opt_in', 0);
    const [first, second] = [
      await seedMessage(connection.db, shopId, { customerId: '7', now: at(1) }),
      await seedMessage(connection.db, shopId, { customerId: '7', now: at(1) }),
    ];
    expect(await claimAt(connection.db, shopId, [first], at(1))).toMatchObject({ claims: [], held: { withheld: 1 } });
    await consent('subscribed', 'confirmed_opt_in', 5);
    expect((await claimAt(connection.db, shopId, [second], at(6))).claims).toHaveLength(1);
  });

  it('elsewhere a confirmation starts nothing anew', async () => {
    const { consent, enrollments, said } = await openShop({ confirmedOnly: false });
    await consent('subscribed', 'single_opt_in', 0);
    await consent('subscribed', 'confirmed_opt_in', 5);
    expect(await enrollments()).toHaveLength(1);
    expect((await said()).filter((line) => line.startsWith('not-enrolled'))).toEqual([]);
  });

  it('who subscribes on the page behind an e-mail’s link has confirmed it, and Shopify is told so', async () => {
    const { shopId, consent, within } = await openShop({ confirmedOnly: true });
    await consent('subscribed', 'single_opt_in', 0);
    await within((shop) => withdrawConsent(shop, '7', at(5)));
    expect(await within((shop) => giveConsent(shop, '7', at(6)))).toBe(true);
    const asked: unknown[] = [];
    const admin: AdminClient = {
      async run(_shop, document, variables) {
        asked.push(variables);
        return document.read({ customerEmailMarketingConsentUpdate: { userErrors: [] } });
      },
    };
    await makeConsentPush({
      db: connection.db,
      admin,
      clock: { now: () => at(3 * 24 * 60) },
      log: makeLogger('silent'),
    })({ shopId, customerId: '7' });
    expect(asked).toMatchObject([
      { input: { emailMarketingConsent: { marketingState: 'SUBSCRIBED', marketingOptInLevel: 'CONFIRMED_OPT_IN' } } },
    ]);
    const id = await seedMessage(connection.db, shopId, { customerId: '7', now: at(7) });
    expect((await claimAt(connection.db, shopId, [id], at(7))).claims).toHaveLength(1);
    expect(await within(({ tx }) => tx.select({ level: customers.consentLevel }).from(customers))).toEqual([
      { level: 'confirmed_opt_in' },
    ]);
  });
});
