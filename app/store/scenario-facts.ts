/** What exits and checks ask about enrollments, as the mirror has it now; one query for any number of them. */
import { sql } from 'drizzle-orm';
import type { ScenarioFacts } from '../domain/exit';
import type { Offer } from '../domain/offer';
import { knownZone, soleZoneOf } from '../lib/time-zone';
import type { ShopScope } from './scope';

interface Row extends Record<string, unknown> {
  enrollment_id: string;
  order_id: string | null;
  ordered_at: string | null;
  opted_in_at_checkout: boolean;
  checkout_id: string | null;
  completed_at: string | null;
  checkout_deleted: boolean;
  item_count: number | null;
  changed_hands: boolean | null;
  code: string | null;
  offer: Offer | null;
  code_ends_at: string | null;
  code_given_at: string | null;
  code_used_at: string | null;
  earlier_times: number;
  is_vip: boolean;
  has_birth_date: boolean;
  country: string | null;
  shop_zone: string;
}

/**
 * Consent given in a checkout reaches us as a consent change within moments of its order. The two are one act when the
 * order says it accepts marketing and they lie this close together; wider would take a quick buyer for one who opted in.
 */
const SAME_ACT_SECONDS = 120;

/**
 * From when an order counts for enrollment `e`. A scan that went by the last order has missed whatever came after it and
 * reached us later than the scan; a moment is kept to the millisecond, an order to the microsecond.
 */
const ORDERS_COUNT_FROM = sql`(case when e.subject ? 'lastOrderAt'
  then least(e.started_at, (e.subject->>'lastOrderAt')::timestamptz + interval '1 millisecond')
  else e.started_at end)`;

/**
 * Facts by enrollment id. Orders are matched by customer, by address in any case (theirs, and the one left at the checkout),
 * and by the checkout's token. Each is looked up by itself: row-level security keeps what is read out of JSON from searching an index, and a join would read
 * every checkout of the shop for every enrollment.
 * @param enrollmentIds of this shop
 */
export async function loadScenarioFacts(
  shop: ShopScope,
  enrollmentIds: readonly number[],
): Promise<Map<number, ScenarioFacts>> {
  if (enrollmentIds.length === 0) return new Map();
  const rows = await shop.tx.execute<Row>(sql`
    select e.id as enrollment_id, o.id as order_id, o.processed_at as ordered_at,
      (opt_in.id is not null) as opted_in_at_checkout,
      k.id as checkout_id, coalesce(k.completed_at, paid.processed_at) as completed_at,
      (k.deleted_at is not null) as checkout_deleted, jsonb_array_length(k.lines) as item_count,
      (k.customer_id <> e.customer_id) as changed_hands,
      d.code, d.offer, d.ends_at as code_ends_at, d.given_at as code_given_at, d.used_at as code_used_at,
      (select count(*)::int from enrollments x where x.shop_id = e.shop_id and x.scenario = e.scenario
        and x.customer_id = e.customer_id and x.started_at < e.started_at) as earlier_times,
      (c.vip_since is not null) as is_vip, (c.birth_date is not null) as has_birth_date, c.country,
      (select time_zone from shops where shop_id = ${shop.shopId}) as shop_zone
    from enrollments e
    join customers c on c.shop_id = e.shop_id and c.id = e.customer_id
    left join codes d on d.shop_id = e.shop_id and d.enrollment_id = e.id and d.ready_at is not null
    left join lateral (
      select id, token, email_key, completed_at, deleted_at, lines, customer_id from checkouts k
      where k.shop_id = e.shop_id and k.id = e.subject->>'checkoutId' limit 1) k on true
    left join lateral (
      select id from orders o where o.shop_id = e.shop_id and (e.subject ? 'consentAt') and o.accepts_marketing
        and (o.customer_id = e.customer_id or o.email_key = c.email_key)
        and abs(extract(epoch from o.processed_at - (e.subject->>'consentAt')::timestamptz)) <= ${SAME_ACT_SECONDS}
      order by o.processed_at limit 1) opt_in on true
    left join lateral (
      select id, processed_at from orders o where o.shop_id = e.shop_id
        and (o.customer_id = e.customer_id or o.email_key = c.email_key or o.email_key = k.email_key)
        and o.processed_at >= ${ORDERS_COUNT_FROM}
        and (o.processed_at >= e.started_at or o.cancelled_at is null and o.deleted_at is null)
        and o.id is distinct from opt_in.id
      order by o.processed_at limit 1) o on true
    left join lateral (
      select processed_at from orders o where o.shop_id = e.shop_id and k.token is not null and o.checkout_token = k.token
      order by o.processed_at limit 1) paid on true
    where e.shop_id = ${shop.shopId} and e.id = any(${sql.param(enrollmentIds.map(String))}::bigint[])`);
  return new Map(rows.map((row) => [Number(row.enrollment_id), toFacts(row)]));
}

function dateOrNull(value: string | null): Date | null {
  return value === null ? null : new Date(value);
}

function toFacts(row: Row): ScenarioFacts {
  return {
    orderSinceStart:
      row.order_id !== null && row.ordered_at !== null ? { orderId: row.order_id, at: new Date(row.ordered_at) } : null,
    optedInAtCheckout: row.opted_in_at_checkout,
    checkout:
      row.checkout_id === null
        ? null
        : {
            completedAt: row.completed_at === null ? null : new Date(row.completed_at),
            deleted: row.checkout_deleted,
            itemCount: row.item_count ?? 0,
            changedHands: row.changed_hands ?? false,
          },
    code:
      row.code === null || row.offer === null
        ? null
        : {
            code: row.code,
            offer: row.offer,
            endsAt: dateOrNull(row.code_ends_at),
            givenAt: dateOrNull(row.code_given_at),
            usedAt: dateOrNull(row.code_used_at),
          },
    earlierTimes: row.earlier_times,
    isVip: row.is_vip,
    hasBirthDate: row.has_birth_date,
    zone: soleZoneOf(row.country) ?? knownZone(row.shop_zone),
  };
}
