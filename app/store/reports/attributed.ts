/** The orders that count for e-mails: once each, a cancelled one never, refunds taken off. Read by the figures. */
import { sql } from 'drizzle-orm';
import type { ScenarioKey } from '../../domain/scenario';
import type { ShopScope } from '../scope';
import { type Period, within } from './period';

/**
 * `scenario, amount` of each such order of a period, those of one scenario or all, in the shop's currency. Orders are looked up one by one, which
 * `offset 0` keeps Postgres from turning into a pass over all the orders of the shop.
 */
export function attributed(shop: ShopScope, period: Period, scenario?: ScenarioKey) {
  return sql`
    select a.scenario, o.amount from attributions a
    cross join lateral (
      select greatest(o.total - o.refunded, 0) as amount from orders o
      where o.shop_id = a.shop_id and o.id = a.order_id and o.cancelled_at is null and o.deleted_at is null
      offset 0) o
    where a.shop_id = ${shop.shopId} and ${within('a.ordered_at', period)} ${scenario ? sql`and a.scenario = ${scenario}` : sql``}`;
}
