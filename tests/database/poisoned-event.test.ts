// One body that Postgres refuses must not be tried for ever, and one that fails for another reason must be.
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRouteEvent, type React } from '../../app/pipeline/route-event';
import { makeRouteEvents } from '../../app/pipeline/route-events';
import { makeRouteReceipts } from '../../app/pipeline/route-receipts';
import { inboundEvents } from '../../app/store/schema';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const order = (id: number, more: object = {}) => ({
  id,
  currency: 'EUR',
  total_price: '12.00',
  created_at: '2026-01-01T00:00:00Z',
  line_items: [],
  ...more,
});

async function eventsOf(shopId: number) {
  return door.inShop(shopId, ({ tx }) => tx.select().from(inboundEvents).where(eq(inboundEvents.shopId, shopId)));
}

/** Routes the shop's events with a reaction of the test's own. */
async function routeWith(shopId: number, react: React): Promise<void> {
  const route = makeRouteEvent({ ...door, react, applyMailEvent: async () => 'kept' });
  for (const { source, topic, dedupeKey } of await eventsOf(shopId)) await route({ shopId, source, topic, dedupeKey });
}

describe('an event', () => {
  it.each([
    '9999999999999999.99999',
    '999999999999999.99999',
    '-999999999999999.99999',
    '99999999999999999999',
    '1e30',
    'NaN',
  ])('with the amount %s is applied or refused, never stuck', async (total_price) => {
    const { shopId, domain } = await door.install();
    const line = { id: 1, title: 'x', quantity: 1, price: total_price };
    await door.tell({ topic: 'orders/create', shop: domain, payload: order(1, { total_price, line_items: [line] }) });
    await door.work(shopId);
    for (const { outcome } of await door.outcomes(shopId)) expect(outcome).toMatch(/^(applied|malformed)$/);
  });

  it('that Postgres refuses is closed as malformed, with nothing of it kept, and never tried again', async () => {
    const { shopId, domain } = await door.install();
    await door.tell({ topic: 'orders/create', shop: domain, payload: order(2) });
    await routeWith(shopId, async ({ tx }) => void (await tx.execute(sql`select 10::numeric(1, 0)`)));
    expect(await eventsOf(shopId)).toMatchObject([{ outcome: 'malformed', processedAt: door.clock.now() }]);
    const orders = await door.inShop(shopId, ({ tx }) =>
      tx.execute(sql`select id from orders where shop_id = ${shopId}`),
    );
    expect([...orders]).toEqual([]);
    await routeWith(shopId, async () => {
      throw new Error('It was tried again');
    });
  });

  it('that fails for another reason stays open, and says when it was last tried', async () => {
    const { shopId, domain } = await door.install();
    await door.tell({ topic: 'orders/create', shop: domain, payload: order(3) });
    const failing = routeWith(shopId, async ({ tx }) => void (await tx.execute(sql`select * from no_such_table`)));
    await expect(failing).rejects.toThrow();
    expect(await eventsOf(shopId)).toMatchObject([{ outcome: null, processedAt: null, alarmAt: door.clock.now() }]);
    await door.work(shopId);
    expect(await door.outcomes(shopId)).toMatchObject([{ outcome: 'applied' }]);
  });

  it('that fails holds up none of those in its job, and is the only one tried again', async () => {
    const { shopId, domain } = await door.install();
    for (const id of [4, 5, 6])
      await door.tell({ topic: 'orders/create', shop: domain, payload: order(id), webhookId: `w${id}` });
    const events = [4, 5, 6].map((id) => ({
      ...{ shopId, source: 'shopify' as const, topic: 'orders/create', dedupeKey: `w${id}` },
    }));
    const tried: string[] = [];
    let isMended = false;
    const react: React = async ({ tx }, list) => {
      const orders = list.flatMap((event) => ('orderId' in event ? [event.orderId] : []));
      tried.push(...orders);
      if (orders.includes('5') && !isMended) await tx.execute(sql`select * from no_such_table`);
    };
    const routeAll = makeRouteEvents({
      routeEvent: makeRouteEvent({ ...door, react, applyMailEvent: async () => 'kept' }),
      routeReceipts: makeRouteReceipts(door),
    });
    await expect(routeAll({ events })).rejects.toThrow();
    const outcomes = async () =>
      new Map((await eventsOf(shopId)).map(({ dedupeKey, outcome }) => [dedupeKey, outcome] as const));
    expect(await outcomes()).toEqual(
      new Map([
        ['w4', 'applied'],
        ['w5', null],
        ['w6', 'applied'],
      ]),
    );
    isMended = true;
    await routeAll({ events });
    expect(new Set((await outcomes()).values())).toEqual(new Set(['applied']));
    expect(tried).toEqual(['4', '5', '6', '5']);
  });
});
