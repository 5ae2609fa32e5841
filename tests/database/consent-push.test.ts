/** A change of consent made here reaches Shopify, whatever happens on the way: an outage, an uninstall, a change of mind. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Connection, connect } from '../../app/db.server';
import type { AdminClient } from '../../app/gateways/shopify/admin-client';
import { AdminError } from '../../app/gateways/shopify/admin-error';
import { makeLogger } from '../../app/log.server';
import { makeConsentPush } from '../../app/pipeline/consent-push';
import { findUnpushedConsents } from '../../app/store/customer-consent';
import { giveConsent, withdrawConsent } from '../../app/store/engagement';
import { customers, shops } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const LATER = new Date('2026-03-03T10:00:05Z');
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

const asked = z.object({ input: z.object({ emailMarketingConsent: z.object({ marketingState: z.string() }) }) });

/** Somebody who has just withdrawn, and a Shopify that notes what it is told. */
async function leaver() {
  const shopId = await seedShop(connection.db, { now: NOW });
  const id = await seedCustomer(connection.db, shopId);
  const told: string[] = [];
  // Days later: nobody takes an old consent for a new one.
  const clock = { now: new Date('2026-03-09T10:00:00Z') };
  const shopify = { whileTold: async () => {} };
  const admin: AdminClient = {
    async run(_shop, document, variables = {}) {
      const { input } = asked.parse(variables);
      await shopify.whileTold();
      told.push(input.emailMarketingConsent.marketingState);
      return document.read({ customerEmailMarketingConsentUpdate: { userErrors: [] } });
    },
  };
  const push = makeConsentPush({
    db: connection.db,
    admin,
    clock: { now: () => clock.now },
    log: makeLogger('silent'),
  });
  const within = <T>(work: Parameters<typeof inShop<T>>[2]) => inShop(connection.db, shopId, work);
  await within((shop) => withdrawConsent(shop, id, NOW));
  return {
    id,
    told,
    clock,
    shopify,
    within,
    push: () => push({ shopId, customerId: id }),
    untold: () => within(findUnpushedConsents),
    uninstall: (at: Date | null) =>
      within(({ tx }) => tx.update(shops).set({ uninstalledAt: at }).where(eq(shops.shopId, shopId))),
  };
}

describe('a withdrawal', () => {
  it('counts as untold from the first moment until Shopify has accepted it', async () => {
    const { id, told, untold, push } = await leaver();
    expect(await untold()).toEqual([id]);
    await push();
    expect([told, await untold()]).toEqual([['UNSUBSCRIBED'], []]);
  });

  it('stays untold through an outage, so that the night takes it up when every retry is used', async () => {
    const { id, told, shopify, untold, push } = await leaver();
    shopify.whileTold = () => Promise.reject(new AdminError('unavailable', 'no answer'));
    await expect(push()).rejects.toThrow('no answer');
    expect([told, await untold()]).toEqual([[], [id]]);
  });

  it('stays untold while the app is uninstalled, and is told once it is back', async () => {
    const { id, told, untold, push, uninstall } = await leaver();
    await uninstall(NOW);
    await push();
    expect([told, await untold()]).toEqual([[], [id]]);
    await uninstall(null);
    await push();
    expect([told, await untold()]).toEqual([['UNSUBSCRIBED'], []]);
  });

  it('that is taken back while Shopify is told is followed by the newer word, even when that was told first', async () => {
    const { id, told, shopify, within, untold, push } = await leaver();
    shopify.whileTold = async () => {
      shopify.whileTold = async () => {};
      await within((shop) => giveConsent(shop, id, LATER));
      // The newer change's own job overtakes this one.
      await push();
    };
    await push();
    expect([told, await untold()]).toEqual([['SUBSCRIBED', 'UNSUBSCRIBED', 'SUBSCRIBED'], []]);
  });

  it('taken back is told a day later, so that Shopify greets nobody as new; a withdrawal in between at once', async () => {
    const { id, told, clock, within, untold, push } = await leaver();
    await push();
    await within((shop) => giveConsent(shop, id, LATER));
    clock.now = new Date(LATER.getTime() + 60_000);
    await push();
    expect([told, await untold()]).toEqual([['UNSUBSCRIBED'], [id]]);
    clock.now = new Date(LATER.getTime() + 26 * 3_600_000);
    await push();
    expect([told, await untold()]).toEqual([['UNSUBSCRIBED', 'SUBSCRIBED'], []]);
    await within((shop) => withdrawConsent(shop, id, clock.now));
    await push();
    expect(told.at(-1)).toBe('UNSUBSCRIBED');
  });

  it('of a guest, whom Shopify does not know, waits for no answer', async () => {
    const { within, untold, id } = await leaver();
    await within(({ tx }) => tx.update(customers).set({ id: 'guest:1' }).where(eq(customers.id, id)));
    await within((shop) => giveConsent(shop, 'guest:1', LATER));
    expect(await untold()).toEqual([]);
  });
});
