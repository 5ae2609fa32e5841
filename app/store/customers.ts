/** Customers as Shopify has them, and guests: addresses at a checkout or an order that have no customer. */
import { createHash } from 'node:crypto';
import { and, eq, inArray, isNull, notLike, sql } from 'drizzle-orm';
import { type ConsentState, emailKey } from '../domain/customer';
import { type ConsentSnapshot, type CustomerSnapshot, newestOfEach, type Version } from '../domain/snapshot';
import { offered, offeredIsNewer, takeOffered } from './newer';
import { customers } from './schema';
import type { ShopScope } from './scope';

/** The row id of an address without a customer: the same address in any case is the same guest. */
export function guestId(key: string): string {
  return `guest:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

export function isGuest(id: string): boolean {
  return id.startsWith('guest:');
}

/**
 * Keeps what is newer, row by row. What was not told (webhooks leave out locale, tags and order count) stays. Consent goes
 * by its own time: see `applyConsents`.
 * @returns the ids that changed
 */
export async function upsertCustomers(shop: ShopScope, tellings: readonly CustomerSnapshot[]): Promise<string[]> {
  const rows = newestOfEach(tellings);
  // A batch shares one SET clause, so those that tell everything go apart from those that do not.
  const whole = rows.filter((row) => row.tags !== undefined);
  const part = rows.filter((row) => row.tags === undefined);
  return [
    ...(await upsert(
      shop,
      whole,
      takeOffered(customers, ['tags', 'birthDate', 'openTracking', 'locale', 'ordersTold']),
    )),
    ...(await upsert(shop, part, {
      birthDate: sql`coalesce(${offered('birth_date')}, ${customers.birthDate})`,
      locale: sql`coalesce(${offered('locale')}, ${customers.locale})`,
    })),
  ];
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

export interface GuestTelling extends Version {
  email: string;
  /** Null: not told. */
  locale: string | null;
  country: string | null;
}

/** Makes sure the guest of an address exists; one that was merged or deleted comes back, with what it had refused. */
export async function ensureGuests(shop: ShopScope, guests: readonly GuestTelling[]): Promise<void> {
  const each = newestOfEach(guests.map((guest) => ({ ...guest, id: guestId(emailKey(guest.email)) })));
  const told = each.filter(({ locale }) => locale !== null);
  const rest = each.filter(({ locale }) => locale === null);
  // The newest language anybody told of the guest stays; a query that knows none takes nothing away.
  const newer = sql`(coalesce(excluded.source_updated_at, '-infinity'), excluded.source_seen_at)
    > (coalesce(${customers.sourceUpdatedAt}, '-infinity'), ${customers.sourceSeenAt})`;
  const take = (column: 'locale' | 'country' | 'source_updated_at' | 'source_seen_at') =>
    sql`case when ${newer} then ${offered(column)} else ${customers}.${sql.identifier(column)} end`;
  await revive(shop, told, {
    locale: take('locale'),
    country: take('country'),
    sourceUpdatedAt: take('source_updated_at'),
    sourceSeenAt: take('source_seen_at'),
  });
  await revive(
    shop,
    rest.map((guest) => ({ ...guest, updatedAt: null, seenAt: '-infinity' })),
    {},
  );
}

async function revive(shop: ShopScope, guests: readonly (GuestTelling & { id: string })[], also: object) {
  if (guests.length === 0) return;
  await shop.tx
    .insert(customers)
    .values(
      guests.map(({ id, email, locale, country, updatedAt, seenAt }) => ({
        ...{ shopId: shop.shopId, id, email, emailKey: emailKey(email), locale, country },
        ...{ sourceUpdatedAt: updatedAt, sourceSeenAt: seenAt },
      })),
    )
    .onConflictDoUpdate({
      target: [customers.shopId, customers.id],
      set: { ...takeOffered(customers, ['email', 'emailKey']), mergedInto: null, deletedAt: null, ...also },
    });
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

/** The living customers of these addresses, by address key. Guests are not among them. */
export async function findCustomersByEmail(shop: ShopScope, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await shop.tx
    .select({ id: customers.id, emailKey: customers.emailKey })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shop.shopId),
        inArray(customers.emailKey, [...keys]),
        isNull(customers.deletedAt),
        notLike(customers.id, 'guest:%'),
      ),
    )
    // Shopify keeps addresses unique; while two rows share one, the same one must win every time.
    .orderBy(sql`length(${customers.id}) desc, ${customers.id} desc`);
  const found = new Map<string, string>();
  for (const row of rows) if (row.emailKey !== null && !found.has(row.emailKey)) found.set(row.emailKey, row.id);
  return found;
}

export interface ConsentChange {
  customerId: string;
  from: ConsentState;
  to: ConsentState;
  at: Date;
}

/**
 * Keeps the newer consent of each customer, by the time consent was given or withdrawn, then by when that was told.
 * @returns the changes of state; a repeat changes nothing
 */
export async function applyConsents(
  shop: ShopScope,
  tellings: readonly { customerId: string; consent: ConsentSnapshot }[],
): Promise<ConsentChange[]> {
  const newest = newestOfEach(tellings.map(({ customerId: id, consent }) => ({ id, ...consent })));
  if (newest.length === 0) return [];
  const rows = await shop.tx.execute<{ id: string; before: ConsentState; state: ConsentState; at: string }>(sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(newest)}::jsonb)
        as t(id text, state text, level text, "updatedAt" timestamptz, "seenAt" timestamptz)),
    before as (
      select c.id, c.consent_state from customers c join told on told.id = c.id
      where c.shop_id = ${shop.shopId} and c.deleted_at is null
        and (coalesce(told."updatedAt", '-infinity'), told."seenAt")
          > (coalesce(c.consent_updated_at, '-infinity'), c.consent_seen_at)
      order by c.id for update of c)
    update customers c set consent_state = told.state, consent_level = told.level,
      consent_updated_at = told."updatedAt", consent_seen_at = told."seenAt"
    from told join before on before.id = told.id
    where c.shop_id = ${shop.shopId} and c.id = told.id
    returning c.id, before.consent_state as before, c.consent_state as state,
      coalesce(told."updatedAt", told."seenAt") as at`);
  return rows
    .filter((row) => row.before !== row.state)
    .map((row) => ({ customerId: row.id, from: row.before, to: row.state, at: new Date(row.at) }));
}

/** Leaves a tombstone: nothing told later brings the customer back. */
export async function tombstoneCustomer(shop: ShopScope, id: string, at: Date): Promise<boolean> {
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

/** Sets how often these people bought: Shopify's figure, told less often, or what the mirror holds, whichever is more. */
export async function countOrders(shop: ShopScope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await shop.tx.execute(sql`
    update customers c set orders_count = counted.n
    from (select p.id, greatest(p.orders_told, count(o.id)::int) as n
      from customers p left join orders o on o.shop_id = p.shop_id and o.customer_id = p.id and o.cancelled_at is null
      where p.shop_id = ${shop.shopId} and p.id = any(${sql.param([...ids])}::text[])
      group by p.id, p.orders_told) counted
    where c.shop_id = ${shop.shopId} and c.id = counted.id and c.orders_count <> counted.n`);
}

/** Whether Shopify still has to accept a consent change made here. */
export async function markConsentPushed(shop: ShopScope, id: string, pushed: boolean): Promise<void> {
  await shop.tx
    .update(customers)
    .set({ consentUnpushed: !pushed })
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)));
}

/** Customers whose consent change Shopify has not accepted yet. */
export async function findUnpushedConsents(shop: ShopScope): Promise<string[]> {
  const rows = await shop.tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.consentUnpushed, true)));
  return rows.map((row) => row.id);
}

/** What a push to Shopify needs of a customer; null when there is none. */
export async function findConsent(shop: ShopScope, id: string) {
  const [row] = await shop.tx
    .select({
      id: customers.id,
      state: customers.consentState,
      updatedAt: customers.consentUpdatedAt,
      deletedAt: customers.deletedAt,
      mergedInto: customers.mergedInto,
    })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)));
  return row ?? null;
}

/** Guests of these addresses that nobody became yet. */
export async function findLivingGuests(
  shop: ShopScope,
  keys: readonly string[],
): Promise<{ id: string; emailKey: string }[]> {
  if (keys.length === 0) return [];
  const keyOfGuest = new Map(keys.map((key) => [guestId(key), key]));
  const rows = await shop.tx
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shop.shopId),
        inArray(customers.id, [...keyOfGuest.keys()]),
        isNull(customers.deletedAt),
      ),
    )
    .orderBy(customers.id);
  return rows.map(({ id }) => ({ id, emailKey: keyOfGuest.get(id) ?? '' }));
}
