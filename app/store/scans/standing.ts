/** Those who are in a scenario's state already, of whom no scan tells: counted for the owner, and enrolled when they say so. */
import { type SQL, sql } from 'drizzle-orm';
import type { LapseRule } from '../../domain/audience';
import type { ScenarioKey } from '../../domain/scenario';
import type { ShopSettings } from '../../domain/shop';
import { confirmed, notLeftOut, subscribed } from '../reachable';
import type { ShopScope } from '../scope';
import { enrollFound, iso, type Scan } from './enrolling';
import { FOUND_OF_LAPSED, lapseColumns, lapseDays, lastOrderWithin, shopGap } from './lapses';
import { FOUND_OF_MEMBERS, members } from './vips';
import { clockOf, clocks, mornings } from './zones';

/** The scenarios that people can be in the state of for long. */
export type StandingRule = { key: 'win-back'; rule: LapseRule } | { key: 'vip' };

/** A customer `c` (beside `shop_gap g` for win-back) who is in the state and was not enrolled for it. */
function isStanding(standing: StandingRule, now: Date): SQL {
  const enrolled = (occurrence: SQL) => sql`exists (
    select from enrollments e where e.shop_id = c.shop_id and e.scenario = ${standing.key} and e.customer_id = c.id
      and ${occurrence})`;
  if (standing.key === 'vip') {
    return sql`c.vip_since is not null and c.deleted_at is null
      and not ${enrolled(sql`starts_with(e.occurrence, 'vip:' || ${iso(sql`c.vip_since`)} || ':')`)}`;
  }
  const { rule } = standing;
  const moment = sql`${now.toISOString()}::timestamptz`;
  return sql`c.last_order_at is not null and c.deleted_at is null
    and ${lastOrderWithin(rule, { from: null, to: moment })}
    and c.last_order_at + make_interval(hours => 24 * ${lapseDays(rule)}) <= ${moment}
    and not ${enrolled(sql`e.occurrence = 'last-order:' || ${iso(sql`c.last_order_at`)}`)}`;
}

const NO_GAP: LapseRule = { by: 'days', days: 1 };
const ruleOf = (standing: StandingRule) => (standing.key === 'win-back' ? standing.rule : NO_GAP);

/** How many there are, and how many of them may be e-mailed today. */
export async function countStanding(
  shop: ShopScope,
  {
    standing,
    now,
    settings,
  }: { standing: StandingRule; now: Date; settings: Pick<ShopSettings, 'confirmedOnly' | 'leftOutTags'> },
): Promise<{ customers: number; mayBeEmailed: number }> {
  const [row] = await shop.tx.execute<{ customers: string; may: string }>(sql`
    with ${shopGap(shop, ruleOf(standing))}
    select count(*) as customers,
      count(*) filter (where ${subscribed(standing.key)} and ${confirmed(settings)} and ${notLeftOut(settings)}) as may
    from customers c cross join shop_gap g
    where c.shop_id = ${shop.shopId} and ${isStanding(standing, now)}`);
  return { customers: Number(row?.customers ?? 0), mayBeEmailed: Number(row?.may ?? 0) };
}

export interface StandingScan extends Scan {
  standing: StandingRule;
  settings: Pick<ShopSettings, 'confirmedOnly' | 'leftOutTags'>;
  /** Over how many mornings they are spread, evenly; whoever came into the state last goes first. */
  days: number;
}

/** Enrolls those who may be e-mailed. Whoever was enrolled by an earlier call is not standing any more. */
export function enrollStandingPeople(shop: ShopScope, scan: StandingScan): Promise<number> {
  const { now, standing, settings, days, shopZone } = scan;
  const mayBe = sql`c.shop_id = ${shop.shopId} and ${isStanding(standing, now)} and ${subscribed(standing.key)}
    and ${confirmed(settings)} and ${notLeftOut(settings)}`;
  const source =
    standing.key === 'vip'
      ? sql`${members(shop, scan)},
        standing as (
          select ${FOUND_OF_MEMBERS}, 'added-by-owner' as reason, m.at, c.country, c.vip_since as since
          from members m join customers c on c.id = m.customer_id where ${mayBe})`
      : sql`lapsed as (
          select c.id as customer_id, ${iso(sql`c.last_order_at`)} as last_order_text, ${lapseDays(standing.rule)} as days,
            c.last_order_at + make_interval(hours => 24 * ${lapseDays(standing.rule)}) as since, c.country,
            ${lapseColumns(standing.rule, sql`'added-by-owner'`)}
          from customers c cross join shop_gap g where ${mayBe}),
        standing as (select ${FOUND_OF_LAPSED}, country, since from lapsed)`;
  return enrollFound(
    shop,
    scan,
    sql`${clocks(shopZone)}, ${mornings(now)}, ${shopGap(shop, ruleOf(standing))}, ${source},
    placed as (
      select s.*, ((row_number() over (order by since desc, customer_id collate "C") - 1) * ${days}
        / count(*) over ())::int as morning
      from standing s),
    found as materialized (
      select p.customer_id, p.occurrence, p.subject, p.reason, p.facts, t.at as due_at, t.at as anchor
      from placed p join mornings m on m.country = ${clockOf(sql`p.country`)}
      cross join lateral (select ((m.at at time zone m.zone) + make_interval(days => p.morning)) at time zone m.zone as at) t)`,
  );
}

export function hasStanding(key: ScenarioKey): key is StandingRule['key'] {
  return key === 'win-back' || key === 'vip';
}
