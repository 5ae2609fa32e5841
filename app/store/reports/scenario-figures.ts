/** Per scenario and per e-mail: sent, clicked, withheld, and who is on the way. Read by the scenario pages. */
import { sql } from 'drizzle-orm';
import type { Facts, Reason } from '../../domain/reason';
import { isScenarioKey, SCENARIO_KEYS, type ScenarioKey } from '../../domain/scenario';
import { type CountedThing, UNDATED_DAY } from '../schema';
import type { ShopScope } from '../scope';
import { countedWithin, type Period } from './period';

export interface EmailFigures {
  sent: number;
  clicked: number;
  withheld: number;
}

export interface ScenarioFigures extends EmailFigures {
  /** People on their way through it now. */
  underWay: number;
  /** Orders that count for its e-mails, and what they come to in the shop's currency after refunds; a decimal string. */
  orders: number;
  amount: string;
  /** Codes e-mails gave, each counted where it was first sent, and how many of those an order used since. */
  codes: number;
  codesUsed: number;
}

const NOTHING: EmailFigures = { sent: 0, clicked: 0, withheld: 0 };
const NONE: ScenarioFigures = { ...NOTHING, underWay: 0, orders: 0, amount: '0', codes: 0, codesUsed: 0 };

/** Figures of every scenario in a period. */
export async function loadScenarioFigures(
  shop: ShopScope,
  period: Period,
): Promise<Record<ScenarioKey, ScenarioFigures>> {
  const rows = await shop.tx.execute<{ scenario: string; what: CountedThing; figure: string; money: string }>(sql`
    select scenario, what, sum(amount) as figure, sum(money) as money from daily_counts
    where shop_id = ${shop.shopId} and (${countedWithin(period)} or day = ${UNDATED_DAY}::date)
    group by scenario, what`);
  const figures = Object.fromEntries(SCENARIO_KEYS.map((key): [string, ScenarioFigures] => [key, { ...NONE }]));
  for (const { scenario, what, figure, money } of rows) {
    const one = figures[scenario];
    if (!one) continue;
    one[what] = Number(figure);
    if (what === 'orders') one.amount = money;
  }
  return figures as Record<ScenarioKey, ScenarioFigures>;
}

/** Figures of each e-mail of one scenario in a period, by e-mail key; an e-mail without any is absent. */
export async function loadEmailFigures(
  shop: ShopScope,
  scenario: ScenarioKey,
  period: Period,
): Promise<Record<string, EmailFigures>> {
  const rows = await shop.tx.execute<{ email: string; what: keyof EmailFigures; amount: string }>(sql`
    select email, what, sum(amount) as amount from daily_counts
    where shop_id = ${shop.shopId} and scenario = ${scenario} and ${countedWithin(period)}
      and what in ('sent', 'clicked', 'withheld')
    group by email, what`);
  const figures: Record<string, EmailFigures> = {};
  for (const { email, what, amount } of rows) {
    figures[email] ??= { ...NOTHING };
    figures[email][what] = Number(amount);
  }
  return figures;
}

export interface WithheldReason {
  reason: Reason;
  /** Of the latest one. */
  facts: Facts;
  count: number;
}

/**
 * Why e-mails of one scenario were withheld in a period, the most frequent reason first. Each tag, segment, and what held
 * an e-mail until it expired, counts apart.
 */
export async function loadWithheldReasons(
  shop: ShopScope,
  scenario: ScenarioKey,
  period: Period,
): Promise<WithheldReason[]> {
  const rows = await shop.tx.execute<{ reason: Reason; facts: Facts; count: string }>(sql`
    select reason, (array_agg(facts order by latest_at desc, id desc))[1] as facts, sum(amount) as count
    from daily_counts
    where shop_id = ${shop.shopId} and scenario = ${scenario} and what = 'withheld' and ${countedWithin(period)}
    group by reason, facts->>'tag', facts->>'segment', facts->>'heldBy'
    order by sum(amount) desc, max(latest_at) desc, reason`);
  return rows.map(({ reason, facts, count }) => ({ reason, facts, count: Number(count) }));
}

/** When each scenario that is on was switched on. */
export async function loadSwitchedOn(shop: ShopScope): Promise<Partial<Record<ScenarioKey, Date>>> {
  const rows = await shop.tx.execute<{ scenario: string; enabled_at: string | null }>(sql`
    select scenario, enabled_at from scenario_settings where shop_id = ${shop.shopId} and enabled`);
  const on: Partial<Record<ScenarioKey, Date>> = {};
  for (const { scenario, enabled_at } of rows) {
    if (isScenarioKey(scenario)) on[scenario] = new Date(enabled_at ?? 0);
  }
  return on;
}
