/** The log of decisions: append-only, read by the customer page and the reports. */
import { sql } from 'drizzle-orm';
import type { Facts, Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import type { DecisionKind } from './schema';
import type { ShopScope } from './scope';

export interface NewDecision {
  at: Date;
  customerId: string;
  scenario: ScenarioKey;
  kind: DecisionKind;
  reason: Reason;
  facts?: Facts;
  enrollmentId?: number;
  messageId?: string;
  step?: string;
}

/** What a message row tells of itself to its decision. */
export interface AboutMessage {
  id: string;
  customerId: string;
  scenario: ScenarioKey;
  enrollmentId: number;
  step: string;
}

/** The decision `what` about a message. */
export function decisionAbout(
  { id, customerId, scenario, enrollmentId, step }: AboutMessage,
  what: Pick<NewDecision, 'at' | 'kind' | 'reason' | 'facts'>,
): NewDecision {
  return { ...what, customerId, scenario, enrollmentId, messageId: id, step };
}

/** Why the last thing that happened in an enrollment happened; null before anything did. */
export async function findLastReason(
  shop: ShopScope,
  { id, customerId }: { id: number; customerId: string },
): Promise<Reason | null> {
  const [row] = await shop.tx.execute<{ reason: Reason }>(sql`
    select reason from decisions
    where shop_id = ${shop.shopId} and customer_id = ${customerId} and enrollment_id = ${id}
    order by at desc, id desc limit 1`);
  return row?.reason ?? null;
}

/** Appends decisions in the order given. */
export async function recordDecisions(shop: ShopScope, rows: readonly NewDecision[]): Promise<void> {
  if (rows.length === 0) return;
  // One statement for any number of rows, so that Postgres keeps it: a thousand at once are common.
  await shop.tx.execute(sql`
    insert into decisions (shop_id, at, customer_id, scenario, enrollment_id, message_id, step, kind, reason, facts)
    select ${shop.shopId}, d.at, d."customerId", d.scenario, d."enrollmentId", d."messageId", d.step, d.kind, d.reason,
      coalesce(d.facts, '{}'::jsonb)
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (at timestamptz, "customerId" text,
      scenario text, "enrollmentId" bigint, "messageId" uuid, step text, kind text, reason text, facts jsonb))
      with ordinality as d(at, "customerId", scenario, "enrollmentId", "messageId", step, kind, reason, facts, place)
    order by d.place`);
}
