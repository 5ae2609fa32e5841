/** Guests: addresses at a checkout or an order that have no customer yet, kept as rows of `customers`. */
import { createHash } from 'node:crypto';
import { and, eq, inArray, isNotNull, isNull, ne, notLike, or, type SQL, sql } from 'drizzle-orm';
import { emailKey } from '../domain/customer';
import { newestOfEach, type Version } from '../domain/snapshot';
import { offered, takeOffered } from './newer';
import { customers } from './schema';
import type { ShopScope } from './scope';

/** The row id of an address without a customer: the same address in any case is the same guest. */
export function guestId(key: string): string {
  return `guest:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/** The same in SQL, of an address key. */
export function guestIdOf(key: SQL): SQL {
  return sql`'guest:' || left(encode(sha256(convert_to(${key}, 'UTF8')), 'hex'), 16)`;
}

export function isGuest(id: string): boolean {
  return id.startsWith('guest:');
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
      set: {
        ...takeOffered(customers, ['email', 'emailKey']),
        mergedInto: null,
        deletedAt: null,
        refusalsLeftAt: null,
        ...also,
      },
    });
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

/** A guest who is not there, with what was refused by who had the address: see `leaveRefusals`. */
const hasLeftRefusals = and(
  isNotNull(customers.deletedAt),
  // Who became a customer took their refusals along; these were left since.
  or(isNull(customers.mergedInto), isNotNull(customers.refusalsLeftAt)),
  ne(customers.consentState, 'redacted'),
  or(
    eq(customers.consentState, 'unsubscribed'),
    isNotNull(customers.suppressed),
    sql`((${customers.preferences}->'fewer')::boolean or ${customers.preferences}->'refused' <> '[]'::jsonb)`,
  ),
);

export interface UnclaimedGuest {
  id: string;
  emailKey: string;
  /** Nothing but refusals is left: the rest belongs to somebody else, whom the guest became. */
  refusalsAlone: boolean;
}

/** Guests of these addresses that nobody became yet: living ones, and refusals left with an address. */
export async function findUnclaimedGuests(shop: ShopScope, keys: readonly string[]): Promise<UnclaimedGuest[]> {
  if (keys.length === 0) return [];
  const keyOfGuest = new Map(keys.map((key) => [guestId(key), key]));
  const rows = await shop.tx
    .select({ id: customers.id, mergedInto: customers.mergedInto })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shop.shopId),
        inArray(customers.id, [...keyOfGuest.keys()]),
        or(isNull(customers.deletedAt), hasLeftRefusals),
      ),
    )
    .orderBy(customers.id);
  return rows.map(({ id, mergedInto }) => ({
    ...{ id, emailKey: keyOfGuest.get(id) ?? '', refusalsAlone: mergedInto !== null },
  }));
}
