// Webhooks come twice, late and in any order: the mirror must not care.

import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propertyRuns, propertyTimeout } from './property-runs';
import { shopHistory, type Webhook } from './shop-history';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

/** Applies webhooks to a shop of its own and reads everything alive in its mirror. */
async function mirrorOf(webhooks: readonly Webhook[]) {
  const { shopId } = await door.install();
  for (const { topic, payload, triggeredAt, webhookId } of webhooks) {
    const key = { source: 'shopify' as const, topic, dedupeKey: webhookId };
    await door.ingest([{ shopId, events: [{ ...key, triggeredAt, payload: JSON.stringify(payload) }] }]);
    await door.routeEvent({ shopId, ...key });
  }
  return read(shopId);
}

/** Tombstones count by their id alone: what they still say depends on what was known before. */
async function read(shopId: number) {
  const rows = (query: ReturnType<typeof sql>) => door.inShop(shopId, async ({ tx }) => [...(await tx.execute(query))]);
  return {
    customers: await rows(sql`
      select id, email_key, first_name, locale, country, tags, consent_state, consent_level, consent_updated_at,
        orders_count, source_updated_at from customers where deleted_at is null order by id`),
    gone: await rows(sql`
      select id, merged_into from customers where deleted_at is not null and id not like 'guest:%' order by id`),
    orders: await rows(sql`
      select id, customer_id, email_key, checkout_token, total, refunded, processed_at, cancelled_at from orders order by id`),
    lines: await rows(sql`select order_id, id, quantity, price from order_lines order by order_id, id`),
    refunds: await rows(sql`select id, order_id, amount from refunds order by id`),
    checkouts: await rows(sql`
      select id, token, customer_id, email_key, locale, total, lines, completed_at, source_updated_at from checkouts
      where deleted_at is null order by id`),
    products: await rows(sql`select id, title from products where deleted_at is null order by id`),
    variants: await rows(sql`
      select id, product_id, title, inventory_quantity from variants where deleted_at is null order by id`),
    tombstones: await rows(sql`
      select id from checkouts where deleted_at is not null union all
      select id from products where deleted_at is not null order by id`),
  };
}

/** The same webhooks in another order, some of them more than once. */
const disordered = shopHistory.chain((history) =>
  fc
    .tuple(fc.shuffledSubarray(history, { minLength: history.length, maxLength: history.length }), fc.subarray(history))
    .map(([shuffled, again]) => ({ history, arrived: [...shuffled, ...again.slice(0, 5)] })),
);

describe('the mirror', () => {
  it(
    'ends the same whatever the order of arrival and however often a webhook comes',
    async () => {
      await fc.assert(
        fc.asyncProperty(disordered, async ({ history, arrived }) => {
          expect(await mirrorOf(arrived)).toEqual(await mirrorOf(history));
        }),
        propertyRuns(25, 90_000),
      );
    },
    propertyTimeout(120_000),
  );

  it('ends the same when everything arrives at the same moment', async () => {
    const [history = []] = fc.sample(shopHistory, { numRuns: 1, seed: 7 });
    const { shopId } = await door.install();
    const events = history.map(({ topic, payload, triggeredAt, webhookId }) => ({
      ...{ source: 'shopify' as const, topic, dedupeKey: webhookId, triggeredAt, payload: JSON.stringify(payload) },
    }));
    await door.ingest([{ shopId, events }]);
    const jobs = history.map(({ topic, webhookId }) => ({
      shopId,
      source: 'shopify' as const,
      topic,
      dedupeKey: webhookId,
    }));
    await Promise.all([...jobs, ...jobs].map((job) => door.routeEvent(job)));
    expect(await read(shopId)).toEqual(await mirrorOf(history));
  });
});
