/** What a restore from a copy left uncertain: e-mails that may have left in the lost time, held as unsettled until SendGrid or the owner tells. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { LIFTED_BY_OWNER, type LostTime, lostFacts } from '../domain/lost-time';
import type { Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import type { InboundKey } from './inbound-events';
import type { NewMessage } from './messages';
import { checkouts, messages, shops } from './schema';
import type { Db, ShopScope } from './scope';

const HELD: Reason = 'restored-from-copy';
const isHeld = sql`is_open and status = 'unsettled' and reason = ${HELD}`;

/** Every shop that has Relance now. Read across shops by the worker role. */
export async function listInstalledShops(db: Db): Promise<number[]> {
  const rows = await db
    .select({ shopId: shops.shopId })
    .from(shops)
    .where(isNull(shops.uninstalledAt))
    .orderBy(shops.shopId);
  return rows.map(({ shopId }) => shopId);
}

/** The latest moment the rows of the shop tell of; null when they tell of none. Everything asked stands in an index. */
export async function latestKnown({ shopId, tx }: ShopScope): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select greatest(
      (select max(sent_at) from messages where shop_id = ${shopId}),
      (select max(processed_at) from orders where shop_id = ${shopId}),
      (select max(source_created_at) from checkouts where shop_id = ${shopId}),
      (select greatest(orders_known_until, reconciled_until) from shops where shop_id = ${shopId})) as at`);
  return row?.at ? new Date(row.at) : null;
}

/**
 * Notes the lost time. Until a reconciliation has asked Shopify for what changed, nobody knows who ordered or unsubscribed:
 * without the mark of known orders nothing is sent, and the look at what changed is due at once.
 */
export async function markRestored({ shopId, tx }: ShopScope, lost: LostTime, now: Date): Promise<void> {
  await tx
    .update(shops)
    .set({ restoredFrom: lost.from, restoredUntil: lost.until, ordersKnownUntil: null, reconcileDueAt: now })
    .where(eq(shops.shopId, shopId));
}

/** The lost time of the shop; null when it was never restored. */
export async function findLostTime({ shopId, tx }: ShopScope): Promise<LostTime | null> {
  const [row] = await tx
    .select({ from: shops.restoredFrom, until: shops.restoredUntil })
    .from(shops)
    .where(eq(shops.shopId, shopId));
  return row?.from && row.until ? { from: row.from, until: row.until } : null;
}

/**
 * Holds every e-mail the copy knows that may have left in the lost time: due in it, or in a worker's hands at the copy.
 * @returns how many
 */
export async function holdUncertain({ shopId, tx }: ShopScope, lost: LostTime, now: Date): Promise<number> {
  const facts = JSON.stringify(lostFacts(lost));
  const [row] = await tx.execute<{ count: number }>(sql`
    with held as (
      update messages set ${becomeHeld(facts, now)}
      where shop_id = ${shopId} and (status in ('claimed', 'handed-over')
        or status = 'planned' and due_at <= ${lost.until.toISOString()})
      returning id, customer_id, scenario, enrollment_id, step),
    ${noted(shopId, { kind: 'put-off', reason: HELD, facts, now }, sql`held`)}
    select count(*)::int as count from held`);
  return row?.count ?? 0;
}

const becomeHeld = (facts: string, now: Date) => sql`status = 'unsettled', reason = ${HELD}, facts = ${facts}::jsonb,
  handed_over_at = ${now.toISOString()}, claim_id = null, due_at = null, alarm_at = null`;

interface Noted {
  kind: 'put-off' | 'planned' | 'withheld';
  reason: Reason;
  facts: string;
  now: Date;
}

function noted(shopId: number, { kind, reason, facts, now }: Noted, from: ReturnType<typeof sql>) {
  return sql`noted as (
    insert into decisions (shop_id, at, customer_id, scenario, enrollment_id, message_id, step, kind, reason, facts)
    select ${shopId}::int, ${now.toISOString()}::timestamptz, customer_id, scenario, enrollment_id, id, step, ${kind}, ${reason},
      ${facts}::jsonb from ${from})`;
}

/** Holds these planned messages: the owner may have let them go in the lost time. */
export async function holdMessages(
  { shopId, tx }: ShopScope,
  ids: readonly string[],
  { lost, now }: { lost: LostTime; now: Date },
): Promise<void> {
  if (ids.length === 0) return;
  const facts = JSON.stringify(lostFacts(lost));
  await tx.execute(sql`
    with held as (
      update messages set ${becomeHeld(facts, now)}
      where shop_id = ${shopId} and id = any(${sql.param([...ids])}::uuid[]) and status = 'planned'
      returning id, customer_id, scenario, enrollment_id, step),
    ${noted(shopId, { kind: 'put-off', reason: HELD, facts, now }, sql`held`)}
    select count(*) from held`);
}

/** A message planned anew of which nobody knows whether it left before: it begins as held. */
export function heldFrom(row: NewMessage & { alarmAt: Date }, lost: LostTime, now: Date) {
  const held = { status: 'unsettled', reason: HELD, facts: lostFacts(lost) } as const;
  return { ...row, ...held, handedOverAt: now, dueAt: null, alarmAt: null };
}

/** Whether a planned message waited for the owner, who may have let it go in the lost time. */
export const waitedForOwner = ({ reason }: { reason: Reason | null }) =>
  reason !== null && LIFTED_BY_OWNER.includes(reason);

/** When Shopify says the checkout began; null when it is not in the mirror. */
export async function findCheckoutStart({ shopId, tx }: ShopScope, checkoutId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: checkouts.sourceCreatedAt })
    .from(checkouts)
    .where(and(eq(checkouts.shopId, shopId), eq(checkouts.id, checkoutId)));
  return row?.at ?? null;
}

/** Whether the enrollment has any message: from the first on, its planned times are what they were. */
export async function hasMessages({ shopId, tx }: ShopScope, enrollmentId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.shopId, shopId), eq(messages.enrollmentId, enrollmentId)))
    .limit(1);
  return rows.length > 0;
}

/** Opens again what SendGrid told of these messages before their rows were there; the caller enqueues their jobs. */
export async function reopenUnknown(
  { shopId, tx }: ShopScope,
  messageIds: readonly string[],
  since: Date,
): Promise<InboundKey[]> {
  if (messageIds.length === 0) return [];
  const rows = await tx.execute<{ source: InboundKey['source']; topic: string; dedupe_key: string }>(sql`
    update inbound_events set processed_at = null, outcome = null, alarm_at = null
    where shop_id = ${shopId} and outcome = 'unknown-message' and received_at >= ${since.toISOString()} and payload <> ''
      and payload::jsonb->>'messageId' = any(${sql.param([...messageIds])}::text[])
    returning source, topic, dedupe_key`);
  return rows.map(({ source, topic, dedupe_key }) => ({ source, topic, dedupeKey: dedupe_key }));
}

export interface HeldOfScenario {
  scenario: ScenarioKey;
  count: number;
  /** Of these, how many would still be in time. */
  inTime: number;
  /** When the last of them was held: a day later it is closed. */
  lastAt: Date;
}

/** What is held, by scenario, the most first. */
export async function countHeld({ shopId, tx }: ShopScope, now: Date): Promise<HeldOfScenario[]> {
  const rows = await tx.execute<{ scenario: ScenarioKey; count: number; in_time: number; last: string }>(sql`
    select scenario, count(*)::int as count, (count(*) filter (where expires_at > ${now.toISOString()}))::int as in_time,
      max(handed_over_at) as last
    from messages where shop_id = ${shopId} and ${isHeld} group by 1 order by 2 desc, 1`);
  return rows.map(({ scenario, count, in_time, last }) => ({
    scenario,
    count,
    inTime: in_time,
    lastAt: new Date(last),
  }));
}

/** The owner says to send what is held: it is due now, and the last look decides. @returns how many */
export function releaseRestored(shop: ShopScope, now: Date): Promise<number> {
  return settleHeld(shop, {
    set: sql`status = 'planned', reason = null, facts = null, handed_over_at = null, claimed_at = null, alarm_at = null,
      due_at = ${now.toISOString()}`,
    noted: { kind: 'planned', reason: 'released-by-owner', facts: '{}', now },
  });
}

/** The owner says not to send what is held: it stays unknown whether it left. @returns how many */
export function keepRestored(shop: ShopScope, now: Date): Promise<number> {
  return settleHeld(shop, {
    set: sql`status = 'unknown', reason = 'kept-back-by-owner', facts = null`,
    noted: { kind: 'withheld', reason: 'kept-back-by-owner', facts: '{}', now },
  });
}

async function settleHeld(
  { shopId, tx }: ShopScope,
  { set, noted: what }: { set: ReturnType<typeof sql>; noted: Noted },
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    with settled as (
      update messages set ${set} where shop_id = ${shopId} and ${isHeld}
      returning id, customer_id, scenario, enrollment_id, step),
    ${noted(shopId, what, sql`settled`)}
    select count(*)::int as count from settled`);
  return row?.count ?? 0;
}
