/** How many people a scenario concerns: who did what starts it in a period, and who of them may be e-mailed. */
import { type SQL, sql } from 'drizzle-orm';
import { DEFAULT_LAPSE_DAYS } from '../../domain/audience';
import { CHECKOUT_GROUNDS, checkoutGroundRule } from '../../domain/consent';
import type { ScenarioKey } from '../../domain/scenario';
import type { ShopSettings } from '../../domain/shop';
import { DAY, HOUR } from '../../lib/duration';
import type { ShopScope } from '../scope';
import { type Period, within } from './period';

export interface Audience {
  /** How often what starts it happened. */
  reached: number;
  /** People among them who may be e-mailed today. */
  mayBeEmailed: number;
}

type Rules = Pick<ShopSettings, 'checkoutGround' | 'leftOutTags'>;

/** Every scenario's audience in a period, or today for those a scan looks for. The sums follow `groundFor` and the last look; a test holds them together. */
export async function loadAudiences(
  shop: ShopScope,
  period: Period,
  rules: Rules,
): Promise<Record<ScenarioKey, Audience>> {
  return {
    welcome: await newSubscribers(shop, period, rules),
    'abandoned-checkout': await leftCheckouts(shop, period, rules),
    birthday: await subscribedAmong(shop, 'birthday', rules, sql`c.birth_date is not null`),
    'win-back': await subscribedAmong(
      shop,
      'win-back',
      rules,
      sql`c.last_order_at < ${new Date(period.to.getTime() - DEFAULT_LAPSE_DAYS * DAY).toISOString()}`,
    ),
    vip: await subscribedAmong(shop, 'vip', rules, sql`c.vip_since is not null`),
  };
}

interface CountRow extends Record<string, unknown> {
  reached: string;
  may: string;
}

const toAudience = (row: CountRow | undefined): Audience => ({
  reached: Number(row?.reached ?? 0),
  mayBeEmailed: Number(row?.may ?? 0),
});

/** A customer `c` to whom nothing stands in the way but perhaps the ground. */
function reachable(scenario: ScenarioKey, { leftOutTags }: Rules) {
  const tags = sql.param(leftOutTags.map((tag) => tag.toLowerCase()));
  return sql`c.deleted_at is null and c.email is not null and c.suppressed is null
    and not (coalesce(c.preferences->'refused', '[]'::jsonb) ? ${scenario})
    and not exists (select from unnest(c.tags) tag where lower(tag) = any(${tags}::text[]))`;
}

async function newSubscribers(shop: ShopScope, period: Period, rules: Rules): Promise<Audience> {
  const [row] = await shop.tx.execute<CountRow>(sql`
    select count(*) as reached,
      count(*) filter (where c.consent_state = 'subscribed' and ${reachable('welcome', rules)}) as may
    from customers c
    where c.shop_id = ${shop.shopId} and c.consent_state in ('subscribed', 'pending')
      and ${within('c.consent_updated_at', period)} and c.deleted_at is null`);
  return toAudience(row);
}

/** Customers of a kind, and who of them may be e-mailed. */
async function subscribedAmong(shop: ShopScope, scenario: ScenarioKey, rules: Rules, kind: SQL): Promise<Audience> {
  const [row] = await shop.tx.execute<CountRow>(sql`
    select count(*) as reached,
      count(*) filter (where c.consent_state = 'subscribed' and ${reachable(scenario, rules)}) as may
    from customers c where c.shop_id = ${shop.shopId} and c.deleted_at is null and ${kind}`);
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
         and ${reachable('abandoned-checkout', rules)} and ${checkoutGround(rules)}) as may`);
  return toAudience(row);
}

/** The ground for a cart reminder to customer `c`, as `groundFor` decides it. */
function checkoutGround({ checkoutGround: chosen }: Rules) {
  if (chosen === 'subscribed') return sql`c.consent_state = 'subscribed'`;
  const anyone = sql.param(Object.keys(CHECKOUT_GROUNDS).filter((one) => checkoutGroundRule(one).rule === 'anyone'));
  const never = sql.param(Object.keys(CHECKOUT_GROUNDS).filter((one) => checkoutGroundRule(one).rule === 'never'));
  return sql`(c.consent_state = 'subscribed' or (c.consent_state = 'not_subscribed' and (
    upper(coalesce(c.country, '')) = any(${anyone}::text[])
    or (c.orders_count > 0 and not upper(coalesce(c.country, '')) = any(${never}::text[])))))`;
}
