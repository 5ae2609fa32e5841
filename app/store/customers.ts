/** Customers as Shopify has them. Their consent: `customer-consent`; those Shopify knows by an address alone: `guests`. */
import { isNull, type SQL, sql } from 'drizzle-orm';
import { emailKey } from '../domain/customer';
import { type CustomerSnapshot, newestOfEach } from '../domain/snapshot';
import { leaveFormerAddresses, leaveRefusals } from './left-refusals';
import { offered, offeredIsNewer, takeOffered } from './newer';
import { customers } from './schema';
import type { ShopScope } from './scope';

/**
 * Keeps what is newer, row by row. What was not told (webhooks leave out locale, tags and order count) stays. Consent goes
 * by its own time: see `applyConsents`.
 * @returns the ids that changed
 */
export async function upsertCustomers(
  shop: ShopScope,
  tellings: readonly CustomerSnapshot[],
  now: Date,
): Promise<string[]> {
  const rows = newestOfEach(tellings);
  if (rows.length > 0) await leaveFormerAddresses(shop, rows, now);
  // A batch shares one SET clause, so those that tell everything go apart from those that do not.
  const whole = rows.filter((row) => row.tags !== undefined);
  const part = rows.filter((row) => row.tags === undefined);
  return [
    ...(await upsert(shop, whole, {
      ...takeOffered(customers, ['tags', 'openTracking', 'locale', 'ordersTold']),
      birthDate: unlessUntold(offered('birth_date')),
    })),
    ...(await upsert(shop, part, {
      birthDate: unlessUntold(sql`coalesce(${offered('birth_date')}, ${customers.birthDate})`),
      locale: sql`coalesce(${offered('locale')}, ${customers.locale})`,
    })),
  ];
}

/** What the shopper told us outlives what Shopify says before it has been told; that they took their date away outlives it for good. */
function unlessUntold(birthDate: SQL): SQL {
  return sql`case when ${customers.birthDateUnpushed} or ${customers.preferences} ? 'noBirthDate' then ${customers.birthDate} else ${birthDate} end`;
}

async function upsert(shop: ShopScope, rows: readonly CustomerSnapshot[], also: object): Promise<string[]> {
  if (rows.length === 0) return [];
  const written = await shop.tx
    .insert(customers)
    .values(rows.map((row) => toRow(shop, row)))
    .onConflictDoUpdate({
      target: [customers.shopId, customers.id],
      set: {
        ...takeOffered(customers, ['email', 'emailKey', 'firstName', 'lastName', 'country']),
        ...takeOffered(customers, ['sourceUpdatedAt', 'sourceSeenAt']),
        sourceCreatedAt: sql`coalesce(${customers.sourceCreatedAt}, ${offered('source_created_at')})`,
        // A bounce is the address's, a complaint the person's.
        suppressed: sql`case when ${customers.suppressed} = 'bounced' and ${offered('email_key')} is distinct from ${customers.emailKey} then null else ${customers.suppressed} end`,
        ...also,
      },
      setWhere: offeredIsNewer('customers'),
    })
    .returning({ id: customers.id });
  return written.map((row) => row.id);
}

function toRow(shop: ShopScope, told: CustomerSnapshot): typeof customers.$inferInsert {
  return {
    shopId: shop.shopId,
    id: told.id,
    email: told.email,
    emailKey: told.email === null ? null : emailKey(told.email),
    firstName: told.firstName,
    lastName: told.lastName,
    locale: told.locale ?? null,
    country: told.country,
    birthDate: told.birthDate ?? null,
    ...(told.tags ? { tags: told.tags } : {}),
    ...(told.openTracking ? { openTracking: told.openTracking } : {}),
    ordersTold: told.ordersCount ?? 0,
    sourceCreatedAt: told.createdAt,
    sourceUpdatedAt: told.updatedAt,
    sourceSeenAt: told.seenAt,
  };
}

/** Makes sure a row exists for an id somebody refers to, with its address until the customer itself is told. */
export async function ensureCustomers(
  shop: ShopScope,
  rows: readonly { id: string; email: string | null }[],
): Promise<void> {
  const each = [...new Map(rows.map((row) => [row.id, row])).values()];
  if (each.length === 0) return;
  await shop.tx
    .insert(customers)
    .values(
      each.map(({ id, email }) => ({
        shopId: shop.shopId,
        id,
        email,
        emailKey: email === null ? null : emailKey(email),
      })),
    )
    .onConflictDoNothing();
}

/** Where references to these ids belong now: merged customers are followed to the one that was kept. */
export async function followMerges(shop: ShopScope, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map(ids.map((id) => [id, id]));
  if (ids.length === 0) return found;
  const rows = await shop.tx.execute<{ start: string; id: string }>(sql`
    with recursive chain(start, id, depth) as (
      select id, merged_into, 1 from customers
        where shop_id = ${shop.shopId} and id = any(${sql.param([...ids])}::text[]) and merged_into is not null
      union all
      select chain.start, c.merged_into, depth + 1 from chain
        join customers c on c.shop_id = ${shop.shopId} and c.id = chain.id and c.merged_into is not null
        where depth < 20)
    select distinct on (start) start, id from chain order by start, depth desc`);
  for (const row of rows) found.set(row.start, row.id);
  return found;
}

/** Leaves a tombstone: nothing told later brings the customer back. What they refused stays with their address. */
export async function tombstoneCustomer(shop: ShopScope, id: string, at: Date): Promise<boolean> {
  await leaveRefusals(shop, id, at);
  const rows = await shop.tx
    .insert(customers)
    .values({ shopId: shop.shopId, id, deletedAt: at })
    .onConflictDoUpdate({
      target: [customers.shopId, customers.id],
      set: { deletedAt: at, email: null, emailKey: null, firstName: null, lastName: null, birthDate: null },
      setWhere: isNull(customers.deletedAt),
    })
    .returning({ id: customers.id });
  return rows.length > 0;
}

/**
 * Sets how often these people bought (Shopify's figure, told less often, or what the mirror holds, whichever is more), and
 * when first and last: what the scans read.
 */
export async function countOrders(shop: ShopScope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await shop.tx.execute(sql`
    update customers c set orders_count = counted.n, orders_seen = counted.seen, first_order_at = counted.first_at,
      last_order_at = counted.last_at
    from (select p.id, greatest(p.orders_told, count(o.id)::int) as n, count(o.id)::int as seen,
        min(o.processed_at) as first_at, max(o.processed_at) as last_at
      from customers p left join orders o on o.shop_id = p.shop_id and o.customer_id = p.id and o.cancelled_at is null
      where p.shop_id = ${shop.shopId} and p.id = any(${sql.param([...ids])}::text[])
      group by p.id, p.orders_told) counted
    where c.shop_id = ${shop.shopId} and c.id = counted.id
      and (c.orders_count, c.orders_seen, c.first_order_at, c.last_order_at)
        is distinct from (counted.n, counted.seen, counted.first_at, counted.last_at)`);
}
