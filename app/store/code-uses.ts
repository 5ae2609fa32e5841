/** What became of codes: given by an e-mail, used by an order, and which scenario that counts for. How they come about: `codes`. */
import { sql } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import { MADE_CODE } from '../lib/code-text';
import { isAnyOf } from './any-of';
import { messages } from './schema';
import type { ShopScope } from './scope';

/** Notes that these e-mails were sent: codes they show count as given, each the first time. */
export async function noteGivenCodes(shop: ShopScope, messageIds: readonly string[], at: Date): Promise<void> {
  if (messageIds.length === 0) return;
  await shop.tx.execute(sql`
    update codes c set given_at = ${at.toISOString()}
    where c.shop_id = ${shop.shopId} and c.given_at is null
      and c.enrollment_id = any(array(select enrollment_id from messages
        where shop_id = ${shop.shopId} and ${isAnyOf(messages.id, 'uuid', messageIds)}
          and shows_code and sent_at is not null))`);
}

/** An e-mail that was thought sent reached nobody: the code of its enrollment counts by the others that show it. */
export async function noteUngivenCode(shop: ShopScope, enrollmentId: number): Promise<void> {
  await shop.tx.execute(sql`
    update codes c set given_at = (select min(m.sent_at) from messages m
      where m.shop_id = c.shop_id and m.enrollment_id = c.enrollment_id and m.shows_code)
    where c.shop_id = ${shop.shopId} and c.enrollment_id = ${enrollmentId} and c.given_at is not null`);
}

/**
 * Has each of these orders count once for each code it used: for the scenario it is attributed to, if that gave the code,
 * otherwise for the one that gave it last.
 */
export async function settleUses(shop: ShopScope, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await shop.tx.execute(sql`
    update codes c set use_counts = not c.use_counts
    from (
      select enrollment_id, row_number() over (partition by c.used_order_id, upper(c.code)
        order by c.given_at is null, c.scenario is distinct from a.scenario, c.ready_at desc, c.enrollment_id desc) = 1 as counts
      from codes c left join attributions a on a.shop_id = c.shop_id and a.order_id = c.used_order_id
      where c.shop_id = ${shop.shopId} and c.used_order_id = any(${sql.param([...orderIds])}::text[])) one
    where c.shop_id = ${shop.shopId} and c.enrollment_id = one.enrollment_id and c.use_counts <> one.counts`);
}

/**
 * Notes the codes these orders were placed with, in any case of letters. A made code is whoever's brings it; the owner's
 * fixed code is used for the order's own customer alone. Used stays used: Shopify gives none back when an order is cancelled.
 */
export async function noteUsedCodes(shop: ShopScope, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const given = sql`
    select o.id, o.processed_at, o.customer_id, upper(trim(given)) as text
    from orders o, unnest(o.discount_codes) as given
    where o.shop_id = ${shop.shopId} and o.id = any(${sql.param([...orderIds])}::text[])`;
  const made = await shop.tx.execute<{ id: string }>(sql`
    update codes c set used_at = used.processed_at, used_order_id = used.id
    from (select distinct on (text) * from (${given}) g where text ~ ${MADE_CODE} order by text, processed_at) used
    where c.shop_id = ${shop.shopId} and upper(c.code) = used.text and c.discount_id is not null
      and c.ready_at is not null and c.used_at is null
    returning c.used_order_id as id`);
  // Thousands may have the same fixed code: looked up by the customer.
  const fixed = await shop.tx.execute<{ id: string }>(sql`
    update codes c set used_at = used.processed_at, used_order_id = used.id
    from (select distinct on (text, customer_id) * from (${given}) g order by text, customer_id, processed_at) used
    where c.shop_id = ${shop.shopId} and c.customer_id = used.customer_id and upper(c.code) = used.text
      and c.discount_id is null and c.ready_at <= used.processed_at and c.used_at is null
      and (c.ends_at is null or c.ends_at > used.processed_at)
    returning c.used_order_id as id`);
  await settleUses(shop, [...new Set([...made, ...fixed].map(({ id }) => id))]);
}

/** The last e-mail that carried the code an order was placed with, sent before the order; null when none did. */
export async function findCodeMessage(shop: ShopScope, orderId: string) {
  const [row] = await shop.tx.execute<{ message_id: string; scenario: ScenarioKey }>(sql`
    select m.id as message_id, m.scenario
    from orders o
    join lateral (
      select enrollment_id, ready_at from codes c
      where c.shop_id = o.shop_id and c.used_order_id = o.id and c.customer_id = o.customer_id
      union
      select enrollment_id, ready_at from codes c, unnest(o.discount_codes) as given
      where c.shop_id = o.shop_id and c.used_order_id = o.id
        and upper(trim(given)) ~ ${MADE_CODE} and upper(c.code) = upper(trim(given))) c on true
    join messages m on m.shop_id = o.shop_id and m.enrollment_id = c.enrollment_id
      and m.sent_at >= c.ready_at and m.sent_at <= o.processed_at
    where o.shop_id = ${shop.shopId} and o.id = ${orderId}
    order by m.sent_at desc limit 1`);
  return row ? { messageId: row.message_id, scenario: row.scenario } : null;
}
