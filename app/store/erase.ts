/** Erasing: a person from every table, or a whole shop. Called by the privacy topics. */
import { eq, getTableColumns, is, type SQL, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { emailKey } from '../domain/customer';
import type { Person } from '../domain/snapshot';
import { guestId } from './guests';
import { erasePayloadsNaming } from './inbound-events';
import * as schema from './schema';
import type { ShopScope } from './scope';

export interface ErasedPerson {
  /** The rows that were this person: Shopify's customer, merged ones, guests of the address. */
  ids: string[];
  /** The addresses known of them, to be erased elsewhere. */
  emails: string[];
}

/** Every row and address that is this person. */
export async function findPerson(shop: ShopScope, person: Person): Promise<ErasedPerson> {
  const key = person.email === null ? null : emailKey(person.email);
  const asked = [person.customerId, key === null ? null : guestId(key)].filter((id) => id !== null);
  const rows = await shop.tx.execute<{ id: string; email: string | null }>(sql`
    with recursive same(id) as (
      select id from customers where shop_id = ${shop.shopId}
        and (id = any(${sql.param(asked)}::text[]) or email_key = ${key})
      union
      select c.id from customers c join same on c.merged_into = same.id where c.shop_id = ${shop.shopId})
    select c.id, c.email from customers c join same using (id) where c.shop_id = ${shop.shopId}`);
  const emails = [person.email, ...rows.map((row) => row.email)].filter((email) => email !== null);
  return { ids: [...new Set([...asked, ...rows.map((row) => row.id)])], emails: [...new Set(emails.map(emailKey))] };
}

/**
 * Erases what tells who the person is. Orders stay as figures without anybody; the customer stays as a tombstone that can
 * never be written to.
 */
export async function erasePerson(
  shop: ShopScope,
  { ids, emails }: ErasedPerson,
  orderIds: readonly string[],
  at: Date,
): Promise<void> {
  const { tx, shopId } = shop;
  const [people, addresses] = [sql.param([...ids]), sql.param([...emails])];
  await tx.execute(sql`
    insert into customers (shop_id, id) select ${shopId}, id from unnest(${people}::text[]) as id
    on conflict do nothing`);
  await tx.execute(sql`
    update customers set email = null, email_key = null, first_name = null, last_name = null, locale = null,
      country = null, tags = '{}', birth_date = null, vip_since = null,
      vip_tag_ours = false, left_out_segment = null, refusals_left_at = null, orders_seen = 0,
      first_order_at = null, last_order_at = null, consent_state = 'redacted', consent_updated_at = ${at.toISOString()},
      consent_unpushed = false, birth_date_unpushed = false, open_tracking = 'unknown',
      deleted_at = coalesce(deleted_at, ${at.toISOString()}::timestamptz)
    where shop_id = ${shopId} and id = any(${people}::text[])`);
  await tx.execute(sql`
    delete from checkouts where shop_id = ${shopId}
      and (customer_id = any(${people}::text[]) or email_key = any(${addresses}::text[]))`);
  await tx.execute(sql`
    update orders set customer_id = null, email_key = null, checkout_token = null, landing_site = null
    where shop_id = ${shopId} and (customer_id = any(${people}::text[]) or email_key = any(${addresses}::text[])
      or id = any(${sql.param([...orderIds])}::text[]))`);
  await tx.execute(sql`delete from refusal_rows where shop_id = ${shopId} and email_key = any(${addresses}::text[])`);
  // A subject line may hold a first name, a link a token.
  await tx.execute(
    sql`update messages set subject = null where shop_id = ${shopId} and customer_id = any(${people}::text[])`,
  );
  await tx.execute(sql`update clicks set url = '' where shop_id = ${shopId} and customer_id = any(${people}::text[])`);
  await tx.execute(sql`delete from data_requests where shop_id = ${shopId} and customer_id = any(${people}::text[])`);
  await erasePayloadsNaming(shop, {
    addresses: emails,
    texts: ids.filter((id) => /^\d+$/.test(id)).flatMap(namings),
  });
}

/** How payloads write an id: as a number after a colon, or at the end of a global id. Never part of a longer number. */
function namings(id: string): string[] {
  return [`:${id},`, `:${id}}`, `: ${id},`, `: ${id}}`, `/customer/${id}"`];
}

/** What the shop holds of a person, in words a person can read. */
export async function collectPerson(
  shop: ShopScope,
  { ids, emails }: ErasedPerson,
): Promise<Record<string, unknown[]>> {
  const people = sql.param([...ids]);
  const list = async (query: SQL) => [...(await shop.tx.execute(query))];
  const of = (table: string, columns: string) =>
    list(sql`select ${sql.raw(columns)} from ${sql.identifier(table)}
      where shop_id = ${shop.shopId} and customer_id = any(${people}::text[])`);
  return {
    customer: await list(sql`
      select id, email, first_name, last_name, locale, country, tags, birth_date, consent_state, consent_level,
        consent_updated_at, preferences, suppressed, orders_count, first_order_at, last_order_at, vip_since, source_created_at
      from customers where shop_id = ${shop.shopId} and id = any(${people}::text[])`),
    orders: await of('orders', 'id, name, currency, total, refunded, processed_at, cancelled_at'),
    checkouts: await of('checkouts', 'id, email, currency, total, lines, source_created_at, completed_at'),
    scenarios: await of('enrollments', 'scenario, status, started_at, ended_at, end_reason'),
    emails: await of(
      'messages',
      'scenario, step, status, subject, language, sent_at, delivered_at, clicked_at, reason',
    ),
    codes: await of('codes', 'scenario, code, ready_at, ends_at, used_at'),
    clicks: await of('clicks', 'at, url'),
    decisions: await of('decisions', 'at, scenario, kind, reason, facts'),
    listsNotImported: await list(sql`
      select email_key as email, unsubscribed, suppressed, refused_at from refusal_rows
      where shop_id = ${shop.shopId} and email_key = any(${sql.param([...emails])}::text[])`),
  };
}

/** Every table of the schema that belongs to shops, those to come included. */
export const SHOP_TABLES = Object.values(schema).flatMap((table) => {
  if (!is(table, PgTable) || table === schema.shopDomains) return [];
  const { shopId } = getTableColumns<PgTable>(table);
  return shopId ? [{ table: table as PgTable, shopId }] : [];
});

/** Deletes every row of the shop. The number its domain was given stays, so that it is given to nobody else. */
export async function eraseShop(shop: ShopScope): Promise<void> {
  for (const { table, shopId } of SHOP_TABLES) await shop.tx.delete(table).where(eq(shopId, shop.shopId));
}
