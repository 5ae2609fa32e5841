/** What happened with one customer and why: decisions, clicks and orders in one list. Read by the customer page. */
import { sql } from 'drizzle-orm';
import type { Facts, Reason } from '../../domain/reason';
import type { ScenarioKey } from '../../domain/scenario';
import { together } from '../../lib/together';
import type { DecisionKind } from '../schema';
import type { ShopScope } from '../scope';

export interface TimelineDecision {
  type: 'decision';
  at: string;
  kind: DecisionKind;
  reason: Reason;
  facts: Facts;
  scenario: ScenarioKey;
  step: string | null;
  /** The e-mail it is about: its key, and its subject once it was sent. */
  email: { key: string; subject: string | null; ground: string | null; dueAt: string | null } | null;
}

export interface TimelineClick {
  type: 'clicked';
  at: string;
  scenario: ScenarioKey;
  email: { key: string; subject: string | null };
}

export interface TimelineOrder {
  type: 'ordered';
  at: string;
  scenario: ScenarioKey;
  /** As the store names it: `#1042`. */
  order: string;
  /** What ties it to the e-mail. */
  by: 'click' | 'code';
  /** In the shop's currency, after refunds. */
  amount: string;
}

export type TimelineEntry = TimelineDecision | TimelineClick | TimelineOrder;

const MOST_ENTRIES = 200;

/** The newest entries first, two hundred at most. */
export async function loadCustomerTimeline(shop: ShopScope, customerId: string): Promise<TimelineEntry[]> {
  const { decisions, clicks, orders } = await together({
    decisions: loadDecisions(shop, customerId),
    clicks: loadClicks(shop, customerId),
    orders: loadOrders(shop, customerId),
  });
  const entries: TimelineEntry[] = [...decisions, ...clicks, ...orders];
  // Sorting is stable: what one decision committed together stays in its order, the latest first.
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, MOST_ENTRIES);
}

async function loadDecisions(shop: ShopScope, customerId: string): Promise<TimelineDecision[]> {
  const rows = await shop.tx.execute<{
    at: string;
    kind: DecisionKind;
    reason: Reason;
    facts: Facts;
    scenario: ScenarioKey;
    step: string | null;
    email: string | null;
    subject: string | null;
    ground: string | null;
    due_at: string | null;
  }>(sql`
    select d.at, d.kind, d.reason, d.facts, d.scenario, d.step, m.email, m.subject, m.ground, m.due_at
    from decisions d
    left join messages m on m.shop_id = d.shop_id and m.id = d.message_id
    where d.shop_id = ${shop.shopId} and d.customer_id = ${customerId}
    order by d.at desc, d.id desc limit ${MOST_ENTRIES}`);
  return rows.map(({ email, subject, ground, due_at, ...row }) => ({
    ...row,
    type: 'decision' as const,
    at: iso(row.at),
    email: email === null ? null : { key: email, subject, ground, dueAt: due_at === null ? null : iso(due_at) },
  }));
}

/** One line per e-mail that was clicked, at its first click. */
async function loadClicks(shop: ShopScope, customerId: string): Promise<TimelineClick[]> {
  const rows = await shop.tx.execute<{ at: string; scenario: ScenarioKey; email: string; subject: string | null }>(sql`
    select clicked_at as at, scenario, email, subject from messages
    where shop_id = ${shop.shopId} and customer_id = ${customerId} and clicked_at is not null
    order by clicked_at desc limit ${MOST_ENTRIES}`);
  return rows.map(({ at, scenario, email, subject }) => ({
    type: 'clicked',
    at: iso(at),
    scenario,
    email: { key: email, subject },
  }));
}

async function loadOrders(shop: ShopScope, customerId: string): Promise<TimelineOrder[]> {
  const rows = await shop.tx.execute<Omit<TimelineOrder, 'type'>>(sql`
    select a.ordered_at as at, a.scenario, a.by, o.name as "order",
      greatest(o.total - o.refunded, 0) as amount
    from attributions a
    join orders o on o.shop_id = a.shop_id and o.id = a.order_id
    where a.shop_id = ${shop.shopId} and o.customer_id = ${customerId}
      and o.cancelled_at is null and o.deleted_at is null
    order by a.ordered_at desc limit ${MOST_ENTRIES}`);
  return rows.map((row) => ({ type: 'ordered', ...row, at: iso(row.at) }));
}

/** Raw queries answer times as Postgres writes them. */
function iso(at: string | Date): string {
  return new Date(at).toISOString();
}
