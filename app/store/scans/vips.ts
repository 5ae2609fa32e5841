/** Who is among the best customers: goes in and out set by set, then is enrolled. Called by the nightly scan and the reports. */
import { type SQL, sql } from 'drizzle-orm';
import { SCAN_REACH_DAYS, VIP_DAYS, VIP_LEAVING_FACTOR, VIP_MIN_ORDERS, type VipRule } from '../../domain/audience';
import { durationMs } from '../../lib/duration';
import { invariant } from '../../lib/invariant';
import { subscribed } from '../reachable';
import type { ShopScope } from '../scope';
import { enrollFound, iso, type Scan } from './enrolling';
import { clockOf, clocks, mornings } from './zones';

/** `spent(customer_id, orders, net)`: what everybody, or those of `who`, ordered in twelve months. */
export function spent(shop: ShopScope, now: Date, who: SQL = sql`customer_id is not null`): SQL {
  const moment = sql`${now.toISOString()}::timestamptz`;
  return sql`spent as materialized (
      select customer_id, count(*)::int as orders, sum(total - refunded) as net
      from orders
      where shop_id = ${shop.shopId} and ${who} and cancelled_at is null and deleted_at is null
        and processed_at > ${moment} - make_interval(days => ${VIP_DAYS}) and processed_at <= ${moment}
      group by customer_id)`;
}

/**
 * `ranked(customer_id, enters, stays, among)`: everybody who ordered in twelve months, by what they spent net; `among` is
 * the net of whoever spent enough, if the rule goes by share.
 */
export function ranked(shop: ShopScope, rule: VipRule, now: Date): SQL {
  const { enters, stays, enough } = bounds(rule);
  return sql`${spent(shop, now)},
    ranked as materialized (
      select customer_id, ${enters} as enters, ${stays} as stays, case when ${enough} then net end as among
      from (select s.*, row_number() over (order by s.net desc, s.customer_id collate "C") as place,
          count(*) over () as buyers
        from spent s join customers c on c.shop_id = ${shop.shopId} and c.id = s.customer_id and c.deleted_at is null) r)`;
}

/** In by the rule; out, by share, only below a wider one, and otherwise by the rule. */
function bounds(rule: VipRule): { enters: SQL; stays: SQL; enough: SQL } {
  if (rule.by === 'spend') {
    const reached = sql`(net >= ${rule.amount}::numeric and net > 0)`;
    return { enters: reached, stays: reached, enough: sql`false` };
  }
  if (rule.by === 'orders') {
    const reached = sql`(orders >= ${rule.count}::int)`;
    return { enters: reached, stays: reached, enough: sql`false` };
  }
  const within = (factor: number) =>
    sql`(net > 0 and place <= ceil(buyers * ${String(rule.percent)}::numeric * ${String(factor)}::numeric / 100))`;
  const enough = within(1);
  return { enters: sql`(orders >= ${VIP_MIN_ORDERS} and ${enough})`, stays: within(VIP_LEAVING_FACTOR), enough };
}

export interface VipRefresh {
  rule: VipRule;
  now: Date;
  /** The moment those who come in are members from: now, or when it was switched on, on the first pass. */
  since: Date;
}

/**
 * Takes in whoever came among the best and lets go whoever fell out; what the latter are in the middle of looks again at
 * once, and ends.
 * @returns everybody whose membership changed
 */
export async function refreshVips(shop: ShopScope, { rule, now, since }: VipRefresh): Promise<string[]> {
  const rows = await shop.tx.execute<{ id: string }>(sql`
    with ${ranked(shop, rule, now)},
    entered as (
      update customers c set vip_since = ${since.toISOString()}::timestamptz from ranked r
      where c.shop_id = ${shop.shopId} and c.id = r.customer_id and c.vip_since is null and r.enters
      returning c.id),
    gone as (
      update customers c set vip_since = null
      where c.shop_id = ${shop.shopId} and c.vip_since is not null
        and not exists (select from ranked r where r.customer_id = c.id and r.stays)
      returning c.id),
    woken as (
      update enrollments e set due_at = ${now.toISOString()}::timestamptz, alarm_at = null from gone
      where e.shop_id = ${shop.shopId} and e.customer_id = gone.id and e.scenario = 'vip' and e.status = 'active'),
    kept as (
      update scenario_settings set scan_facts = scan_facts || jsonb_build_object(
        'at', ${now.toISOString()}::text, 'enabledAt', ${iso(sql`enabled_at`)},
        'percent', ${rule.by === 'share' ? rule.percent : null}::float8, 'spentFrom', (select min(among)::text from ranked))
      where shop_id = ${shop.shopId} and scenario = 'vip')
    select id from entered union all select id from gone`);
  return rows.map((row) => row.id);
}

/** Whoever has the tag of the best customers, or should: those whose tag Shopify may have refused to change are among them. */
export async function listTagged(shop: ShopScope, tag: string): Promise<string[]> {
  const rows = await shop.tx.execute<{ id: string }>(sql`
    select id from customers
    where shop_id = ${shop.shopId} and deleted_at is null
      and (vip_since is not null or exists (select from unnest(tags) t where lower(t) = lower(${tag})))`);
  return rows.map((row) => row.id);
}

/** Notes whether the tag a customer has in Shopify was set here: whoever they are merged into has it from us as well. */
export async function keepTagOurs(shop: ShopScope, id: string, ours: boolean): Promise<void> {
  await shop.tx.execute(sql`
    update customers set vip_tag_ours = ${ours} where shop_id = ${shop.shopId} and id = ${id} and vip_tag_ours <> ${ours}`);
}

export interface VipScan extends Scan {
  enabledAt: Date;
  /** Whoever was a member by then is standing: nothing is sent until the owner has said so once. */
  standingUntil: Date;
}

/**
 * `members(customer_id, since_text, period, began_at, at)`: those who are among the best and may be written to, and which
 * period of theirs this is.
 */
export function members(shop: ShopScope, { definition, now }: Scan): SQL {
  const { trigger } = definition;
  invariant(trigger.on === 'vip', 'only the VIP scenario has members');
  const every = durationMs(trigger.every) / 1000;
  const period = sql`floor(extract(epoch from ${now.toISOString()}::timestamptz - c.vip_since) / ${every}::numeric)::int`;
  return sql`members as (
    select c.id as customer_id, c.vip_since, ${iso(sql`c.vip_since`)} as since_text, ${period} as period, m.at,
      c.vip_since + make_interval(secs => ${every}::float8 * ${period}) as began_at
    from customers c join mornings m on m.country = ${clockOf(sql`c.country`)}
    where c.shop_id = ${shop.shopId} and c.vip_since is not null and c.vip_since <= ${now.toISOString()}::timestamptz
      and ${subscribed('vip')})`;
}

/** What `found` needs of a row of `members`. */
export const FOUND_OF_MEMBERS = sql`customer_id, 'vip:' || since_text || ':' || period as occurrence,
  jsonb_build_object('period', period) as subject, jsonb_build_object('since', since_text, 'period', period) as facts`;

/**
 * Enrolls those whose period began since it was switched on, and within the last thirty days; those in the middle of an
 * earlier one not before it is over.
 */
export function enrollVips(shop: ShopScope, scan: VipScan): Promise<number> {
  const { now, enabledAt, standingUntil, shopZone } = scan;
  const begun = (also: SQL) => sql`exists (
    select from enrollments e where e.shop_id = ${shop.shopId} and e.scenario = 'vip' and e.customer_id = m.customer_id
      and starts_with(e.occurrence, 'vip:' || m.since_text || ':') and ${also})`;
  return enrollFound(
    shop,
    scan,
    sql`${clocks(shopZone)}, ${mornings(now)}, ${members(shop, scan)},
    found as materialized (
      select ${FOUND_OF_MEMBERS}, case when period = 0 then 'vip-entered' else 'vip-renewed' end as reason,
        at as due_at, at as anchor
      from members m
      where began_at > ${enabledAt.toISOString()}::timestamptz
        and began_at > ${now.toISOString()}::timestamptz - make_interval(days => ${SCAN_REACH_DAYS})
        and (vip_since > ${standingUntil.toISOString()}::timestamptz or ${begun(sql`true`)})
        and not ${begun(sql`e.status = 'active'`)})`,
  );
}
