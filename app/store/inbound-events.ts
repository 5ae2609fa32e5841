/** What the outside world told us: stored before it is answered, applied once, forgotten after a while. */
import { and, eq, sql } from 'drizzle-orm';
import { inboundEvents } from './schema';
import type { ShopScope, ShopsScope } from './scope';
import { textList } from './text-list';

export interface InboundEvent {
  source: 'shopify' | 'sendgrid';
  topic: string;
  /** The webhook id or the sg_event_id. */
  dedupeKey: string;
  /** When the source says it happened; ISO text keeps more than milliseconds. */
  triggeredAt: Date | string | null;
  payload: string;
}

export type InboundKey = Pick<InboundEvent, 'source' | 'topic' | 'dedupeKey'>;

/** An event and the shop it concerns. */
export type ShopsEvent = InboundEvent & { shopId: number };
export type ShopsKey = InboundKey & { shopId: number };

/** Stores events of one or more shops; those already stored are left alone. Answers the keys of the new ones, in the order told. */
export async function storeInboundEvents(
  { tx }: ShopsScope,
  events: readonly ShopsEvent[],
  receivedAt: Date,
): Promise<ShopsKey[]> {
  if (events.length === 0) return [];
  const byName = firstByName(events);
  // Everybody adds in the same order, so that two transactions with the same events never wait for each other.
  const sorted = [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
  const column = <T>(read: (event: ShopsEvent) => T) => sql.param(sorted.map(read));
  // One statement for any number of events, so that Postgres keeps it; hundreds of parameters would be read anew each time.
  const rows = await tx.execute<{ name: string }>(sql`
    insert into inbound_events (shop_id, source, topic, dedupe_key, triggered_at, received_at, payload)
    select e.shop_id, e.source, e.topic, e.dedupe_key, e.triggered_at::timestamptz, ${receivedAt.toISOString()}, e.payload
    from unnest(${column(({ shopId }) => shopId)}::int[], ${column(({ source }) => source)}::text[],
      ${column(({ topic }) => topic)}::text[], ${column(({ dedupeKey }) => dedupeKey)}::text[],
      ${column(({ triggeredAt }) => isoOrNull(triggeredAt))}::text[], ${textList(sorted.map(({ payload }) => payload))})
      as e(shop_id, source, topic, dedupe_key, triggered_at, payload)
    on conflict do nothing returning concat_ws(' ', shop_id, source, topic, dedupe_key) as name`);
  const fresh = new Set(rows.map(({ name }) => name));
  return [...byName]
    .filter(([name]) => fresh.has(name))
    .map(([, { shopId, source, topic, dedupeKey }]) => ({ shopId, source, topic, dedupeKey }));
}

/** By what tells one event from another: written as the statement above writes it. */
function firstByName(events: readonly ShopsEvent[]): Map<string, ShopsEvent> {
  const byName = new Map<string, ShopsEvent>();
  for (const event of events) {
    const name = `${event.shopId} ${event.source} ${event.topic} ${event.dedupeKey}`;
    if (!byName.has(name)) byName.set(name, event);
  }
  return byName;
}

function isoOrNull(at: Date | string | null): string | null {
  return at instanceof Date ? at.toISOString() : at;
}

const isEvent = (shop: ShopScope, key: InboundKey) =>
  and(
    eq(inboundEvents.shopId, shop.shopId),
    eq(inboundEvents.source, key.source),
    eq(inboundEvents.topic, key.topic),
    eq(inboundEvents.dedupeKey, key.dedupeKey),
  );

export type InboundRow = typeof inboundEvents.$inferSelect;

/** The stored event, or null when it was erased meanwhile. */
export async function findInboundEvent(shop: ShopScope, key: InboundKey): Promise<InboundRow | null> {
  const [row] = await shop.tx.select().from(inboundEvents).where(isEvent(shop, key));
  return row ?? null;
}

/**
 * Takes an event to be applied in this transaction.
 * @returns false when it was applied already, or another worker is at it
 */
export async function claimInboundEvent(shop: ShopScope, key: InboundKey): Promise<boolean> {
  const [row] = await shop.tx
    .select({ processedAt: inboundEvents.processedAt })
    .from(inboundEvents)
    .where(isEvent(shop, key))
    .for('update');
  return row !== undefined && row.processedAt === null;
}

/** The event is dealt with; `outcome` says how: `applied`, `malformed`, `ignored: …`. */
export async function finishInboundEvent(
  shop: ShopScope,
  key: InboundKey,
  { outcome, at }: { outcome: string; at: Date },
): Promise<void> {
  await shop.tx.update(inboundEvents).set({ processedAt: at, outcome }).where(isEvent(shop, key));
}

/** Nothing of what it tells may be kept; its key stays. */
export async function emptyPayload(shop: ShopScope, key: InboundKey): Promise<void> {
  await shop.tx.update(inboundEvents).set({ payload: '' }).where(isEvent(shop, key));
}

/** Notes that a job for the event lives, though it failed just now: the sweep adds no other beside it. */
export async function alarmEvent(shop: ShopScope, key: InboundKey, at: Date): Promise<void> {
  await shop.tx.update(inboundEvents).set({ alarmAt: at }).where(isEvent(shop, key));
}

/**
 * Empties every body in which one of these addresses or texts stands, in any case. An address counts as a whole: one that
 * is the end or the beginning of another's names nobody.
 */
export async function erasePayloadsNaming(
  shop: ShopScope,
  { addresses, texts }: { addresses: readonly string[]; texts: readonly string[] },
): Promise<void> {
  const patterns = addresses.filter((address) => address !== '').map(wholeAddress);
  const wanted = texts.filter((text) => text !== '').map((text) => text.toLowerCase());
  if (patterns.length === 0 && wanted.length === 0) return;
  await shop.tx.execute(sql`
    update inbound_events set payload = '', processed_at = coalesce(processed_at, received_at),
      outcome = coalesce(outcome, 'erased')
    where shop_id = ${shop.shopId} and payload <> ''
      and (exists (select from unnest(${sql.param(wanted)}::text[]) as t(wanted)
          where position(t.wanted in lower(inbound_events.payload)) > 0)
        or exists (select from unnest(${sql.param(patterns)}::text[]) as t(pattern)
          where inbound_events.payload ~* t.pattern))`);
}

/**
 * An address as Postgres finds it in JSON: within quotes, or in a text somebody wrote, where a line break or a tab before
 * it is a backslash and a letter.
 */
function wholeAddress(address: string): string {
  const literal = JSON.stringify(address)
    .slice(1, -1)
    .replaceAll(/[^\p{L}\p{N}@]/gu, String.raw`\$&`);
  return String.raw`(?:(?<![[:alnum:]._%+-])|(?<=\\[nrt]))${literal}(?![[:alnum:]-]|\.[[:alnum:]])`;
}
