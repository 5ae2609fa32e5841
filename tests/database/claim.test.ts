import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { claimDue, claimIfKnown } from '../../app/pipeline/claim';
import { finishInboundEvent, storeInboundEvents } from '../../app/store/inbound-events';
import { markHandedOver } from '../../app/store/messages';
import { customers, decisions, messages, shops } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { loadShop } from '../../app/store/shop-settings';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
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

const look = (messageIds: string[]) => ({
  messageIds,
  claimId: randomUUID(),
  now: NOW,
  settings: { hasProviderKey: true, sharedSender: 'post@relance.example' },
  providerPaused: false,
});

const claim = (shopId: number, messageIds: string[], change: Partial<Parameters<typeof claimDue>[1]> = {}) =>
  inShop(connection.db, shopId, (shop) => claimDue(shop, { ...look(messageIds), ordersConfirmed: true, ...change }));

const readMessage = async (shopId: number, id: string) => {
  const [row] = await inShop(connection.db, shopId, ({ tx }) =>
    tx
      .select()
      .from(messages)
      .where(and(eq(messages.shopId, shopId), eq(messages.id, id))),
  );
  return row;
};

describe('claiming due messages', () => {
  it('claims nothing while orders of the last minute may be missing, and says since when they are needed', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const id = await seedMessage(connection.db, shopId, {
      customerId: await seedCustomer(connection.db, shopId),
      now: NOW,
    });
    const minuteAgo = new Date(NOW.getTime() - 60_000);
    const claimKnowing = (ordersKnownUntil: Date | null) =>
      inShop(connection.db, shopId, async (shop) => {
        await shop.tx.update(shops).set({ ordersKnownUntil }).where(eq(shops.shopId, shopId));
        return claimIfKnown(shop, look([id]));
      });
    for (const known of [null, new Date(minuteAgo.getTime() - 1)]) {
      const found = await claimKnowing(known);
      if (!('ordersNeededSince' in found)) throw new Error('Nobody is asked for orders');
      expect(found.ordersNeededSince.getTime()).toBeGreaterThanOrEqual(minuteAgo.getTime());
      expect((await readMessage(shopId, id))?.status).toBe('planned');
    }
    expect(await claimKnowing(NOW)).toMatchObject({ claims: [{ message: { id } }] });
  });

  it('lets one of several workers at once take a message', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () =>
        seedMessage(connection.db, shopId, { customerId: await seedCustomer(connection.db, shopId), now: NOW }),
      ),
    );
    const claims = await Promise.all([claim(shopId, ids), claim(shopId, ids), claim(shopId, ids)]);
    const taken = claims.flatMap((one) => one.claims.map(({ message }) => message.id));
    expect(taken.toSorted()).toEqual(ids.toSorted());
  });

  it('lets one of two e-mails to the same person through, even when two workers look at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const shopId = await seedShop(connection.db, { now: NOW });
      const customerId = await seedCustomer(connection.db, shopId);
      const one = await seedMessage(connection.db, shopId, { customerId, now: NOW });
      const other = await seedMessage(connection.db, shopId, { customerId, now: NOW, email: 'welcome-3' });
      const claims = await Promise.all([claim(shopId, [one]), claim(shopId, [other])]);
      expect(claims.flatMap(({ claims: some }) => some)).toHaveLength(1);
      const rows = [await readMessage(shopId, one), await readMessage(shopId, other)];
      expect(rows.map((row) => row?.status).toSorted()).toEqual(['claimed', 'planned']);
      expect(rows.find((row) => row?.status === 'planned')?.reason).toBe('too-soon');
    }
  });

  it('hands over only what this claim still holds', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const customerId = await seedCustomer(connection.db, shopId);
    const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
    const { claimId } = await claim(shopId, [id]);
    const rows = [{ id, subject: 'Bonjour' }];
    const handOver = (as: string) =>
      inShop(connection.db, shopId, (shop) => markHandedOver(shop, rows, { claimId: as, at: NOW }));
    expect(await handOver(randomUUID())).toEqual([]);
    expect(await handOver(claimId)).toEqual([id]);
    expect(await handOver(claimId)).toEqual([]);
  });

  it('keeps quiet by UTC where nobody knows the shop’s time zone', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const customerId = await seedCustomer(connection.db, shopId);
    await inShop(connection.db, shopId, async ({ tx }) => {
      await tx.update(shops).set({ timeZone: 'Mars/Olympus_Mons' }).where(eq(shops.shopId, shopId));
      // A country of many zones: there the shop's counts.
      await tx.update(customers).set({ country: 'US' }).where(eq(customers.id, customerId));
      expect((await loadShop({ tx, shopId })).timeZone).toBe('UTC');
    });
    const night = new Date('2026-03-03T22:00:00Z');
    const id = await seedMessage(connection.db, shopId, { customerId, now: night });
    expect((await claim(shopId, [id], { now: night })).claims).toEqual([]);
    const waiting = await readMessage(shopId, id);
    expect([waiting?.reason, waiting?.dueAt?.toISOString()]).toEqual(['quiet-hours', '2026-03-04T08:00:00.000Z']);
  });

  it('writes one decision for a wait that is found again and again', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const customerId = await seedCustomer(connection.db, shopId);
    const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
    for (let turn = 0; turn < 3; turn += 1) await claim(shopId, [id], { ordersConfirmed: false });
    const rows = await inShop(connection.db, shopId, ({ tx }) =>
      tx.select().from(decisions).where(eq(decisions.shopId, shopId)),
    );
    expect(rows).toMatchObject([{ kind: 'put-off', reason: 'orders-not-confirmed', messageId: id }]);
  });
});

describe('row-level security', () => {
  it('shows a shop nothing of another one and lets nothing be written there', async () => {
    const mine = await seedShop(connection.db, { now: NOW });
    const theirs = await seedShop(connection.db, { now: NOW });
    const id = await seedMessage(connection.db, theirs, {
      customerId: await seedCustomer(connection.db, theirs),
      now: NOW,
    });
    const app = connect({ url: database.appUrl, max: 1 });
    try {
      const seen = await inShop(app.db, mine, ({ tx }) => tx.select().from(messages).where(eq(messages.id, id)));
      expect(seen).toEqual([]);
      const written = inShop(app.db, mine, ({ tx }) =>
        tx
          .insert(decisions)
          .values({ shopId: theirs, at: NOW, customerId: '1', scenario: 'welcome', kind: 'ended', reason: 'finished' }),
      );
      await expect(written).rejects.toThrow();
      expect(await app.db.select().from(messages)).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it('is forced on every table that has a shop', async () => {
    const owner = connect({ url: database.ownerUrl, max: 1 });
    try {
      const open = await owner.db.execute<{ relname: string }>(sql`
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id'
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and c.relname <> 'shop_domains' and not (c.relrowsecurity and c.relforcerowsecurity)`);
      expect(open.map((row) => row.relname)).toEqual([]);
      const supers = await owner.db.execute(sql`
        select rolname from pg_roles where rolname like 'relance%' and (rolsuper or rolbypassrls)`);
      expect([...supers]).toEqual([]);
    } finally {
      await owner.close();
    }
  });

  it('puts off whoever Shopify told something of that nobody has applied yet, for some seconds, and nobody else', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const [told, other] = [await seedCustomer(connection.db, shopId), await seedCustomer(connection.db, shopId)];
    const ids = [
      await seedMessage(connection.db, shopId, { customerId: told, now: NOW }),
      await seedMessage(connection.db, shopId, { customerId: other, now: NOW }),
    ];
    const order = { source: 'shopify', topic: 'orders/create', dedupeKey: 'order', triggeredAt: null } as const;
    const payload = JSON.stringify({ id: 77, customer: { id: Number(told) } });
    await inShop(connection.db, shopId, (shop) => storeInboundEvents(shop, [{ shopId, ...order, payload }], NOW));
    const { claims } = await claim(shopId, ids);
    expect(claims.map(({ message }) => message.id)).toEqual([ids[1]]);
    expect(await readMessage(shopId, ids[0] ?? '')).toMatchObject({
      status: 'planned',
      reason: 'orders-not-confirmed',
      dueAt: new Date(NOW.getTime() + 1000),
    });
    await inShop(connection.db, shopId, (shop) => finishInboundEvent(shop, order, { outcome: 'applied', at: NOW }));
    expect((await claim(shopId, ids)).claims.map(({ message }) => message.id)).toEqual([ids[0]]);
  });

  it('looks at nobody while hundreds of webhooks wait, and sends when they are applied', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const id = await seedMessage(connection.db, shopId, {
      customerId: await seedCustomer(connection.db, shopId),
      now: NOW,
    });
    const flood = Array.from({ length: 501 }, (_, index) => ({
      source: 'shopify' as const,
      topic: 'orders/create',
      dedupeKey: `order-${index}`,
      triggeredAt: null,
      payload: '{}',
    }));
    const lookNow = () =>
      inShop(connection.db, shopId, async (shop) => {
        await shop.tx.update(shops).set({ ordersKnownUntil: NOW }).where(eq(shops.shopId, shopId));
        return claimIfKnown(shop, look([id]));
      });
    await inShop(connection.db, shopId, (shop) =>
      storeInboundEvents(
        shop,
        flood.map((one) => ({ shopId, ...one })),
        NOW,
      ),
    );
    expect(await lookNow()).toEqual({ flooded: 1 });
    expect(await readMessage(shopId, id)).toMatchObject({
      status: 'planned',
      reason: 'orders-not-confirmed',
      dueAt: new Date(NOW.getTime() + 5000),
      facts: { since: NOW.toISOString() },
    });
    const [first] = flood;
    if (!first) throw new Error('No flood');
    await inShop(connection.db, shopId, (shop) => finishInboundEvent(shop, first, { outcome: 'applied', at: NOW }));
    expect(await lookNow()).toMatchObject({ claims: [{ message: { id } }] });
  });
});
