/** What is on record of one customer that says why a scenario writes to them or does not. Read by the customer page. */
import { sql } from 'drizzle-orm';
import { DEFAULT_LAPSE_RULE, type LapseRule, textOf } from '../../domain/audience';
import type { History } from '../../domain/eligibility-state';
import type { Facts, Reason } from '../../domain/reason';
import { SCENARIO_KEYS, type ScenarioKey } from '../../domain/scenario';
import { iso } from '../scans/enrolling';
import { lapseColumns, lapseDays, shopGapFound } from '../scans/lapses';
import { spent } from '../scans/vips';
import type { ShopScope } from '../scope';

/** What became of a scenario for them the last time: sent, withheld, not begun, or ended early. */
export interface LastOutcome {
  kind: 'sent' | 'withheld' | 'not-enrolled' | 'ended';
  at: string;
  reason: Reason;
  facts: Facts;
}

export type OnRecord = Record<ScenarioKey, { history: History; last: LastOutcome | null }>;

interface Row extends Record<string, unknown> {
  last_order_at: string | null;
  vip_since: string | null;
  lapse_days: number;
  reason: string;
  usual_gap: number | null;
  orders: number | null;
  net: string | null;
  cart: { id: string; left: string; paid: string | null; gone: boolean } | null;
  begun: Partial<Record<ScenarioKey, Record<string, string>>> | null;
  last: Partial<Record<ScenarioKey, LastOutcome>> | null;
  settings: Partial<Record<ScenarioKey, { since: string | null; standing: string | null; found: Facts }>> | null;
}

/**
 * Null when this shop has no such customer.
 * @param rule the owner's for win-back
 */
export async function loadOnRecord(
  shop: ShopScope,
  customerId: string,
  now: Date,
  rule: LapseRule = DEFAULT_LAPSE_RULE,
): Promise<OnRecord | null> {
  // A changed rule counts as changed before the scan has seen it.
  const changing = sql`case when scenario = 'win-back' and scan_facts->>'rule' <> ${textOf(rule)}
    then ${now.toISOString()}::timestamptz end`;
  const theirs = sql`shop_id = ${shop.shopId} and customer_id = ${customerId}`;
  const [row] = await shop.tx.execute<Row>(sql`
    with ${shopGapFound(shop)}, ${spent(shop, now, sql`customer_id = ${customerId}`)},
    begun as (
      select scenario, jsonb_object_agg(occurrence, ${iso(sql`started_at`)}) as occurrences
      from enrollments where ${theirs} group by scenario),
    last as (
      select distinct on (scenario) scenario, kind, reason, facts, ${iso(sql`at`)} as at from decisions
      where ${theirs} and (kind in ('sent', 'withheld', 'not-enrolled') or kind = 'ended' and reason <> 'finished')
      order by scenario, decisions.at desc, id desc)
    select c.last_order_at, c.vip_since, ${lapseDays(rule)} as lapse_days, ${lapseColumns(rule, null)}, s.orders, s.net,
      (select jsonb_build_object('id', id, 'left', ${iso(sql`source_updated_at`)}, 'paid', ${iso(sql`completed_at`)},
          'gone', deleted_at is not null or jsonb_array_length(lines) = 0)
        from checkouts where ${theirs} order by source_updated_at desc limit 1) as cart,
      (select jsonb_object_agg(scenario, occurrences) from begun) as begun,
      (select jsonb_object_agg(scenario, jsonb_build_object('kind', kind, 'at', at, 'reason', reason, 'facts', facts))
        from last) as last,
      (select jsonb_object_agg(scenario, jsonb_build_object('found', scan_facts,
          'since', case when enabled then ${iso(sql`enabled_at`)} end,
          'standing', case when enabled then
            ${iso(sql`greatest(enabled_at, (scan_facts->>'ruleSince')::timestamptz, ${changing})`)} end))
        from scenario_settings where shop_id = ${shop.shopId}) as settings
    from customers c cross join shop_gap g left join spent s on s.customer_id = c.id
    where c.shop_id = ${shop.shopId} and c.id = ${customerId}`);
  if (!row) return null;
  const entries = SCENARIO_KEYS.map((key) => [key, { history: historyOf(row, key), last: row.last?.[key] ?? null }]);
  return Object.fromEntries(entries);
}

function historyOf(row: Row, key: ScenarioKey): History {
  const { cart, settings } = row;
  const begun = Object.entries(row.begun?.[key] ?? {});
  return {
    onSince: dateOrNull(settings?.[key]?.since),
    standingUntil: dateOrNull(settings?.[key]?.standing),
    begun: Object.fromEntries(begun.map(([occurrence, at]) => [occurrence, new Date(at)])),
    cart: cart && { id: cart.id, leftAt: new Date(cart.left), paidAt: dateOrNull(cart.paid), gone: cart.gone },
    lastOrderAt: dateOrNull(row.last_order_at),
    lapse: { days: row.lapse_days, by: LAPSED_BY[row.reason] ?? 'days', usualGapDays: row.usual_gap },
    vipSince: dateOrNull(row.vip_since),
    spent: { orders: row.orders ?? 0, net: row.net ?? '0' },
    best: bestOf(settings?.vip?.found),
  };
}

const LAPSED_BY: Record<string, 'own-gap' | 'shop-gap' | 'days'> = {
  'lapsed-own-gap': 'own-gap',
  'lapsed-shop-gap': 'shop-gap',
  'lapsed-days': 'days',
};

/** As the last scan kept it. */
function bestOf(found: Facts | undefined): History['best'] {
  const { percent, spentFrom } = found ?? {};
  return typeof percent === 'number' && typeof spentFrom === 'string' ? { percent, from: spentFrom } : null;
}

function dateOrNull(at: string | null | undefined): Date | null {
  return at ? new Date(at) : null;
}
