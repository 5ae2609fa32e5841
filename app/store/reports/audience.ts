/** How many people a scenario concerns: who did what starts it in a period, and who of them may be e-mailed. */
import { sql } from 'drizzle-orm';
import {
  DEFAULT_LAPSE_RULE,
  DEFAULT_VIP_RULE,
  type LapseRule,
  SCAN_REACH_DAYS,
  type VipRule,
} from '../../domain/audience';
import { checkoutRules } from '../../domain/consent';
import type { ScenarioKey } from '../../domain/scenario';
import type { ShopSettings } from '../../domain/shop';
import { DAY, HOUR } from '../../lib/duration';
import { confirmed, notLeftOut, reachable, subscribed } from '../reachable';
import { birthDatesWithin } from '../scans/birthdays';
import { lapseDays, lastOrderWithin, shopGap } from '../scans/lapses';
import { ranked } from '../scans/vips';
import type { ShopScope } from '../scope';
import { type Period, within } from './period';

export interface Audience {
  /**
   * How often what starts it happened in the period. For birthdays: how many are kept in the thirty days that follow. For
   * VIP: how many are among the best now.
   */
  reached: number;
  /** People among them who may be e-mailed today. */
  mayBeEmailed: number;
  /** People it concerns at all: whose birth date is known, who have lapsed so far. Absent where `reached` says it all. */
  inAll?: number;
}

type Rules = Pick<ShopSettings, 'checkoutGround' | 'checkoutCountries' | 'confirmedOnly' | 'leftOutTags'>;

/** What the owner chose for those the scans look for; the prebuilt rules where absent. */
export interface AudienceRules {
  lapse?: LapseRule;
  vip?: VipRule;
}

export interface AudienceQuestion extends AudienceRules {
  period: Period;
  settings: Rules;
}

/** A scenario's audience in a period. The sums follow `groundFor`, the scans and the last look; tests hold them together. */
export function loadAudience(
  shop: ShopScope,
  key: ScenarioKey,
  { period, settings, lapse = DEFAULT_LAPSE_RULE, vip = DEFAULT_VIP_RULE }: AudienceQuestion,
): Promise<Audience> {
  switch (key) {
    case 'welcome':
      return newSubscribers(shop, period, settings);
    case 'abandoned-checkout':
      return leftCheckouts(shop, period, settings);
    case 'birthday':
      return birthdays(shop, period.to, settings);
    case 'win-back':
      return lapsed(shop, { rule: lapse, now: period.to }, settings);
    case 'vip':
      return best(shop, { rule: vip, now: period.to }, settings);
  }
}

interface CountRow extends Record<string, unknown> {
  reached: string;
  may: string;
  in_all?: string;
}

const toAudience = (row: CountRow | undefined): Audience => ({
  reached: Number(row?.reached ?? 0),
  mayBeEmailed: Number(row?.may ?? 0),
  ...(row?.in_all === undefined ? {} : { inAll: Number(row.in_all) }),
});

async function newSubscribers(shop: ShopScope, period: Period, rules: Rules): Promise<Audience> {
  const [row] = await shop.tx.execute<CountRow>(sql`
    select count(*) as reached,
      count(*) filter (where ${subscribed('welcome')} and ${confirmed(rules)} and ${notLeftOut(rules)}) as may
    from customers c
    where c.shop_id = ${shop.shopId} and c.consent_state in ('subscribed', 'pending')
      and ${within('c.consent_updated_at', period)} and c.deleted_at is null`);
  return toAudience(row);
}

async function leftCheckouts(shop: ShopScope, period: Period, rules: Rules): Promise<Audience> {
  // A checkout that changed within the hour is still being filled in.
  const left: Period = { from: period.from, to: new Date(period.to.getTime() - HOUR) };
  const [row] = await shop.tx.execute<CountRow>(sql`
    with left_ones as (
      select k.id, k.customer_id, k.email_key from checkouts k
      where k.shop_id = ${shop.shopId} and ${within('k.source_updated_at', left)}
        and k.completed_at is null and k.deleted_at is null and k.email_key is not null
        and jsonb_array_length(k.lines) > 0)
    select (select count(*) from left_ones) as reached,
      (select count(*) from customers c
       where c.shop_id = ${shop.shopId}
         and (c.id in (select customer_id from left_ones)
           or c.email_key in (select email_key from left_ones where customer_id is null))
         and ${reachable('abandoned-checkout')} and ${notLeftOut(rules)} and ${checkoutGround(rules)}) as may`);
  return toAudience(row);
}

/** The ground for a cart reminder to customer `c`, as `groundFor` decides it. */
function checkoutGround(rules: Rules) {
  if (rules.checkoutGround === 'subscribed') return sql`c.consent_state = 'subscribed' and ${confirmed(rules)}`;
  const { countries, elsewhere } = checkoutRules(rules);
  return sql`(c.consent_state = 'subscribed' and ${confirmed(rules)} or (c.consent_state = 'not_subscribed'
    and case coalesce(${JSON.stringify(countries)}::jsonb ->> upper(coalesce(c.country, '')), ${elsewhere})
      when 'anyone' then true when 'earlier-buyer' then c.orders_count > 0 else false end))`;
}

async function birthdays(shop: ShopScope, now: Date, rules: Rules): Promise<Audience> {
  const [row] = await shop.tx.execute<CountRow>(sql`
    select count(*) filter (where soon) as reached,
      count(*) filter (where soon and ${subscribed('birthday')} and ${confirmed(rules)} and ${notLeftOut(rules)}) as may, count(*) as in_all
    from (select c.*, c.birth_date = any(${birthDatesWithin(now, SCAN_REACH_DAYS)}) as soon from customers c
      where c.shop_id = ${shop.shopId} and c.birth_date is not null and c.deleted_at is null) c`);
  return toAudience(row);
}

async function lapsed(shop: ShopScope, { rule, now }: { rule: LapseRule; now: Date }, rules: Rules): Promise<Audience> {
  const moment = sql`${now.toISOString()}::timestamptz`;
  const lately = sql`lapsed_at > ${new Date(now.getTime() - SCAN_REACH_DAYS * DAY).toISOString()}::timestamptz`;
  const [row] = await shop.tx.execute<CountRow>(sql`
    with ${shopGap(shop, rule)}
    select count(*) filter (where ${lately}) as reached,
      count(*) filter (where ${lately} and ${subscribed('win-back')} and ${confirmed(rules)} and ${notLeftOut(rules)}) as may, count(*) as in_all
    from (select c.*, c.last_order_at + make_interval(hours => 24 * ${lapseDays(rule)}) as lapsed_at
      from customers c cross join shop_gap g
      where c.shop_id = ${shop.shopId} and c.last_order_at is not null and c.deleted_at is null
        and ${lastOrderWithin(rule, { from: null, to: moment })}) c
    where lapsed_at <= ${moment}`);
  return toAudience(row);
}

/** The members where there are any; where the scenario never ran, those it would take in. */
async function best(shop: ShopScope, { rule, now }: { rule: VipRule; now: Date }, rules: Rules): Promise<Audience> {
  const may = sql`count(*) filter (where ${subscribed('vip')} and ${confirmed(rules)} and ${notLeftOut(rules)}) as may`;
  const [known] = await shop.tx.execute<CountRow>(sql`
    select count(*) as reached, ${may} from customers c
    where c.shop_id = ${shop.shopId} and c.vip_since is not null and c.deleted_at is null`);
  if (Number(known?.reached) > 0) return toAudience(known);
  const [row] = await shop.tx.execute<CountRow>(sql`
    with ${ranked(shop, rule, now)}
    select count(*) as reached, ${may}
    from customers c join ranked r on r.customer_id = c.id
    where c.shop_id = ${shop.shopId} and r.enters and c.deleted_at is null`);
  return toAudience(row);
}
