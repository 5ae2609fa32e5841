/** What somebody refused, left with an address they have no longer: by its hash alone, as a guest who is not there. */
import { type SQL, sql } from 'drizzle-orm';
import { emailKey } from '../domain/customer';
import type { CustomerSnapshot } from '../domain/snapshot';
import { guestIdOf } from './guests';
import type { ShopScope } from './scope';

/** A customer `c` who refused something, or whose address is dead. */
const REFUSES = sql`(c.consent_state = 'unsubscribed' or c.suppressed is not null
  or (c.preferences->'fewer')::boolean or c.preferences->'refused' <> '[]'::jsonb)`;

/**
 * Called before a customer becomes a tombstone. Whoever comes back with the address, as a guest or as a new customer, finds
 * an unsubscribe, a bounce, a complaint and the kinds refused still in force.
 */
export async function leaveRefusals(shop: ShopScope, id: string, at: Date): Promise<void> {
  await leave(
    shop,
    at,
    sql`select c.*, c.email_key as key, null::text as person from customers c
    where c.shop_id = ${shop.shopId} and c.id = ${id} and c.deleted_at is null`,
  );
}

/** Called after a customer was merged into another, with the address they had. */
export async function leaveRefusalsOfMerged(
  shop: ShopScope,
  { id, emailKey: key, into, at }: { id: string; emailKey: string; into: string; at: Date },
): Promise<void> {
  await leave(
    shop,
    at,
    sql`select c.*, ${key}::text as key, ${into}::text as person from customers c
    where c.shop_id = ${shop.shopId} and c.id = ${id}`,
  );
}

/** Called before customers get the addresses told: what they refused stays in force at those they had, and goes with them too. */
export async function leaveFormerAddresses(
  shop: ShopScope,
  told: readonly CustomerSnapshot[],
  at: Date,
): Promise<void> {
  const rows = told.map(({ id, email, updatedAt, seenAt }) => ({
    id,
    told: email === null ? null : emailKey(email),
    updatedAt,
    seenAt,
  }));
  await leave(
    shop,
    at,
    sql`select c.*, c.email_key as key, c.id as person from customers c
      join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id text, told text, "updatedAt" timestamptz, "seenAt" timestamptz)
        on t.id = c.id and t.told is distinct from c.email_key
      where c.shop_id = ${shop.shopId} and c.deleted_at is null and (coalesce(t."updatedAt", '-infinity'), t."seenAt")
        > (coalesce(c.source_updated_at, '-infinity'), c.source_seen_at)`,
  );
}

/** @param who customers `c` with the `key` of the address they leave and the `person` they are from now on */
async function leave(shop: ShopScope, at: Date, who: SQL): Promise<void> {
  // Whoever has an address has taken over what was left with it, so what they refuse is all there is to leave.
  await shop.tx.execute(sql`
    insert into customers as g (shop_id, id, deleted_at, refusals_left_at, merged_into, preferences, suppressed, suppressed_at,
      consent_state, consent_updated_at, consent_seen_at)
    select distinct on (c.key) c.shop_id, ${guestIdOf(sql`c.key`)}, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz, c.person,
      c.preferences, c.suppressed, c.suppressed_at,
      -- A subscription ends with its customer; only what was refused lives on.
      case when c.consent_state = 'unsubscribed' then 'unsubscribed' else 'not_subscribed' end,
      case when c.consent_state = 'unsubscribed' then c.consent_updated_at end,
      case when c.consent_state = 'unsubscribed' then c.consent_seen_at else '-infinity' end
    from (${who}) c
    where c.key is not null and c.id not like 'guest:%' and ${REFUSES}
    order by c.key, c.consent_updated_at desc nulls last
    on conflict (shop_id, id) do update set refusals_left_at = excluded.refusals_left_at,
      merged_into = case when excluded.merged_into is null then null else coalesce(g.merged_into, excluded.merged_into) end,
      preferences = excluded.preferences, suppressed = excluded.suppressed, suppressed_at = excluded.suppressed_at,
      consent_state = excluded.consent_state, consent_updated_at = excluded.consent_updated_at,
      consent_seen_at = excluded.consent_seen_at
    where g.consent_state <> 'redacted'`);
}
