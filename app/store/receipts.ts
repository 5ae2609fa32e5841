/** What SendGrid tells of nearly every e-mail, that it took and delivered it, for many at once. Called by `route-receipts`. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from './scope';

export interface StoredReceipt {
  topic: string;
  dedupeKey: string;
  payload: string;
}

const texts = (list: readonly (string | null)[]) => sql`${sql.param([...list])}::text[]`;

/** Those of these stored events that are open and nobody else is at, locked until the transaction ends. */
export async function takeOpenReceipts(
  { tx, shopId }: ShopScope,
  keys: readonly { topic: string; dedupeKey: string }[],
): Promise<StoredReceipt[]> {
  const rows = await tx.execute<{ topic: string; dedupeKey: string; payload: string }>(sql`
    select i.topic, i.dedupe_key as "dedupeKey", i.payload
    from inbound_events i join ${keysOf(keys)} on i.topic = k.topic and i.dedupe_key = k.dedupe_key
    where i.shop_id = ${shopId} and i.source = 'sendgrid' and i.processed_at is null
    for update of i skip locked`);
  return [...rows];
}

/**
 * Of these messages the ones a receipt changes nothing about but its own moment: settled already, and with no click whose judgement
 * hangs on the delivery. Locked; whoever else holds one is not waited for, so that no two ever wait for each other.
 */
export async function lockPlainMessages({ tx, shopId }: ShopScope, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from messages m
    where shop_id = ${shopId} and id = any(${texts(ids)}::uuid[]) and status not in ('handed-over', 'unsettled')
      and not exists (select from clicks c where c.shop_id = m.shop_id and c.message_id = m.id)
    for update of m skip locked`);
  return new Set(rows.map(({ id }) => id));
}

export interface Receipt extends StoredReceipt {
  messageId: string;
  processedAt: Date | null;
  deliveredAt: Date | null;
}

/** Sets a first time and never moves it, and closes the stored events. */
export async function applyReceipts(
  { tx, shopId }: ShopScope,
  receipts: readonly Receipt[],
  { outcome, at }: { outcome: string; at: Date },
): Promise<void> {
  const told = [...Map.groupBy(receipts, ({ messageId }) => messageId)].map(([id, list]) => ({
    id,
    processedAt: list.find(({ processedAt }) => processedAt)?.processedAt?.toISOString() ?? null,
    deliveredAt: list.find(({ deliveredAt }) => deliveredAt)?.deliveredAt?.toISOString() ?? null,
  }));
  await tx.execute(sql`
    update messages m set processed_at = coalesce(m.processed_at, t.processed_at::timestamptz),
      delivered_at = coalesce(m.delivered_at, t.delivered_at::timestamptz)
    from unnest(${texts(told.map(({ id }) => id))}::uuid[], ${texts(told.map((one) => one.processedAt))},
      ${texts(told.map((one) => one.deliveredAt))}) as t(id, processed_at, delivered_at)
    where m.shop_id = ${shopId} and m.id = t.id
      and (m.processed_at is null and t.processed_at is not null or m.delivered_at is null and t.delivered_at is not null)`);
  await tx.execute(sql`
    update inbound_events i set processed_at = ${at.toISOString()}::timestamptz, outcome = ${outcome}
    from ${keysOf(receipts)}
    where i.shop_id = ${shopId} and i.source = 'sendgrid' and i.topic = k.topic and i.dedupe_key = k.dedupe_key`);
}

/** `k(topic, dedupe_key)`. */
function keysOf(keys: readonly Pick<StoredReceipt, 'topic' | 'dedupeKey'>[]) {
  return sql`unnest(${texts(keys.map(({ topic }) => topic))}, ${texts(keys.map(({ dedupeKey }) => dedupeKey))}) as k(topic, dedupe_key)`;
}
