/** A birth date given on the preference page reaches Shopify, whatever happens on the way, and nothing Shopify says before undoes it. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Connection, connect } from '../../app/db.server';
import type { CustomerSnapshot } from '../../app/domain/snapshot';
import type { AdminClient } from '../../app/gateways/shopify/admin-client';
import { AdminError } from '../../app/gateways/shopify/admin-error';
import { makeLogger } from '../../app/log.server';
import { makeBirthDatePush } from '../../app/pipeline/birth-date-push';
import { findUnpushedBirthDates, saveBirthDate } from '../../app/store/birth-dates';
import { upsertCustomers } from '../../app/store/customers';
import { findCustomerRow, savePreferences } from '../../app/store/engagement';
import { movePerson } from '../../app/store/move-person';
import { customers, shops } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
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

/** Without a value: to be deleted. */
const asked = z.object({ metafields: z.array(z.object({ value: z.string().nullable().default(null) })) });

/** Somebody who has just told their birth date, and a Shopify that notes what it is told. */
async function teller() {
  const shopId = await seedShop(connection.db, { now: NOW });
  const id = await seedCustomer(connection.db, shopId);
  const told: (string | null)[] = [];
  const shopify = { whileTold: async () => {}, errors: [] as { code: string; message: string }[] };
  const admin: AdminClient = {
    async run(_shop, document, variables = {}) {
      const { metafields } = asked.parse(variables);
      await shopify.whileTold();
      told.push(...metafields.map(({ value }) => value));
      const answer = { metafields: [], userErrors: shopify.errors };
      return document.read({ metafieldsSet: answer, metafieldsDelete: answer });
    },
  };
  const push = makeBirthDatePush({ db: connection.db, admin, log: makeLogger('silent') });
  const within = <T>(work: Parameters<typeof inShop<T>>[2]) => inShop(connection.db, shopId, work);
  await within((shop) => saveBirthDate(shop, id, '1985-02-28'));
  return {
    shopId,
    id,
    told,
    shopify,
    within,
    push: () => push({ shopId, customerId: id }),
    untold: () => within(findUnpushedBirthDates),
    birthDate: async () => (await within((shop) => findCustomerRow(shop, id)))?.birthDate,
    uninstall: (at: Date | null) =>
      within(({ tx }) => tx.update(shops).set({ uninstalledAt: at }).where(eq(shops.shopId, shopId))),
  };
}

describe('a birth date', () => {
  it('counts as untold until Shopify has accepted it, through an outage too', async () => {
    const { id, told, shopify, untold, push } = await teller();
    expect(await untold()).toEqual([id]);
    shopify.whileTold = () => Promise.reject(new AdminError('unavailable', 'no answer'));
    await expect(push()).rejects.toThrow('no answer');
    expect([told, await untold()]).toEqual([[], [id]]);
    shopify.whileTold = async () => {};
    await push();
    expect([told, await untold()]).toEqual([['1985-02-28'], []]);
  });

  it('stays untold while the app is uninstalled, and is told once it is back', async () => {
    const { id, told, untold, push, uninstall } = await teller();
    await uninstall(NOW);
    await push();
    expect([told, await untold()]).toEqual([[], [id]]);
    await uninstall(null);
    await push();
    expect([told, await untold()]).toEqual([['1985-02-28'], []]);
  });

  it('that Shopify refuses for good is not offered every night', async () => {
    const { shopify, untold, push } = await teller();
    shopify.errors = [{ code: 'INVALID_VALUE', message: 'no' }];
    await push();
    expect(await untold()).toEqual([]);
  });

  it('that is mended while Shopify is told is told again', async () => {
    const { id, told, shopify, within, untold, push } = await teller();
    shopify.whileTold = async () => {
      shopify.whileTold = async () => {};
      await within((shop) => saveBirthDate(shop, id, '1985-03-01'));
    };
    await push();
    expect([told, await untold()]).toEqual([['1985-02-28', '1985-03-01'], []]);
  });

  it.each([
    ['a webhook', {}],
    ['an import', { tags: [] }],
  ])('is not undone by what %s says before Shopify knows it, and follows Shopify after', async (_what, more) => {
    const { id, within, push, birthDate } = await teller();
    const tell = (minute: number, said: string | null) => {
      const at = new Date(NOW.getTime() + minute * 60_000);
      const snapshot: CustomerSnapshot = {
        ...{ id, email: 'zoe@example.com', firstName: 'Zoé', lastName: null, country: 'FR', birthDate: said },
        ...{ createdAt: NOW, updatedAt: at, seenAt: at.toISOString() },
        ...more,
      };
      return within((shop) => upsertCustomers(shop, [snapshot], new Date()));
    };
    await tell(1, null);
    await tell(2, '1999-09-09');
    expect(await birthDate()).toBe('1985-02-28');
    await push();
    await tell(3, '1990-01-01');
    expect(await birthDate()).toBe('1990-01-01');
  });

  it('that is taken away is deleted in Shopify once, and no field or tag of the store brings it back', async () => {
    const { id, told, within, untold, push, birthDate } = await teller();
    await push();
    await within(async (shop) => {
      await saveBirthDate(shop, id, null);
      await savePreferences(shop, id, { refused: [], fewer: false, noBirthDate: true });
    });
    expect([await birthDate(), await untold()]).toEqual([null, [id]]);
    await push();
    await push();
    expect([told, await untold()]).toEqual([['1985-02-28', null], []]);
    const snapshot: CustomerSnapshot = {
      ...{ id, email: 'zoe@example.com', firstName: 'Zoé', lastName: null, country: 'FR', birthDate: '1985-02-28' },
      ...{ createdAt: NOW, updatedAt: NOW, seenAt: NOW.toISOString(), tags: ['birthday:1985-02-28'] },
    };
    await within((shop) => upsertCustomers(shop, [snapshot], NOW));
    expect(await birthDate()).toBeNull();
    await within((shop) => saveBirthDate(shop, id, '1985-03-01'));
    expect(await birthDate()).toBe('1985-03-01');
  });

  it('that was taken away stays so when two customers become one', async () => {
    const { shopId, id, within, birthDate } = await teller();
    const other = await seedCustomer(connection.db, shopId);
    await within(async (shop) => {
      await saveBirthDate(shop, other, null);
      await savePreferences(shop, other, { refused: [], fewer: false, noBirthDate: true });
      await movePerson(shop, { from: other, to: id, at: NOW });
    });
    expect(await birthDate()).toBeNull();
    expect((await within((shop) => findCustomerRow(shop, id)))?.preferences).toMatchObject({ noBirthDate: true });
  });

  it('of a guest waits for no answer, and is told once they are a customer', async () => {
    const { shopId, id, within, untold, birthDate } = await teller();
    await within(async (shop) => {
      await shop.tx.update(customers).set({ birthDate: null, birthDateUnpushed: false }).where(eq(customers.id, id));
      await shop.tx.insert(customers).values({ shopId, id: 'guest:1' });
      await saveBirthDate(shop, 'guest:1', '1970-07-07');
    });
    expect(await untold()).toEqual([]);
    await within((shop) => movePerson(shop, { from: 'guest:1', to: id, at: NOW }));
    expect([await untold(), await birthDate()]).toEqual([[id], '1970-07-07']);
  });
});
