/** Who has not ordered for as long as the rule says. Called by the nightly scan, the reports and the owner's own command. */
import { type SQL, sql } from 'drizzle-orm';
import {
  DEFAULT_LAPSE_DAYS,
  LAPSE_DAYS,
  type LapseRule,
  OWN_GAP_ORDERS,
  SCAN_REACH_DAYS,
  SHOP_GAP_CUSTOMERS,
} from '../../domain/audience';
import { DAY } from '../../lib/duration';
import { subscribed } from '../reachable';
import type { ShopScope } from '../scope';
import { enrollFound, iso, type Scan } from './enrolling';
import { clockOf, clocks, mornings } from './zones';

export interface LapseScan extends Scan {
  rule: LapseRule;
  /** Whoever lapsed by then, before it was switched on or its rule changed, is the owner's own choice. */
  standingUntil: Date;
}

/** The mean days between the orders of a customer `c`, who has at least two; kept by Postgres (migration `usual_gaps`). */
const OWN_GAP = sql`c.usual_gap`;

/** Twice a gap in whole days, within the limits. */
function twice(gap: SQL): SQL {
  return sql`least(greatest(floor(2 * ${gap} + 0.5), ${LAPSE_DAYS.shortest}), ${LAPSE_DAYS.longest})::int`;
}

/** `shop_gap(days, gap, customers)`: one row; `days` null where too few came back, or the rule does not ask. */
export function shopGap(shop: ShopScope, rule: LapseRule): SQL {
  if (rule.by === 'days') {
    return sql`shop_gap as materialized (select null::int as days, null::float8 as gap, null::int as customers)`;
  }
  return sql`shop_gap as materialized (
    select case when customers >= ${SHOP_GAP_CUSTOMERS} then ${twice(sql`gap`)} end as days, gap, customers
    from (select count(*)::int as customers, percentile_cont(0.5) within group (order by ${OWN_GAP}) as gap
      from customers c
      where c.shop_id = ${shop.shopId} and ${OWN_GAP} is not null and c.deleted_at is null) g)`;
}

interface ShopGap {
  days: number | null;
  gap: number | null;
  customers: number | null;
}

/** Asked by itself: as numbers it lets Postgres plan what follows for them. */
async function findShopGap(shop: ShopScope, rule: LapseRule): Promise<ShopGap> {
  const [row] = await shop.tx.execute<ShopGap & Record<string, unknown>>(sql`
    with ${shopGap(shop, rule)} select days, gap, customers from shop_gap`);
  return row ?? { days: null, gap: null, customers: null };
}

/** The same as the last scan found it, for reading one customer: without a scan, as where too few came back. */
export function shopGapFound(shop: ShopScope): SQL {
  return sql`shop_gap as materialized (
    select max((scan_facts->>'shopLapseDays')::int) as days, max((scan_facts->>'shopGapDays')::float8) as gap,
      max((scan_facts->>'repeatCustomers')::int) as customers
    from scenario_settings where shop_id = ${shop.shopId} and scenario = 'win-back')`;
}

/** The days after which customer `c` counts as lapsed; needs `shop_gap g` beside it. */
export function lapseDays(rule: LapseRule): SQL {
  if (rule.by === 'days') return sql`${rule.days}::int`;
  return sql`(case when c.orders_seen >= ${OWN_GAP_ORDERS} then ${twice(OWN_GAP)}
    else coalesce(g.days, ${DEFAULT_LAPSE_DAYS}) end)`;
}

/** A range of `last_order_at` outside which nobody's lapse lies between `from` and `to`: what the index can tell. */
export function lastOrderWithin(rule: LapseRule, { from, to }: { from: SQL | null; to: SQL }): SQL {
  const [shortest, longest] = rule.by === 'days' ? [rule.days, rule.days] : [LAPSE_DAYS.shortest, LAPSE_DAYS.longest];
  return lastOrderBetween({ from, to, shortest, longest });
}

/** The same for those who lapse after `shortest` to `longest` days. */
function lastOrderBetween(range: { from: SQL | null; to: SQL; shortest: number; longest: number }): SQL {
  const { from, to, shortest, longest } = range;
  const before = sql`c.last_order_at <= ${to} - make_interval(hours => ${shortest * 24})`;
  return from === null
    ? before
    : sql`${before} and c.last_order_at > ${from} - make_interval(hours => ${longest * 24})`;
}

/** `subject`, `reason` and `facts` of a lapse; `usualGapDays` is left out where no gap is known. */
export function lapseColumns(rule: LapseRule, reason: SQL | null): SQL {
  const whole = (gap: SQL) => sql`floor(${gap} + 0.5)::int`;
  if (rule.by === 'days') return sql`${reason ?? sql`'lapsed-days'`} as reason, null::int as usual_gap`;
  const why = sql`case when c.orders_seen >= ${OWN_GAP_ORDERS} then 'lapsed-own-gap'
    when g.days is not null then 'lapsed-shop-gap' else 'lapsed-days' end`;
  const gap = sql`case when c.orders_seen >= ${OWN_GAP_ORDERS} then ${whole(OWN_GAP)}
    when g.days is not null then ${whole(sql`g.gap`)} end`;
  return sql`${reason ?? why} as reason, ${gap} as usual_gap`;
}

/** Everything `found` needs of a row of `lapsed(customer_id, last_order_at, days, reason, usual_gap)`. */
export const FOUND_OF_LAPSED = sql`customer_id, 'last-order:' || last_order_text as occurrence,
  jsonb_build_object('lastOrderAt', last_order_text) as subject, reason,
  case when usual_gap is null then jsonb_build_object('lastOrderAt', last_order_text, 'days', days)
    else jsonb_build_object('lastOrderAt', last_order_text, 'days', days, 'usualGapDays', usual_gap) end as facts`;

/**
 * Enrolls those who lapse by the end of their own day, having done so within the last thirty days and since it was
 * switched on; due at ten that morning, or the next. The shop's usual gap is kept for everybody to read.
 */
export async function enrollLapsed(shop: ShopScope, scan: LapseScan): Promise<number> {
  const { now, rule, standingUntil, shopZone } = scan;
  const moment = sql`${now.toISOString()}::timestamptz`;
  const from = sql`greatest(${standingUntil.toISOString()}::timestamptz, ${moment} - make_interval(days => ${SCAN_REACH_DAYS}))`;
  const lapse = sql`(c.last_order_at + c.days * interval '24 hours')`;
  const found = await findShopGap(shop, rule);
  const gap = sql`(select ${found.days}::int as days, ${found.gap}::float8 as gap) g`;
  return enrollFound(
    shop,
    scan,
    sql`${clocks(shopZone)}, ${mornings(now)},
    kept as (
      update scenario_settings s set scan_facts = s.scan_facts || jsonb_build_object(
        'at', ${now.toISOString()}::text, 'shopGapDays', floor(${found.gap}::float8 + 0.5)::int,
        'shopLapseDays', ${found.days}::int, 'repeatCustomers', ${found.customers}::int)
      where s.shop_id = ${shop.shopId} and s.scenario = ${scan.definition.key}),
    late as (${late(shop, scan, { found, gap, from, to: sql`(${moment} + interval '26 hours')` })}),
    lapsed as (
      select c.id as customer_id, ${iso(sql`c.last_order_at`)} as last_order_text, c.days, m.at, ${lapseColumns(rule, null)}
      from late c cross join ${gap}
      join mornings m on m.country = ${clockOf(sql`c.country`)}
      where ${lapse} > ${from} and ${lapse} < m.day_end
      -- Keeps the text from being made anew for each column.
      offset 0),
    found as materialized (
      select ${FOUND_OF_LAPSED}, at as due_at, at as anchor from lapsed)`,
  );
}

interface Late {
  found: ShopGap;
  gap: SQL;
  from: SQL;
  to: SQL;
}

/**
 * The customers who may be e-mailed and whose lapse may lie between `from` and `to`, with their `days`. The index
 * `customers_lapses` holds every column named here. Those without a gap of their own all lapse after the same days; whoever
 * has one is reckoned.
 */
function late(shop: ShopScope, { rule, now, standingUntil }: LapseScan, { found, gap, from, to }: Late): SQL {
  const columns = sql`c.id, c.country, c.orders_seen, c.usual_gap, c.last_order_at`;
  const mayBe = sql`c.shop_id = ${shop.shopId} and c.last_order_at is not null and ${subscribed('win-back')}`;
  const days = rule.by === 'days' ? rule.days : (found.days ?? DEFAULT_LAPSE_DAYS);
  const alike = sql`select ${columns}, ${days}::int as days from customers c
    where ${mayBe} and ${lastOrderBetween({ from, to, shortest: days, longest: days })}`;
  if (rule.by === 'days') return alike;
  // Plain seconds sort out the many; the few that are left are compared to the microsecond.
  const earliest = Math.max(standingUntil.getTime(), now.getTime() - SCAN_REACH_DAYS * DAY) / 1000 - 1;
  const latest = now.getTime() / 1000 + 26 * 3600;
  return sql`${alike} and c.orders_seen < ${OWN_GAP_ORDERS}
    union all
    select ${columns}, c.days from (
      select ${columns}, ${lapseDays(rule)} as days, date_part('epoch', c.last_order_at) as last_s
      from customers c cross join ${gap}
      where c.orders_seen >= ${OWN_GAP_ORDERS} and ${mayBe} and ${lastOrderWithin(rule, { from, to })}
      -- Keeps the days from being reckoned anew for each comparison.
      offset 0) c
    where c.last_s + c.days * 86400 between ${earliest}::float8 and ${latest}::float8`;
}
